import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "../../engine/testing/dense-nets.ts";
import { createTraining, type TrainingOptions } from "../../engine/training.ts";
import { en } from "../../i18n/en/index.ts";
import { readCaffemodel } from "../caffemodel/caffemodel.ts";
import { matchWeights } from "../caffemodel/net-weights.ts";
import { readNet, readSolver } from "../prototxt/index.ts";
import { textFile } from "./archive.ts";
import { caffeFiles } from "./caffe.ts";
import { iterationCsv } from "./iteration-csv.ts";
import { iterationJson } from "./iteration-json.ts";
import { iterationScalars } from "./scalars.ts";
import { iterationOf, presetOptions } from "./testing/iterations.ts";
import { pythonWith, runPython } from "./testing/python.ts";
import { sourceOf } from "./testing/sources.ts";
import { wholeBytes, wholeNpz, wholeText } from "./testing/whole.ts";
import { weightsJson, weightsNpz } from "./weights.ts";

const python = pythonWith("numpy");

/** A number as the files write it. */
const read = (written: unknown) => Number(written);

describe("an iteration as JSON", () => {
	it("holds every number bit for bit, with the formula of each", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const iteration = iterationOf(options, 2);
				const { net, trace } = iteration;
				const json = JSON.parse(wholeText(iterationJson(sourceOf(iteration))));
				expect([json.format, json.version, json.iteration]).toEqual(["deltascope-iteration", 1, 2]);
				net.learnable.forEach(({ index }, place) => {
					for (const key of ["before", "gradient", "update", "after"] as const) {
						expect(json.parameters[place][key].map(read)).toEqual(Array.from(trace.parameters[index][key]));
					}
				});
				trace.passes.forEach(({ layers }, pass) => {
					layers.forEach(({ tops }, layer) => {
						const written = json.passes[pass].layers[layer].tops;
						tops.forEach(({ data, diff }, slot) => {
							expect(written[slot].data.values.map(read)).toEqual(Array.from(data));
							expect(written[slot].diff?.values.map(read) ?? null).toEqual(diff === null ? null : Array.from(diff));
						});
					});
				});
				const { explain } = sourceOf(iteration);
				const scalars = iterationScalars(trace, explain.structure);
				expect(json.scalars.map(({ value }: { value: unknown }) => read(value))).toEqual(
					scalars.map((reference) => explain.engine.read(reference)),
				);
			}),
			{ numRuns: 30 },
		);
	});

	it("leaves the formulas out where they would be too many, and says so", async () => {
		const lenet = presets.find(({ id }) => id === "lenet") ?? presets[0];
		const json = JSON.parse(wholeText(iterationJson(sourceOf(iterationOf(await presetOptions(lenet), 1)))));
		expect(json.scalars).toBeNull();
		expect(json.parameters.length).toBeGreaterThan(0);
	});
});

describe("an iteration as CSV", () => {
	const csvTexts = { columns: en.exporting.csv, more: en.tables.more };

	it("has a line for each number in the order in which they become known, with all digits", async () => {
		const iteration = iterationOf(await presetOptions(presets[0]), 1);
		const parts = [...iterationCsv(sourceOf(iteration), { digits: 4 }, csvTexts)];
		const lines = wholeText(parts).trimEnd().split("\r\n");
		expect(parts.at(-1)).toMatchObject({ done: lines.length - 1, of: lines.length - 1 });
		expect(lines[0]).toBe("stage,phase,quantity,sample,formula with numbers,value,reference");
		const values = lines.map((line) => line.split(",").at(-2));
		expect(values).toContain("0.7513650695523157");
		expect(lines.findIndex((line) => line.includes("/top/output_sigmoid/0/data/0"))).toBeLessThan(
			lines.findIndex((line) => line.includes("/parameter/output/0/after/0")),
		);
	});
});

