import type { Preset } from "../preset.ts";
import { table } from "../sets/table.ts";
import { BIASES_FIXED, densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/**
 * The widely published example to follow by hand: two inputs, two hidden and two output sigmoids, one sample, biases
 * shared by a layer and never updated.
 */
export const workedExample: Preset = {
	id: "worked-example",
	net: densePrototxt({ batch: 1, units: [2, 2, 2], activations: ["Sigmoid", "Sigmoid"], parameters: BIASES_FIXED }),
	solver: solverPrototxt({ rate: 0.5 }),
	seed: 1,
	start: {
		"hidden/0": [0.15, 0.2, 0.25, 0.3],
		"hidden/1": [0.35, 0.35],
		"output/0": [0.4, 0.45, 0.5, 0.55],
		"output/1": [0.6, 0.6],
	},
	data: async () =>
		table(
			"worked-example",
			[
				[
					[0.05, 0.1],
					[0.01, 0.99],
				],
			],
			"the published example's one sample",
		),
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
