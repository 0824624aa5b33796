import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "../../engine/testing/dense-nets.ts";
import type { TrainingOptions } from "../../engine/training.ts";
import { en } from "../../i18n/en/index.ts";
import type { Script } from "./python/script.ts";
import { pytorchScript } from "./pytorch.ts";
import { iterationOf, presetOptions } from "./testing/iterations.ts";
import { pythonWith } from "./testing/python.ts";
import { failures, solverChanges } from "./testing/scripts.ts";

const python = pythonWith("torch");
const texts = en.exporting.code;

/** Two inputs, a ReLU and a loss: the second unit's z is exactly 0. */
const atKink: TrainingOptions = {
	net: net([
		layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [1, 2] }, { dim: [1, 2] }] } }),
		layer("InnerProduct", "ip", ["data"], ["ip"], { settings: { num_output: 2, bias_term: false } }),
		layer("ReLU", "relu", ["ip"], ["a"]),
		layer("EuclideanLoss", "loss", ["a", "label"], ["loss"]),
	]),
	solver: { ...plainSolver, momentum: 0.9 },
	data: {
		samples: 1,
		blobs: {
			data: { sampleShape: [2], values: Float64Array.of(1, 2) },
			label: { sampleShape: [2], values: Float64Array.of(1, 1) },
		},
	},
	seed: 1,
	start: { "ip/0": [0.5, 0.25, 1, -0.5] },
};

describe("a gradient that is no derivative", () => {
	it("is named with its reason and not compared; everything behind it is computed from the recorded one", () => {
		const { inexact, text } = pytorchScript(iterationOf(atKink, 1), texts);
		expect(inexact).toEqual([{ layer: "relu", type: "ReLU" }]);
		expect(text).toContain(`- relu (ReLU): ${texts.reasons.kink}`);
		expect(text).toContain('check("d_a"');
		expect(text).not.toContain('check("d_ip"');
		expect(text).toContain("surrogate = surrogate + torch.sum(ip * torch.tensor(");
		expect(text).toContain('check("d_ip_W", d_ip_W,');
	});

	it("is not claimed of layers in place that leave every slope as it was", () => {
		const dense = { num_output: 3, weight_filler: { type: "gaussian" } };
		const inPlace = [
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 3] }, { dim: [2, 3] }] } }),
			layer("InnerProduct", "ip", ["data"], ["ip"], { settings: dense }),
			layer("ReLU", "relu", ["ip"], ["ip"]),
			layer("Dropout", "drop", ["ip"], ["ip"]),
			layer("Eltwise", "sum", ["ip", "data"], ["sum"]),
			layer("ReLU", "relu2", ["sum"], ["sum"]),
			layer("EuclideanLoss", "loss", ["sum", "label"], ["loss"]),
		];
		const data = denseData(5, 4, 3, 3, "EuclideanLoss");
		const options = { net: net(inPlace), solver: plainSolver, data, seed: 3 };
		expect(pytorchScript(iterationOf(options, 1), texts).inexact).toEqual([]);
	});

	it("is not claimed where there is none", () => {
		const free = { ...atKink, start: { "ip/0": [0.5, 0.25, 1, -0.25] } };
		const { inexact, text } = pytorchScript(iterationOf(free, 1), texts);
		expect(inexact).toEqual([]);
		expect(text).toContain('check("d_ip"');
	});
});

describe.skipIf(python === null)("PyTorch code (needs python3-torch)", () => {
	it("computes the iterations of every preset again, and leaves no layer of them out", async () => {
		const scripts: Script[] = [];
		for (const preset of presets) {
			scripts.push(pytorchScript(iterationOf(await presetOptions(preset), preset.id === "lenet" ? 1 : 3), texts));
		}
		expect(scripts.flatMap(({ leftOut }) => leftOut)).toEqual([]);
		expect(failures(python, scripts)).toEqual([]);
	});

	it("writes every solver out", async () => {
		const scripts: Script[] = [];
		for (const preset of presets.filter(({ id }) => id === "xor" || id === "digits")) {
			for (const change of Object.values(solverChanges)) {
				scripts.push(pytorchScript(iterationOf(await presetOptions(preset, change), 3), texts));
			}
		}
		expect(failures(python, scripts)).toEqual([]);
	});

	it("holds for any dense net, solver and branch, and at a kink", () => {
		const runs = fc.sample(fc.tuple(anyDenseRun, fc.integer({ min: 1, max: 3 })), 150);
		const scripts = runs.map(([options, number]) => pytorchScript(iterationOf(options, number), texts));
		expect(failures(python, [...scripts, pytorchScript(iterationOf(atKink, 1), texts)])).toEqual([]);
	});
});
