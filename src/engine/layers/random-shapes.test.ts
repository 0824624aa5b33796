import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EngineError } from "../problem.ts";
import { createRandom } from "../random.ts";
import type { PlainSettings } from "../settings.ts";
import { countOf, type Shape } from "../shape.ts";
import type { LayerSpecification } from "../specification.ts";
import { layer, net, plainSolver } from "../testing/dense-nets.ts";
import { checkExplanations } from "../testing/explanations.ts";
import { wrongGradients } from "../testing/gradients.ts";
import { createTraining, type Training } from "../training.ts";
import "./index.ts";

const filler = { type: "uniform", min: -0.6, max: 0.6 };

/** One layer between random inputs and a squared error, with a weight of its own before it. */
function trainingOf(
	inputs: Readonly<Record<string, Shape>>,
	middle: readonly LayerSpecification[],
	seed: number,
	cont: string | null = null,
): Training {
	const random = createRandom(seed);
	const names = Object.keys(inputs);
	const given = layer("Input", "in", [], names, {
		settings: { shape: names.map((name): PlainSettings => ({ dim: [...inputs[name]] })) },
	});
	const last = middle[middle.length - 1];
	const dense = (name: string, bottom: string) =>
		layer("InnerProduct", name, [bottom], [name], { settings: { num_output: 2, weight_filler: filler } });
	const layers = [
		given,
		...middle,
		dense("flat", last.tops[0]),
		// The other side of the loss hangs on the same input, so that nothing has to be labelled.
		dense("flat2", names[0]),
		layer("EuclideanLoss", "loss", ["flat", "flat2"], ["loss"]),
	];
	const blobs = Object.fromEntries(
		names.map((name) => {
			const values = Float64Array.from({ length: 2 * countOf(inputs[name]) }, () =>
				name === cont ? (random.uniform() < 0.3 ? 0 : 1) : 2 * random.uniform() - 1,
			);
			return [name, { sampleShape: inputs[name].slice(1), values }];
		}),
	);
	return createTraining({
		net: net(layers, false),
		solver: plainSolver,
		data: { blobs, samples: 2 * inputs[names[0]][0] },
		seed,
	});
}

/** Explanations bit for bit in two iterations, then gradients by central differences at the state reached. */
function holds(training: Training, elements = 40): void {
	training.record();
	expect(checkExplanations(training.net, training.record()).wrong.slice(0, 5)).toEqual([]);
	let count = 0;
	expect(wrongGradients(training.net, () => count++ < elements)).toEqual([]);
}

const pair = (minimum: number, maximum: number) =>
	fc.tuple(fc.integer({ min: minimum, max: maximum }), fc.integer({ min: minimum, max: maximum }));

/** Settings that cannot be are refused by name and before anything runs; everything else must hold. */
function attempt(make: () => Training): void {
	let training: Training;
	try {
		training = make();
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		return;
	}
	holds(training);
}

