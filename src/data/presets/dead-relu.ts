import type { Preset } from "../preset.ts";
import { exclusiveOr } from "../sets/logic.ts";
import { densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/** Hidden unit 2 has z < 0 for all four samples, so no error reaches its weights; units 1 and 3 learn. */
export const deadRelu: Preset = {
	id: "dead-relu",
	net: densePrototxt({ batch: 4, units: [2, 3, 1], activations: ["ReLU", null] }),
	solver: solverPrototxt({ rate: 0.2 }),
	seed: 1,
	start: {
		"hidden/0": [1, -0.8, 0.5, 0.4, -0.7, 0.9],
		"hidden/1": [0.1, -1.5, 0.2],
		"output/0": [0.8, -0.6, 0.5],
		"output/1": [0.1],
	},
	data: async () => exclusiveOr(),
};
