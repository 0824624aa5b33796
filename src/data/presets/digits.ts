import type { Preset } from "../preset.ts";
import { digits as digitSet } from "../sets/digits.ts";
import { densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

const XAVIER = `    weight_filler { type: "xavier" }
    bias_filler { type: "constant" value: 0 }
`;

/** Real handwritten digits, eight a pass in file order. */
export const digits: Preset = {
	id: "digits",
	net: densePrototxt({
		batch: 8,
		units: [64, 16, 10],
		activations: ["Sigmoid", null],
		loss: "SoftmaxWithLoss",
		filler: XAVIER,
	}),
	solver: solverPrototxt({ rate: 0.5, momentum: 0.9 }),
	seed: 1,
	data: digitSet,
};
