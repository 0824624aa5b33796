import { describe, expect, it } from "vitest";
import "./layers/index.ts";
import { createChangedIterations } from "./changed-iteration.ts";
import { createGradientChecker } from "./gradient-check.ts";
import { createReplay, type ScheduledEdit } from "./replay.ts";
import type { LayerSpecification } from "./specification.ts";
import { denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { gradientTargets } from "./testing/gradients.ts";
import { createTraining, type TrainingOptions } from "./training.ts";

const filler = { type: "gaussian", std: 0.5 };
const dense = (name: string, bottom: string, units: number) =>
	layer("InnerProduct", name, [bottom], [name], { settings: { num_output: units, weight_filler: filler } });

/** Two time steps of two sequences; the diff of what the data set gives is read by nobody. */
const recurrent = (type: string, x: string, inputs: number, still: string): readonly LayerSpecification[] => [
	layer("Reshape", "r", [x], ["x"], { settings: { shape: { dim: [2, 2, inputs] } } }),
	layer("Reshape", "s", [still], ["still"], { settings: { shape: { dim: [2, -1] } } }),
	layer("DummyData", "cont", [], ["cont"], { settings: { shape: { dim: [2, 2] }, data_filler: { value: 1 } } }),
	layer(type, "states", ["x", "cont", "still"], ["h"], { settings: { num_output: 3, weight_filler: filler } }),
	layer("Reshape", "b", ["h"], ["flat"], { settings: { shape: { dim: [4, 3] } } }),
	dense("scores", "flat", 3),
];

/** Nets that draw, or carry something from pass to pass besides what the solver keeps. */
const middles: Readonly<Record<string, readonly LayerSpecification[]>> = {
	"draws masks": [layer("Dropout", "d", ["ip"], ["ip"]), dense("scores", "ip", 3)],
	"moves its own parameters": [layer("BatchNorm", "n", ["ip"], ["ip"]), dense("scores", "ip", 3)],
	"draws its data": [
		layer("DummyData", "noise", [], ["noise"], { settings: { shape: { dim: [4, 5] }, data_filler: filler } }),
		layer("Eltwise", "e", ["ip", "noise"], ["sum"]),
		dense("scores", "sum", 3),
	],
	"carries a state through time": [
		layer("Reshape", "r", ["ip"], ["x"], { settings: { shape: { dim: [2, 2, 5] } } }),
		layer("DummyData", "cont", [], ["cont"], { settings: { shape: { dim: [2, 2] }, data_filler: { value: 1 } } }),
		layer("LSTM", "lstm", ["x", "cont"], ["h"], { settings: { num_output: 3, weight_filler: filler } }),
		layer("Reshape", "b", ["h"], ["flat"], { settings: { shape: { dim: [4, 3] } } }),
		dense("scores", "flat", 3),
	],
	"sends nothing back to the inputs of an LSTM, but to its static input": recurrent("LSTM", "data", 2, "ip"),
	"sends nothing back to the static input of an RNN, but to its inputs": recurrent("RNN", "ip", 5, "data"),
};

function optionsOf(middle: readonly LayerSpecification[], iterSize: number): TrainingOptions {
	return {
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [4, 2] }, { dim: [4, 1] }] } }),
			dense("ip", "data", 5),
			...middle,
			layer("SoftmaxWithLoss", "loss", ["scores", "label"], ["loss"]),
		]),
		solver: { ...plainSolver, type: "Adam", momentum: 0.9, iterSize, weightDecay: 0.01 },
		data: denseData(3, 10, 2, 3, "SoftmaxWithLoss"),
		seed: 5,
	};
}

describe.each(Object.keys(middles))("a net that %s", (name) => {
	it.each([1, 2])(
		"runs to the same bits recorded, unrecorded, checked and from a checkpoint (iter_size %i)",
		(iterSize) => {
			const options = optionsOf(middles[name], iterSize);
			const recorded = createTraining(options);
			const fast = createTraining(options);
			const checked = createTraining(options);
			for (let k = 0; k < 5; k++) {
				recorded.record();
				fast.step();
				checked.step();
				const checker = createGradientChecker(checked.net);
				for (const target of gradientTargets(checked.net).slice(0, 3)) checker.check(target);
				expect(recorded.checkpoint()).toEqual(fast.checkpoint());
				expect(checked.checkpoint()).toEqual(fast.checkpoint());
			}
			const kept = fast.checkpoint();
			const next = fast.record();
			fast.step();
			fast.restore(kept);
			expect(fast.record()).toEqual(next);
		},
	);

	it("is found again by replay, in any order", () => {
		const options = { ...optionsOf(middles[name], 1), edits: [] };
		const straight = createReplay(options);
		const expected = Array.from({ length: 9 }, (_, k) => {
			straight.advance(k + 1, 1);
			return straight.record(k + 1);
		});
		const jumping = createReplay({ ...options, memory: 1 });
		for (const iteration of [9, 2, 7, 1, 9, 4]) {
			while (!jumping.advance(iteration, 2));
			expect(jumping.record(iteration)).toEqual(expected[iteration - 1]);
		}
	});

	it.each([1, 2])("gives with a number changed what it records after that edit (iter_size %i)", (iterSize) => {
		const options = { ...optionsOf(middles[name], iterSize), edits: [] };
		const third = (edits: readonly ScheduledEdit[]) => {
			const replay = createReplay({ ...options, edits });
			while (!replay.advance(3, 2));
			return replay.record(3);
		};
		const trace = third([]);
		const changed = createChangedIterations(options);
		const weight = { kind: "parameter", layer: "ip", slot: 0, index: 1, value: 0.75 } as const;
		expect(changed.traceWith(trace, weight)).toEqual(third([{ iteration: 3, parameters: { "ip/0": { 1: 0.75 } } }]));
		expect(changed.traceWith(trace, { kind: "solver", change: { baseLr: 0.5 } })).toEqual(
			third([{ iteration: 3, solver: { ...options.solver, baseLr: 0.5 } }]),
		);
		const parts = changed.partsWith(trace, weight);
		let part = parts.next();
		while (!part.done) part = parts.next();
		expect(part.value).toEqual(changed.traceWith(trace, weight));
		// Whatever was tried before, nothing of it stays.
		expect(changed.traceWith(trace, { kind: "solver", change: {} })).toEqual(trace);
	});

	it("draws something else from another seed", () => {
		const run = (seed: number) => {
			const training = createTraining({ ...optionsOf(middles[name], 1), seed });
			return training.record().passes[0].dataLoss;
		};
		expect(run(5)).toBe(run(5));
		expect(run(6)).not.toBe(run(5));
	});
});
