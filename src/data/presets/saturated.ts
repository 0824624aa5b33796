import type { Preset } from "../preset.ts";
import { table } from "../sets/table.ts";
import { densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/** Output 1 is as wrong as can be and saturated; output 2 is less wrong with an open valve. */
export const saturated: Preset = {
	id: "saturated",
	net: densePrototxt({ batch: 1, units: [2, 2, 2], activations: ["Sigmoid", "Sigmoid"] }),
	solver: solverPrototxt({ rate: 0.5 }),
	seed: 1,
	start: {
		"hidden/0": [0.4, -0.3, 0.2, 0.5],
		"hidden/1": [0.1, -0.2],
		"output/0": [2.5, 1.5, 0.3, -0.4],
		"output/1": [4.5, 0.2],
	},
	data: async () =>
		table(
			"saturated",
			[
				[
					[1, 0.5],
					[0, 1],
				],
			],
			"one made-up sample",
		),
};
