import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "../../engine/testing/dense-nets.ts";
import type { TrainingOptions } from "../../engine/training.ts";
import { en } from "../../i18n/en/index.ts";
import { numpyScript } from "./numpy.ts";
import { layerWriters } from "./python/layers/index.ts";
import type { Script } from "./python/script.ts";
import { iterationOf, presetOptions } from "./testing/iterations.ts";
import { pythonWith } from "./testing/python.ts";
import { failures, solverChanges } from "./testing/scripts.ts";

const python = pythonWith("numpy");
const texts = en.exporting.code;

describe.skipIf(python === null)("NumPy code (needs python3-numpy)", () => {
	it("computes the iterations of every preset again, and leaves no layer of them out", async () => {
		const scripts: Script[] = [];
		for (const preset of presets) {
			const options = await presetOptions(preset);
			for (const number of preset.id === "lenet" ? [1] : [1, 3])
				scripts.push(numpyScript(iterationOf(options, number), texts));
		}
		expect(scripts.flatMap(({ leftOut }) => leftOut)).toEqual([]);
		expect(failures(python, scripts)).toEqual([]);
	});

	it("writes every solver out", async () => {
		const scripts: Script[] = [];
		for (const preset of presets.filter(({ id }) => id === "xor" || id === "digits")) {
			for (const change of Object.values(solverChanges)) {
				scripts.push(numpyScript(iterationOf(await presetOptions(preset, change), 3), texts));
			}
		}
		expect(failures(python, scripts)).toEqual([]);
	});

	it("holds for any dense net, solver and branch", () => {
		const runs = fc.sample(fc.tuple(anyDenseRun, fc.integer({ min: 1, max: 3 })), 150);
		expect(
			failures(
				python,
				runs.map(([options, number]) => numpyScript(iterationOf(options, number), texts)),
			),
		).toEqual([]);
	});

	it("names a layer that has no writer, takes its numbers as recorded, and computes all the others", () => {
		const settings = { num_output: 3, weight_filler: { type: "gaussian", std: 0.8 } };
		const options: TrainingOptions = {
			net: net([
				layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [4, 2] }, { dim: [4, 3] }] } }),
				layer("InnerProduct", "ip1", ["data"], ["ip1"], { settings }),
				layer("PReLU", "bend", ["ip1"], ["bent"]),
				layer("InnerProduct", "ip2", ["bent"], ["ip2"], { settings }),
				layer("EuclideanLoss", "loss", ["ip2", "label"], ["loss"]),
			]),
			solver: { ...plainSolver, weightDecay: 0.01 },
			data: denseData(3, 8, 2, 3, "EuclideanLoss"),
			seed: 2,
		};
		const { PReLU: writer } = layerWriters;
		try {
			Reflect.deleteProperty(layerWriters, "PReLU");
			const script = numpyScript(iterationOf(options, 2), texts);
			expect(script.leftOut).toEqual([{ layer: "bend", type: "PReLU" }]);
			expect(script.text).toContain("- bend (PReLU)");
			expect(failures(python, [script])).toEqual([]);
		} finally {
			Reflect.set(layerWriters, "PReLU", writer);
		}
	});

	it("notices a number that is not the recorded one", async () => {
		const { text, ...rest } = numpyScript(iterationOf(await presetOptions(presets[0]), 1), texts);
		const wrong = text.replace(/^(check\("loss_total".*|check\("loss", loss_total, )0\.298/m, "$10.299");
		expect(wrong).not.toBe(text);
		expect(failures(python, [{ ...rest, text: wrong }])).toEqual([expect.stringContaining("AssertionError: loss")]);
	});

	it("is Python whatever layers are called, and their names end no comment", async () => {
		const options = await presetOptions(presets[0]);
		const renamed = JSON.parse(
			JSON.stringify(options.net)
				.replaceAll('"hidden"', JSON.stringify('class "x"\n"""; import os #'))
				.replaceAll('"output"', JSON.stringify("lambda")),
		);
		const start = Object.fromEntries(
			Object.entries(options.start ?? {}).map(([key, values]) => [
				key.replace("hidden", 'class "x"\n"""; import os #').replace("output", "lambda"),
				values,
			]),
		);
		const title = 'a "title" \\ """ of many\nlines';
		expect(failures(python, [numpyScript(iterationOf({ ...options, net: renamed, start }, 1, title), texts)])).toEqual(
			[],
		);
	});
});
