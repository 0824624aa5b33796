import type { Preset } from "../preset.ts";
import { inclusiveOr } from "../sets/logic.ts";
import { densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/** Inclusive or: three samples want the output higher, one lower, and so each weight into it. */
export const disagreement: Preset = {
	id: "disagreement",
	net: densePrototxt({ batch: 4, units: [2, 2, 1], activations: ["Sigmoid", "Sigmoid"] }),
	solver: solverPrototxt({ rate: 1 }),
	seed: 1,
	start: {
		"hidden/0": [0.9, 0.4, -0.5, 0.7],
		"hidden/1": [0.1, -0.2],
		"output/0": [0.6, -0.4],
		"output/1": [0.3],
	},
	data: async () => inclusiveOr(),
};
