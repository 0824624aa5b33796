import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layerDefinitions } from "../../engine/layers/index.ts";
import type { LayerSpecification } from "../../engine/specification.ts";
import { layer } from "../../engine/testing/dense-nets.ts";
import { caseOptions, type LayerCase, layerCases } from "../../engine/testing/layer-cases.ts";
import { en } from "../../i18n/en/index.ts";
import { numpyScript } from "./numpy.ts";
import { layerWriters } from "./python/layers/index.ts";
import type { Iteration, Script } from "./python/script.ts";
import { pytorchScript } from "./pytorch.ts";
import { iterationOf } from "./testing/iterations.ts";
import { pythonWith } from "./testing/python.ts";
import { failures } from "./testing/scripts.ts";

const texts = en.exporting.code;
/** Hundreds of scripts run one after the other. */
const LONG = 240_000;
const RUNS = Number(process.env.DELTASCOPE_EXPORT_RUNS ?? 6);

/** Layers that the engine tries elsewhere, on shapes and settings of their own. */
const dim = fc.integer({ min: 1, max: 3 });
const filler = { type: "uniform", min: -0.6, max: 0.6 };
const one = (
	inputs: LayerCase["inputs"],
	type: string,
	bottoms: readonly string[],
	settings: LayerSpecification["settings"],
	tops: readonly string[] = ["y"],
): LayerCase => ({ inputs, layers: [layer(type, "it", bottoms, tops, { settings })] });

/** PyTorch has functions for three axes of space at most. */
const MANY_AXES = 4;
const perAxis = (min: number, max: number) =>
	fc.array(fc.integer({ min, max }), { minLength: MANY_AXES, maxLength: MANY_AXES });

const windows = (type: "Convolution" | "Deconvolution", axesOf = fc.integer({ min: 0, max: 3 })) =>
	fc
		.record({
			axes: axesOf,
			before: fc.array(dim, { minLength: 1, maxLength: 2 }),
			group: fc.integer({ min: 1, max: 2 }),
			channels: fc.integer({ min: 1, max: 2 }),
			outputs: fc.integer({ min: 1, max: 2 }),
			size: perAxis(2, 4),
			kernel: perAxis(1, 2),
			stride: perAxis(1, 3),
			dilation: perAxis(1, 2),
			bias_term: fc.boolean(),
			two: fc.boolean(),
		})
		.map(({ axes, before, group, channels, outputs, size, kernel, stride, dilation, bias_term, two }): LayerCase => {
			const shape = [...before, channels * group, ...size.slice(0, axes)];
			const per = (list: readonly number[]) => list.slice(0, axes);
			const settings = {
				num_output: outputs * group,
				group,
				bias_term,
				axis: before.length,
				...(axes === 0
					? {}
					: {
							kernel_size: per(kernel),
							stride: per(stride),
							dilation: per(dilation),
							pad: kernel.slice(0, axes).map((k) => k - 1),
						}),
				weight_filler: filler,
				bias_filler: filler,
			};
			const names = two ? ["a", "b"] : ["a"];
			return {
				inputs: Object.fromEntries(names.map((name) => [name, { shape }])),
				layers: [
					layer(
						type,
						"it",
						names,
						names.map((name) => `${name}_y`),
						{ settings },
					),
					layer(
						"Concat",
						"join",
						names.map((name) => `${name}_y`),
						["y"],
						{ settings: { axis: 1 } },
					),
				],
			};
		});

const pooling = fc
	.record({
		shape: fc.tuple(dim, dim, fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 6 })),
		pool: fc.constantFrom("MAX", "AVE"),
		kernel: fc.integer({ min: 1, max: 3 }),
		stride: fc.integer({ min: 1, max: 3 }),
		padded: fc.boolean(),
		mask: fc.boolean(),
	})
	.map(({ shape, pool, kernel, stride, padded, mask }): LayerCase => {
		const settings = { pool, kernel_size: kernel, stride, pad: padded ? kernel - 1 : 0 };
		const hasMask = mask && pool === "MAX";
		const it = one({ x: { shape } }, "Pooling", ["x"], settings, hasMask ? ["y0", "mask"] : ["y0"]);
		return { ...it, layers: [...it.layers, layer("TanH", "bend", ["y0"], ["y"])] };
	});

