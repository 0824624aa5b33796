import type { LayerSpecification, NetSpecification, SolverSettings } from "../../engine/specification.ts";
import type { PresetId } from "../preset.ts";
import { table } from "../sets/table.ts";

function layer(
	name: string,
	type: string,
	bottoms: readonly string[],
	tops: readonly string[],
	line: number,
	settings: LayerSpecification["settings"] = {},
): LayerSpecification {
	return { name, type, bottoms, tops, settings, line };
}

const dense = (name: string, bottom: string, line: number): LayerSpecification => ({
	...layer(name, "InnerProduct", [bottom], [name], line, { num_output: 2 }),
	parameters: [{ lrMult: 1 }, { lrMult: 0 }],
});

const net: NetSpecification = {
	name: "",
	layers: [
		layer("data", "Input", [], ["data", "label"], 1, { shape: [{ dim: [1, 2] }, { dim: [1, 2] }] }),
		dense("hidden", "data", 11),
		layer("hidden_sigmoid", "Sigmoid", ["hidden"], ["hidden_a"], 22),
		dense("output", "hidden_a", 28),
		layer("output_sigmoid", "Sigmoid", ["output"], ["output_a"], 39),
		layer("loss", "EuclideanLoss", ["output_a", "label"], ["loss"], 45),
	],
	forceBackward: false,
	precision: "double",
	phase: "TRAIN",
	level: 0,
	stages: [],
};

const solver: SolverSettings = {
	type: "SGD",
	precision: "double",
	baseLr: 0.5,
	lrPolicy: "fixed",
	gamma: 0,
	power: 0,
	stepSize: 0,
	stepValues: [],
	maxIter: 10_000,
	iterSize: 1,
	momentum: 0,
	momentum2: 0.999,
	delta: 1e-8,
	rmsDecay: 0.99,
	weightDecay: 0,
	regularization: "L2",
	clipGradients: -1,
};

const id: PresetId = "worked-example";

/**
 * What the page opens with, as its prototxt reads: written out, so that the first picture waits for no reader. A test
 * holds it to the preset's own text.
 */
export const opening = {
	id,
	net,
	solver,
	seed: 1,
	start: {
		"hidden/0": [0.15, 0.2, 0.25, 0.3],
		"hidden/1": [0.35, 0.35],
		"output/0": [0.4, 0.45, 0.5, 0.55],
		"output/1": [0.6, 0.6],
	},
	data: table(
		"worked-example",
		[
			[
				[0.05, 0.1],
				[0.01, 0.99],
			],
		],
		"the published example's one sample",
	),
};
