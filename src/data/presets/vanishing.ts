import type { Preset } from "../preset.ts";
import { table } from "../sets/table.ts";
import { constant, densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

const LAYERS = 8;

/** Eight sigmoids in a row, each passing on less than a quarter of the error: |δ| falls by powers of ten. */
export const vanishing: Preset = {
	id: "vanishing",
	net: densePrototxt({
		batch: 1,
		units: Array.from({ length: LAYERS + 1 }, () => 1),
		activations: Array.from({ length: LAYERS }, () => "Sigmoid"),
		filler: constant(0.8),
	}),
	solver: solverPrototxt({ rate: 1 }),
	seed: 1,
	data: async () => table("vanishing", [[[1], [0]]], "one made-up sample"),
};
