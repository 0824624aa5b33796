import type { Preset } from "../preset.ts";
import { BIASES_FIXED, densePrototxt, solverPrototxt } from "./dense-prototxt.ts";
import { opening } from "./opening.ts";

/**
 * The widely published example to follow by hand: two inputs, two hidden and two output sigmoids, one sample, biases
 * shared by a layer and never updated.
 */
export const workedExample: Preset = {
	id: opening.id,
	net: densePrototxt({ batch: 1, units: [2, 2, 2], activations: ["Sigmoid", "Sigmoid"], parameters: BIASES_FIXED }),
	solver: solverPrototxt({ rate: 0.5 }),
	seed: opening.seed,
	start: opening.start,
	data: async () => opening.data,
	published: {
		"i1/p0/top/output_sigmoid/0/data/0": "0.75136507",
		"i1/p0/top/output_sigmoid/0/data/1": "0.772928465",
		"i1/p0/loss/data": "0.298371109",
		"i1/p0/top/loss/0/data/0": "0.298371109",
		"i1/p0/loss/total": "0.298371109",
		"i1/parameter/output/0/after/0": "0.35891648",
		"i1/parameter/output/0/after/1": "0.408666186",
		"i1/parameter/output/0/after/2": "0.511301270",
		"i1/parameter/output/0/after/3": "0.561370121",
		"i1/parameter/hidden/0/after/0": "0.149780716",
		"i1/parameter/hidden/0/after/1": "0.19956143",
		"i1/parameter/hidden/0/after/2": "0.24975114",
		"i1/parameter/hidden/0/after/3": "0.29950229",
	},
};
