import type { Preset } from "../preset.ts";
import { exclusiveOr } from "../sets/logic.ts";
import { constant, densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/** All parameters start equal: every hidden unit computes, and learns, the same for ever. */
export const symmetry: Preset = {
	id: "symmetry",
	net: densePrototxt({ batch: 4, units: [2, 2, 1], activations: ["Sigmoid", "Sigmoid"], filler: constant(0.5) }),
	solver: solverPrototxt({ rate: 2, momentum: 0.9 }),
	seed: 1,
	data: async () => exclusiveOr(),
	remedy: { "hidden/0/0": 1 },
};