describe("window layers of any shape", () => {
	const any = fc.record({
		images: fc.integer({ min: 1, max: 3 }),
		group: fc.integer({ min: 1, max: 2 }),
		channels: fc.integer({ min: 1, max: 2 }),
		outputs: fc.integer({ min: 1, max: 2 }),
		size: pair(2, 6),
		kernel: pair(1, 3),
		stride: pair(1, 3),
		pad: pair(0, 2),
		dilation: pair(1, 2),
		bias: fc.boolean(),
		seed: fc.integer({ min: 1, max: 1e6 }),
	});

	it.each(["Convolution", "Deconvolution"])("%s", (type) => {
		fc.assert(
			fc.property(any, ({ images, group, channels, outputs, size, kernel, stride, pad, dilation, bias, seed }) => {
				attempt(() =>
					trainingOf(
						{ data: [images, channels * group, ...size] },
						[
							layer(type, "own", ["data"], ["own"], {
								settings: {
									num_output: outputs * group,
									group,
									kernel_size: [...kernel],
									stride: [...stride],
									pad: [...pad],
									dilation: [...dilation],
									bias_term: bias,
									weight_filler: filler,
									bias_filler: filler,
								},
							}),
						],
						seed,
					),
				);
			}),
			{ numRuns: 40 },
		);
	});

	it("Convolution that gets mostly zeros back", () => {
		fc.assert(
			fc.property(any, ({ images, group, channels, outputs, size, kernel, stride, pad, dilation, bias, seed }) => {
				attempt(() =>
					trainingOf(
						{ data: [images, channels, ...size] },
						[
							layer("Convolution", "before", ["data"], ["before"], {
								settings: { num_output: channels * group, kernel_size: [1], weight_filler: filler },
							}),
							layer("Convolution", "own", ["before"], ["own"], {
								settings: {
									num_output: outputs * group,
									group,
									kernel_size: [...kernel],
									stride: [...stride],
									pad: [...pad],
									dilation: [...dilation],
									bias_term: bias,
									weight_filler: filler,
								},
							}),
							layer("Pooling", "largest", ["own"], ["largest"], { settings: { kernel_size: 3, stride: 3, pad: 1 } }),
						],
						seed,
					),
				);
			}),
			{ numRuns: 40 },
		);
	});

	it("Convolution that strides over more padding than can be held", () => {
		const wide = { num_output: 2, kernel_size: [1], stride: [1e7], pad: [1e7], weight_filler: filler };
		holds(
			trainingOf(
				{ data: [2, 1, 3, 3] },
				[
					layer("Convolution", "before", ["data"], ["before"], {
						settings: { num_output: 2, kernel_size: [1], weight_filler: filler },
					}),
					layer("Convolution", "own", ["before"], ["own"], { settings: wide }),
					layer("Pooling", "largest", ["own"], ["largest"], { settings: { global_pooling: true } }),
				],
				3,
			),
		);
	});

	it.each(["MAX", "AVE"])("Pooling %s", (pool) => {
		fc.assert(
			fc.property(any, ({ images, channels, size, kernel, stride, pad, seed, bias }) => {
				// Windows with nothing under them are −FLT_MAX or 0 ÷ 0, which no difference confirms.
				fc.pre(stride.every((step, axis) => step <= kernel[axis]));
				attempt(() =>
					trainingOf(
						{ data: [images, channels, ...size] },
						[
							layer("Convolution", "before", ["data"], ["before"], {
								settings: { num_output: 2, kernel_size: 1, weight_filler: filler },
							}),
							layer("Pooling", "own", ["before"], ["own"], {
								settings: {
									pool,
									kernel_h: kernel[0],
									kernel_w: kernel[1],
									stride_h: stride[0],
									stride_w: stride[1],
									pad_h: pad[0],
									pad_w: pad[1],
									round_mode: bias ? "CEIL" : "FLOOR",
								},
							}),
						],
						seed,
					),
				);
			}),
			{ numRuns: 40 },
		);
	});
});

describe("recurrent layers of any shape", () => {
	const any = fc.record({
		times: fc.integer({ min: 1, max: 4 }),
		sequences: fc.integer({ min: 1, max: 3 }),
		inputs: fc.integer({ min: 1, max: 3 }),
		outputs: fc.integer({ min: 1, max: 3 }),
		seed: fc.integer({ min: 1, max: 1e6 }),
	});

	it.each(["LSTM", "RNN"])("%s", (type) => {
		fc.assert(
			fc.property(any, ({ times, sequences, inputs, outputs, seed }) => {
				holds(
					trainingOf(
						{ x: [times, sequences, inputs], cont: [times, sequences] },
						[
							layer(type, "own", ["x", "cont"], ["own"], {
								settings: { num_output: outputs, weight_filler: filler, bias_filler: filler },
							}),
						],
						seed,
						"cont",
					),
				);
			}),
			{ numRuns: 30 },
		);
	});

	it("LSTM with one step is its cell: no time to go back through", () => {
		const training = trainingOf(
			{ x: [1, 2, 3], cont: [1, 2] },
			[layer("LSTM", "own", ["x", "cont"], ["own"], { settings: { num_output: 2, weight_filler: filler } })],
			7,
			"cont",
		);
		const { internals } = training.record().passes[0].layers[training.net.layer("own").index];
		expect(Array.from(internals.h_T)).toEqual(Array.from(internals.h));
		expect(Array.from(internals.c_T)).toEqual(Array.from(internals.c));
	});

	it("carries its state to the next pass and returns to it by a checkpoint, bit for bit", () => {
		const make = () =>
			trainingOf(
				{ x: [3, 2, 2], cont: [3, 2] },
				[layer("LSTM", "own", ["x", "cont"], ["own"], { settings: { num_output: 3, weight_filler: filler } })],
				11,
			);
		const straight = make();
		const checkpointed = make();
		straight.step();
		checkpointed.step();
		const checkpoint = checkpointed.checkpoint();
		checkpointed.step();
		checkpointed.record();
		checkpointed.restore(checkpoint);
		const [once, again] = [straight.record(), checkpointed.record()];
		expect(again.passes[0].layers).toEqual(once.passes[0].layers);
		expect(again.parameters).toEqual(once.parameters);
		expect(once.passes[0].layers[straight.net.layer("own").index].internals.h_0.some((value) => value !== 0)).toBe(
			true,
		);
	});
});