describe("weights", () => {
	it("come back from JSON and from the caffemodel bit for bit, with net and solver", async () => {
		for (const id of ["xor", "digits", "lstm-through-time"]) {
			const preset = presets.find((candidate) => candidate.id === id) ?? presets[0];
			const options = await presetOptions(preset);
			const { net, trace } = iterationOf(options, 3);
			const { parameters } = JSON.parse(wholeText(weightsJson(net, trace)));
			net.learnable.forEach(({ index }) => {
				expect(parameters[index].after).toEqual(Array.from(trace.parameters[index].after));
			});
			const { files } = caffeFiles(net, trace, en.exporting.code);
			const [prototxt, solver, weights] = files.map(({ bytes }) => bytes);
			const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
			const readBack = createTraining({
				...options,
				net: readNet(decode(prototxt), { precision: "double" }),
				solver: readSolver(decode(solver).replace(/^net: .*$/m, ""), { precision: "double" }),
			});
			const { values, missing, unused } = matchWeights(readBack.net, readCaffemodel(weights));
			expect([missing, unused]).toEqual([[], []]);
			net.learnable.forEach(({ index, layer, slot }) => {
				expect(values[`${layer}/${slot}`]).toEqual(Array.from(trace.parameters[index].before));
			});
			expect(readBack.settings.baseLr).toBe(trace.rate);
		}
	});

	it("begin as the iteration found them, also where a layer moves them itself", () => {
		const options: TrainingOptions = {
			net: net([
				layer("Input", "data", [], ["data"], { settings: { shape: [{ dim: [4, 2] }] } }),
				layer("BatchNorm", "norm", ["data"], ["norm"]),
				layer("Reduction", "end", ["norm"], ["end"], { lossWeights: [1] }),
			]),
			solver: plainSolver,
			data: denseData(3, 8, 2, 3, "EuclideanLoss"),
			seed: 2,
		};
		const first = iterationOf(options, 1);
		const second = iterationOf(options, 2);
		const { parameters } = JSON.parse(wholeText(weightsJson(second.net, second.trace)));
		expect(parameters.map(({ before }: { before: unknown }) => before)).toEqual(
			first.trace.parameters.map(({ after }) => Array.from(after)),
		);
	});

	it("are one archive of .npy files, the same bytes each time", async () => {
		const { net, trace } = iterationOf(await presetOptions(presets[0]), 1);
		const bytes = wholeBytes(weightsNpz(net, trace));
		expect(Object.keys(unzipSync(bytes))).toEqual([
			"hidden.0.before.npy",
			"hidden.0.after.npy",
			"hidden.1.before.npy",
			"hidden.1.after.npy",
			"output.0.before.npy",
			"output.0.after.npy",
			"output.1.before.npy",
			"output.1.after.npy",
		]);
		expect(wholeBytes(weightsNpz(net, trace))).toEqual(bytes);
	});

	it.skipIf(python === null)("load in NumPy with shape and bits (needs python3-numpy)", () => {
		const arrays = {
			scalar: { shape: [], values: [0.1] },
			row: { shape: [3], values: [1 / 3, -0, 5e-324] },
			cube: { shape: [2, 1, 2], values: [1, 2, 3, Number.NaN] },
			empty: { shape: [0, 3], values: [] },
		};
		const script = `
import numpy as np
a = np.load("a.npz")
assert a["scalar"].shape == () and a["scalar"] == 0.1
assert a["row"].dtype == np.float64 and a["row"].tolist() == [1 / 3, 0.0, 5e-324] and np.signbit(a["row"][1])
assert a["cube"].shape == (2, 1, 2) and a["cube"][1, 0, 0] == 3 and np.isnan(a["cube"][1, 0, 1])
assert a["empty"].shape == (0, 3)
`;
		const files = [textFile("a.py", script), { name: "a.npz", bytes: wholeNpz(arrays) }];
		expect(runPython(python ?? "", [files])).toEqual([{ ok: true, output: "" }]);
	});
});
