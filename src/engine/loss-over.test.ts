import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLossOver, type LossOver, type LossSlope, type LossVariable } from "./loss-over.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { createTraining, drawOf, type TrainingOptions } from "./training.ts";

const drawsOf = ({ seed, solver }: TrainingOptions) =>
	Array.from({ length: solver.iterSize }, (_, pass) => drawOf(seed, pass));

function slopeOf(over: LossOver, value: number): LossSlope {
	const parts = over.slopeAt(value);
	for (;;) {
		const part = parts.next();
		if (part.done) return part.value;
	}
}

describe("the loss over one parameter", () => {
	it("is the recorded loss at the parameter's own value, in any dense net", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const training = createTraining(options);
				const trace = training.record();
				const data = trace.passes.reduce((total, pass) => total + pass.dataLoss, 0) / trace.passes.length;
				for (const { layer: name, slot, index: learnable } of training.net.learnable) {
					const variable: LossVariable = { kind: "parameter", layer: name, slot, index: 0 };
					const over = createLossOver(options.net, trace, variable, drawsOf(options));
					const at = over.at(trace.parameters[learnable].before[0]);
					expect(at).toEqual({ data, decay: trace.passes[0].decayLoss });
				}
			}),
			{ numRuns: 60 },
		);
	});

	it("has the recorded gradient as its slope", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const training = createTraining(options);
				const trace = training.record();
				for (const { layer: name, slot, index: learnable } of training.net.learnable) {
					const { before, gradient, gradientComputed } = trace.parameters[learnable];
					if (!gradientComputed) continue;
					const variable: LossVariable = { kind: "parameter", layer: name, slot, index: 0 };
					const slope = slopeOf(createLossOver(options.net, trace, variable, drawsOf(options)), before[0]);
					const mean = gradient[0] / options.solver.iterSize;
					expect(slope.data).not.toBeNull();
					expect(Math.abs((slope.data ?? 0) - mean)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(mean)));
				}
			}),
			{ numRuns: 60 },
		);
	});

	it("leaves the run as it was", () => {
		const options = {
			net: net([
				layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 2] }, { dim: [2, 1] }] } }),
				layer("InnerProduct", "ip", ["data"], ["ip"], {
					settings: { num_output: 1, weight_filler: { type: "gaussian" } },
				}),
				layer("EuclideanLoss", "loss", ["ip", "label"], ["loss"]),
			]),
			solver: { ...plainSolver, momentum: 0.9 },
			data: denseData(5, 4, 2, 1, "EuclideanLoss"),
			seed: 9,
		};
		const looked = createTraining(options);
		const undisturbed = createTraining(options);
		for (let k = 0; k < 3; k++) {
			const trace = looked.record();
			expect(trace).toEqual(undisturbed.record());
			const over = createLossOver(options.net, trace, { kind: "parameter", layer: "ip", slot: 0, index: 1 }, [1]);
			over.at(7);
			slopeOf(over, -3);
		}
		expect(looked.checkpoint()).toEqual(undisturbed.checkpoint());
	});
});

describe("the loss over one number of a sample", () => {
	const dense = (loss: "EuclideanLoss" | "SoftmaxWithLoss", columns: number): TrainingOptions => ({
		net: net([
			layer("Input", "data", [], ["data", "label"], {
				settings: { shape: [{ dim: [3, 2] }, { dim: [3, columns] }] },
			}),
			layer("InnerProduct", "ip", ["data"], ["ip"], {
				settings: { num_output: 2, weight_filler: { type: "gaussian" } },
				parameters: [{ lrMult: 0 }, { lrMult: 0 }],
			}),
			layer("TanH", "f", ["ip"], ["f"]),
			layer(loss, "loss", ["f", "label"], ["loss"]),
		]),
		solver: { ...plainSolver, iterSize: 2 },
		data: denseData(3, 2, 2, 2, loss),
		seed: 4,
	});
	// Two samples in batches of three: the first stands in rows 0 and 2 of the first pass and in row 1 of the second.
	const places = [
		{ pass: 0, index: 1 },
		{ pass: 0, index: 5 },
		{ pass: 1, index: 3 },
	];

	it("moves the number wherever it stands, and its slope is the tangent's", () => {
		const options = dense("EuclideanLoss", 2);
		const trace = createTraining(options).record();
		const value = options.data.blobs.data.values[1];
		const over = createLossOver(options.net, trace, { kind: "input", blob: "data", places }, drawsOf(options));
		const numeric = (over.at(value + 1e-5).data - over.at(value - 1e-5).data) / 2e-5;
		expect(slopeOf(over, value).data).toBeCloseTo(numeric, 8);
		const changed = { ...options.data.blobs.data, values: options.data.blobs.data.values.with(1, 0.7) };
		const rerun = createTraining({
			...options,
			data: { ...options.data, blobs: { ...options.data.blobs, data: changed } },
		});
		const { passes } = rerun.record();
		expect(over.at(0.7).data).toBe((passes[0].dataLoss + passes[1].dataLoss) / 2);
	});

	it("has no slope over a class label", () => {
		const options = dense("SoftmaxWithLoss", 1);
		const trace = createTraining(options).record();
		const label: LossVariable = { kind: "input", blob: "label", places: [{ pass: 0, index: 0 }] };
		expect(slopeOf(createLossOver(options.net, trace, label, drawsOf(options)), 0)).toEqual({ data: null, decay: 0 });
	});
});
