import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyDenseRun, denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { checkExplanations } from "./testing/explanations.ts";
import { createTraining } from "./training.ts";

describe("the explanation of every scalar", () => {
	it("evaluates to the recorded bits, in any dense net under any solver", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.integer({ min: 0, max: 3 }), (options, before) => {
				const training = createTraining(options);
				for (let k = 0; k < before; k++) training.step();
				expect(checkExplanations(training.net, training.record()).wrong).toEqual([]);
			}),
			{ numRuns: 150 },
		);
	});

	it("is found wrong where a recorded number is not what the formula says", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const { net: built, record } = createTraining(options);
				const trace = record();
				trace.passes[0].layers[1].tops[0].data[0] += 1e-9;
				expect(checkExplanations(built, trace).wrong.length).toBeGreaterThan(0);
			}),
			{ numRuns: 20 },
		);
	});

	it("is there for every kind of scalar", () => {
		const training = createTraining({
			net: net([
				layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 3] }, { dim: [2, 1] }] } }),
				layer("InnerProduct", "one", ["data"], ["one"], {
					settings: { num_output: 4, weight_filler: { type: "xavier" } },
				}),
				layer("Sigmoid", "f", ["one"], ["one"]),
				layer("InnerProduct", "two", ["one"], ["two"], {
					settings: { num_output: 3, weight_filler: { type: "msra" } },
				}),
				layer("SoftmaxWithLoss", "loss", ["two", "label"], ["loss"]),
			]),
			solver: { ...plainSolver, momentum: 0.9, weightDecay: 0.01, clipGradients: 0.1, iterSize: 2 },
			data: denseData(1, 4, 3, 3, "SoftmaxWithLoss"),
			seed: 3,
		});
		training.step();
		const { explained, wrong } = checkExplanations(training.net, training.record());
		expect(wrong).toEqual([]);
		expect(Object.keys(explained).toSorted()).toEqual([
			"internal",
			"loss",
			"parameter after",
			"parameter before",
			"parameter clipped",
			"parameter gradient",
			"parameter history",
			"parameter normalized",
			"parameter regularized",
			"parameter update",
			"share",
			"solver",
			"top",
		]);
	});
});
