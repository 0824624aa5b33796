import type { Preset } from "../preset.ts";
import { exclusiveOr } from "../sets/logic.ts";
import { DECAY_ON_WEIGHTS_ONLY, densePrototxt, gaussian, solverPrototxt } from "./dense-prototxt.ts";

/**
 * UFLDL's batch gradient descent on XOR. Its ε = 0.01 leaves three sigmoids all but equal for thousands of iterations,
 * so the start is drawn with ε = 1.5 and the symmetry is broken from the first.
 */
export const xor: Preset = {
	id: "xor",
	net: densePrototxt({
		batch: 4,
		units: [2, 3, 1],
		activations: ["Sigmoid", "Sigmoid"],
		filler: gaussian(1.5),
		parameters: DECAY_ON_WEIGHTS_ONLY,
	}),
	solver: solverPrototxt({ rate: 1, momentum: 0.9, decay: 0.0001 }),
	seed: 1,
	data: async () => exclusiveOr(),
};