const recurrent = (type: "LSTM" | "RNN") =>
	fc
		.record({
			times: dim,
			sequences: dim,
			inputs: dim,
			outputs: dim,
			still: fc.boolean(),
			exposed: fc.boolean(),
			fraction: fc.boolean(),
		})
		.map(({ times, sequences, inputs, outputs, still, exposed, fraction }): LayerCase => {
			const states = exposed ? (type === "LSTM" ? ["h0", "c0"] : ["h0"]) : [];
			const settings = { num_output: outputs, expose_hidden: exposed, weight_filler: filler, bias_filler: filler };
			const names = ["x", "cont", ...(still ? ["still"] : []), ...states];
			return one(
				{
					x: { shape: [times, sequences, inputs] },
					cont: {
						shape: [times, sequences],
						draw: (random) => (random.uniform() < 0.3 ? 0 : fraction ? 0.5 : 1),
					},
					...(still ? { still: { shape: [sequences, 2] } } : {}),
					...Object.fromEntries(states.map((name) => [name, { shape: [1, sequences, outputs] }])),
				},
				type,
				names,
				settings,
				["y", ...states.map((name) => `${name}_T`)],
			);
		});

/** A layer whose top a layer in place overwrites: Caffe's backward may read what is no longer there. */
const overwritten = fc
	.record({
		first: fc.constantFrom("Sigmoid", "TanH", "ReLU", "ELU", "Exp", "Swish", "Softmax", "MVN", "Power", "Eltwise"),
		after: fc.constantFrom("ReLU", "TanH", "Dropout", "Power", "Scale", "BNLL", "Log"),
		inPlace: fc.boolean(),
		shape: fc.tuple(dim, dim, dim, dim),
	})
	.map(({ first, after, inPlace, shape }): LayerCase => {
		const top = inPlace && !["MVN", "Eltwise"].includes(first) ? "s" : "y";
		const settings = first === "Power" ? { power: 0.5, shift: 2 } : {};
		const start = layer("Scale", "pre", ["x"], ["s"], { settings: { bias_term: true } });
		const it = layer(first, "it", first === "Eltwise" ? ["s", "x"] : ["s"], [top], { settings });
		return {
			inputs: { x: { shape, draw: (random) => 0.1 + random.uniform() } },
			layers: [start, it, layer(after, "after", [top], [top], {}), layer("TanH", "end_it", [top], ["z"])],
		};
	});

const cases: Readonly<Record<string, fc.Arbitrary<LayerCase>>> = {
	...layerCases,
	Convolution: windows("Convolution"),
	Deconvolution: windows("Deconvolution"),
	"Convolution over many axes": windows("Convolution", fc.constant(MANY_AXES)),
	"Deconvolution over many axes": windows("Deconvolution", fc.constant(MANY_AXES)),
	Pooling: pooling,
	LSTM: recurrent("LSTM"),
	RNN: recurrent("RNN"),
	"a top overwritten in place": overwritten,
};

/** The second iteration of random nets of a case, with one pass and with two. */
function iterations(type: string): readonly Iteration[] {
	return fc.sample(fc.tuple(cases[type], fc.integer(), fc.constantFrom(1, 2)), RUNS).map(([own, seed, iterSize]) => {
		const options = caseOptions(own, seed);
		return iterationOf({ ...options, solver: { ...options.solver, iterSize, momentum: 0.5 } }, 2);
	});
}

/** What fails of all cases: one interpreter runs them all. */
function failing(python: string | null, script: (iteration: Iteration) => Script): readonly string[] {
	const tried = Object.keys(cases).flatMap((type) =>
		iterations(type).map((iteration) => ({ type, ...script(iteration) })),
	);
	expect(tried.flatMap(({ leftOut }) => leftOut)).toEqual([]);
	return failures(python, tried).map((text) => {
		const { type, text: code } = tried[Number.parseInt(text, 10)];
		return `${type} ${text}\n${code}`;
	});
}

it("every layer of the engine is written or given", () => {
	const computed = layerDefinitions.filter(({ picture }) => picture !== "given").map(({ type }) => type);
	expect(Object.keys(layerWriters).toSorted()).toEqual(computed.toSorted());
});

const numpy = pythonWith("numpy");
const torch = pythonWith("torch");

describe("random nets around every layer", () => {
	it.skipIf(numpy === null)("agree in NumPy (needs python3-numpy)", { timeout: LONG }, () => {
		expect(failing(numpy, (iteration) => numpyScript(iteration, texts)).slice(0, 1)).toEqual([]);
	});

	it.skipIf(torch === null)("agree in PyTorch (needs python3-torch)", { timeout: LONG }, () => {
		expect(failing(torch, (iteration) => pytorchScript(iteration, texts)).slice(0, 1)).toEqual([]);
	});
});
