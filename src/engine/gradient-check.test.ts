import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGradientChecker } from "./gradient-check.ts";
import type { Net } from "./net.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { gradientTargets, wrongGradients } from "./testing/gradients.ts";
import { createTraining } from "./training.ts";

/** The distance of every ReLU's input from 0; in-place layers are read before they overwrite. */
function nearestKink(net: Net): number {
	let nearest = Number.POSITIVE_INFINITY;
	net.forward(({ type, run }) => {
		if (type !== "InnerProduct") return;
		const isKinked = net.layers.some((reader) => reader.type === "ReLU" && reader.bottomNames[0] === run.tops[0].name);
		if (isKinked) for (const value of run.tops[0].data) nearest = Math.min(nearest, Math.abs(value));
	});
	return nearest;
}

describe("the gradient of every parameter and input", () => {
	it("agrees with central differences, in any dense net with any loss", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const { net: built, record } = createTraining({ ...options, solver: { ...options.solver, baseLr: 0 } });
				record();
				fc.pre(nearestKink(built) > 0.02);
				expect(wrongGradients(built)).toEqual([]);
			}),
			{ numRuns: 120 },
		);
	});
});

describe("a gradient check", () => {
	const options = {
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 2] }, { dim: [2, 1] }] } }),
			layer("InnerProduct", "ip", ["data"], ["ip"], {
				settings: { num_output: 3, weight_filler: { type: "gaussian" } },
				parameters: [{ lrMult: 0 }, {}],
			}),
			layer("SoftmaxWithLoss", "loss", ["ip", "label"], ["loss"]),
		]),
		solver: { ...plainSolver, momentum: 0.9 },
		data: denseData(5, 4, 2, 3, "SoftmaxWithLoss"),
		seed: 9,
	};

	it("shows the error falling with ε² and rising again with rounding", () => {
		const { net: built, record } = createTraining(options);
		record();
		const check = createGradientChecker(built).check(
			{ kind: "parameter", layer: "ip", slot: 0, index: 1 },
			[1e-1, 1e-2, 1e-4, 1e-12],
		);
		const distances = check?.steps.map(({ distance }) => distance) ?? [];
		expect(distances[0]).toBeGreaterThan(50 * distances[1]);
		expect(distances[1]).toBeGreaterThan(50 * distances[2]);
		expect(distances[3]).toBeGreaterThan(50 * distances[2]);
		expect(check?.best.epsilon).toBe(1e-4);
		expect(check?.agrees).toBe(true);
	});

	it("has none for a label, and refuses what is not there", () => {
		const { net: built } = createTraining(options);
		const checker = createGradientChecker(built);
		expect(checker.check({ kind: "input", blob: "label", index: 0 })).toBeNull();
		expect(() => checker.check({ kind: "input", blob: "nothing", index: 0 })).toThrow(RangeError);
		expect(() => checker.check({ kind: "input", blob: "data", index: 4 })).toThrow(RangeError);
		expect(() => checker.check({ kind: "parameter", layer: "ip", slot: 2, index: 0 })).toThrow(RangeError);
	});

	it("leaves the run as it was", () => {
		const checked = createTraining(options);
		const undisturbed = createTraining(options);
		for (let k = 0; k < 3; k++) {
			expect(checked.record()).toEqual(undisturbed.record());
			const checker = createGradientChecker(checked.net);
			for (const target of gradientTargets(checked.net)) checker.check(target);
		}
		expect(checked.checkpoint()).toEqual(undisturbed.checkpoint());
	});
});
