import fc from "fast-check";
import { createRandom, type RandomGenerator } from "../random.ts";
import type { PlainSettings } from "../settings.ts";
import { countOf, type Shape } from "../shape.ts";
import type { LayerSpecification, Phase } from "../specification.ts";
import type { TrainingOptions } from "../training.ts";
import { layer, net, plainSolver } from "./dense-nets.ts";

type Draw = (random: RandomGenerator) => number;

/** A layer between inputs and a squared sum of all it makes (or a loss of its own). */
export interface LayerCase {
	readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly draw?: Draw }>>;
	readonly layers: readonly LayerSpecification[];
	readonly phase?: Phase;
}

/** Never nearer than 0.05 to a tenth, where kinks are put; all values of a net differ, so that none ties. */
const betweenTenths: Draw = (random) =>
	(Math.floor(random.uniform() * 20) - 10 + 0.5 + 0.4 * (random.uniform() - 0.5)) / 10;
const anything: Draw = (random) => 2 * random.uniform() - 1;
const positive: Draw = (random) => 0.2 + random.uniform();
const whole =
	(below: number): Draw =>
	(random) =>
		Math.floor(random.uniform() * below) + 0.25;

const dim = fc.integer({ min: 1, max: 3 });
const anyShape = fc.array(dim, { minLength: 2, maxLength: 4 });
const image = fc.tuple(dim, dim, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }));
const gaussian: PlainSettings = { type: "gaussian", std: 0.7 };

const elementwise = (type: string, settings: fc.Arbitrary<PlainSettings> = fc.constant({}), draw = betweenTenths) =>
	fc.tuple(anyShape, settings).map(
		([shape, own]): LayerCase => ({
			inputs: { x: { shape, draw } },
			layers: [layer(type, "it", ["x"], ["y"], { settings: own })],
		}),
	);

/** The same in place, behind a layer whose backward does not need what it made. */
const inPlace = (type: string, settings: fc.Arbitrary<PlainSettings> = fc.constant({})) =>
	fc.tuple(anyShape, settings).map(
		([shape, own]): LayerCase => ({
			inputs: { x: { shape, draw: betweenTenths } },
			layers: [layer("Scale", "pre", ["x"], ["y"]), layer(type, "it", ["y"], ["y"], { settings: own })],
		}),
	);

const bases = fc.record({
	base: fc.constantFrom(-1, 2, 10),
	scale: fc.constantFrom(1, 0.5, 2),
	shift: fc.constantFrom(0, 0.3),
});

const axisOf = (axes: number) =>
	fc.integer({ min: 0, max: axes - 1 }).chain((axis) => fc.constantFrom(axis, axis - axes));

const coefficientCases = (type: "Bias" | "Scale", own: fc.Arbitrary<PlainSettings>) =>
	fc.oneof(
		fc.tuple(anyShape, own).chain(([shape, settings]) =>
			fc.tuple(axisOf(shape.length), fc.integer({ min: -1, max: 2 })).map(([axis, axes]): LayerCase => {
				const first = axis < 0 ? axis + shape.length : axis;
				const num_axes = Math.min(axes, shape.length - first);
				return {
					inputs: { x: { shape } },
					layers: [layer(type, "it", ["x"], ["y"], { settings: { ...settings, axis, num_axes } })],
				};
			}),
		),
		fc.tuple(anyShape, own).chain(([shape, settings]) =>
			fc.nat({ max: shape.length - 1 }).chain((first) =>
				fc.integer({ min: first, max: shape.length }).map((end): LayerCase => {
					const given = shape.slice(first, end);
					// Axis 0 of an input is its batch, so the coefficients get theirs from a layer.
					return {
						inputs: { x: { shape } },
						layers: [
							layer("Parameter", "p", [], ["s"], { settings: { shape: { dim: given } } }),
							layer(type, "it", ["x", "s"], ["y"], { settings: { ...settings, axis: first } }),
						],
					};
				}),
			),
		),
	);

const labelled = (type: string, settings: fc.Arbitrary<PlainSettings>, draw: Draw, more: readonly string[] = []) =>
	fc.tuple(dim, fc.integer({ min: 2, max: 4 }), settings).map(
		([samples, classes, own]): LayerCase => ({
			inputs: {
				x: { shape: [samples, classes], draw },
				label: { shape: [samples], draw: whole(classes) },
				...Object.fromEntries(more.map((name) => [name, { shape: [classes, classes], draw: positive }])),
			},
			layers: [layer(type, "it", ["x", "label", ...more], ["y"], { settings: own, lossWeights: [0.7] })],
		}),
	);

/** What each layer is tried on. Gradients are held against differences, explanations against the recorded numbers. */
export const layerCases: Readonly<Record<string, fc.Arbitrary<LayerCase>>> = {
	ReLU: fc.oneof(elementwise("ReLU", fc.record({ negative_slope: fc.constantFrom(0, 0.1) })), inPlace("ReLU")),
	Sigmoid: fc.oneof(elementwise("Sigmoid"), inPlace("Sigmoid")),
	TanH: fc.oneof(elementwise("TanH"), inPlace("TanH")),
	ELU: fc.oneof(elementwise("ELU", fc.record({ alpha: fc.constantFrom(1, 0.5) })), inPlace("ELU")),
	PReLU: fc.oneof(
		elementwise("PReLU", fc.record({ channel_shared: fc.boolean(), filler: fc.constant(gaussian) })),
		inPlace("PReLU", fc.record({ channel_shared: fc.boolean() })),
	),
	Clip: elementwise("Clip", fc.constant({ min: -0.5, max: 0.3 })),
	Swish: fc.oneof(elementwise("Swish", fc.record({ beta: fc.constantFrom(1, 0.5, 0) })), inPlace("Swish")),
	AbsVal: elementwise("AbsVal"),
	Power: elementwise(
		"Power",
		fc
			.record({
				power: fc.constantFrom(0, 1, 2, 3, 0.5, -1),
				scale: fc.constantFrom(0, 1, 0.3),
				shift: fc.constantFrom(0, 1.5),
			})
			// 0 to the power of −1 is no number.
			.filter(({ power, scale, shift }) => power >= 0 || scale + shift > 0),
		positive,
	),
	Exp: fc.oneof(elementwise("Exp", bases), inPlace("Exp", bases)),
	Log: elementwise("Log", bases, positive),
	BNLL: elementwise("BNLL"),
	Dropout: fc
		.tuple(
			fc.oneof(elementwise("Dropout", fc.constant({ dropout_ratio: 0.3 })), inPlace("Dropout")),
			fc.constantFrom<Phase>("TRAIN", "TEST"),
		)
		.map(([one, phase]) => ({ ...one, phase })),
	Concat: fc.tuple(anyShape, fc.array(dim, { minLength: 1, maxLength: 3 })).chain(([shape, sizes]) =>
		fc
			.integer({ min: 1 - shape.length, max: shape.length - 1 })
			.filter((axis) => axis % shape.length !== 0)
			.map((axis): LayerCase => {
				const along = axis < 0 ? axis + shape.length : axis;
				const names = sizes.map((_, k) => `x${k}`);
				return {
					inputs: Object.fromEntries(
						sizes.map((size, k) => [`x${k}`, { shape: shape.map((own, a) => (a === along ? size : own)) }]),
					),
					layers: [layer("Concat", "it", names, ["y"], { settings: { axis } })],
				};
			}),
	),
	Slice: fc.tuple(anyShape, fc.integer({ min: 1, max: 3 }), fc.boolean()).chain(([shape, parts, equal]) =>
		axisOf(shape.length).map((axis): LayerCase => {
			const along = axis < 0 ? axis + shape.length : axis;
			const whole = shape.map((size, a) => (a === along ? (equal ? 2 : 3) * parts : size));
			const points = Array.from({ length: parts - 1 }, (_, k) => 3 * (k + 1) - 1);
			const tops = Array.from({ length: parts }, (_, k) => `y${k}`);
			return {
				inputs: { x: { shape: whole } },
				layers: [
					layer("Slice", "it", ["x"], tops, { settings: { axis, ...(equal ? {} : { slice_point: points }) } }),
					...tops.slice(1).map((top) =>
						layer("Reduction", `sum_${top}`, [top], [`s_${top}`], {
							settings: { operation: "SUMSQ" },
							lossWeights: [0.3],
						}),
					),
					layer("TanH", "t", ["y0"], ["y"]),
				],
			};
		}),
	),
	Flatten: anyShape.chain((shape) =>
		fc.tuple(fc.nat({ max: shape.length - 1 }), fc.nat({ max: shape.length - 1 })).map(
			([a, b]): LayerCase => ({
				inputs: { x: { shape } },
				layers: [
					layer("Flatten", "it", ["x"], ["y"], {
						settings: { axis: Math.min(a, b), end_axis: Math.max(a, b) - shape.length },
					}),
				],
			}),
		),
	),
	Reshape: fc.tuple(dim, dim, dim).map(
		([a, b, c]): LayerCase => ({
			inputs: { x: { shape: [a, b, 2 * c] } },
			layers: [layer("Reshape", "it", ["x"], ["y"], { settings: { shape: { dim: [0, 2, -1] } } })],
		}),
	),
	Crop: image.chain(([n, c, h, w]) =>
		fc.tuple(fc.integer({ min: 1, max: h }), fc.integer({ min: 1, max: w })).chain(([rows, columns]) =>
			fc.tuple(fc.nat({ max: h - rows }), fc.nat({ max: w - columns })).map(
				([top, left]): LayerCase => ({
					inputs: { x: { shape: [n, c, h, w] }, r: { shape: [n, 1, rows, columns] } },
					layers: [layer("Crop", "it", ["x", "r"], ["y"], { settings: { offset: [top, left] } })],
				}),
			),
		),
	),
	Tile: anyShape.chain((shape) =>
		fc.tuple(axisOf(shape.length), dim).map(
			([axis, tiles]): LayerCase => ({
				inputs: { x: { shape } },
				layers: [layer("Tile", "it", ["x"], ["y"], { settings: { axis, tiles } })],
			}),
		),
	),
	Eltwise: fc
		.record({
			shape: anyShape,
			bottoms: fc.integer({ min: 2, max: 4 }),
			operation: fc.constantFrom("PROD", "SUM", "MAX"),
			stable: fc.boolean(),
			coeff: fc.boolean(),
		})
		.map(({ shape, bottoms, operation, stable, coeff }): LayerCase => {
			const names = Array.from({ length: bottoms }, (_, k) => `x${k}`);
			return {
				inputs: Object.fromEntries(names.map((name) => [name, { shape }])),
				layers: [
					layer("Eltwise", "it", names, ["y"], {
						settings: {
							operation,
							stable_prod_grad: stable,
							...(coeff && operation === "SUM" ? { coeff: names.map((_, k) => k - 0.5) } : {}),
						},
					}),
				],
			};
		}),
	Reduction: anyShape.chain((shape) =>
		fc.tuple(axisOf(shape.length), fc.constantFrom("SUM", "ASUM", "SUMSQ", "MEAN"), fc.constantFrom(1, -0.5)).map(
			([axis, operation, coeff]): LayerCase => ({
				inputs: { x: { shape, draw: betweenTenths } },
				layers: [layer("Reduction", "it", ["x"], ["y"], { settings: { axis, operation, coeff } })],
			}),
		),
	),
	Silence: anyShape.map(
		(shape): LayerCase => ({
			inputs: { x: { shape } },
			layers: [layer("Silence", "it", ["x"], []), layer("TanH", "t", ["x"], ["y"])],
		}),
	),
	Split: anyShape.map(
		(shape): LayerCase => ({
			inputs: { x: { shape } },
			layers: [
				layer("Split", "it", ["x"], ["a", "b", "c"]),
				layer("TanH", "t", ["a"], ["y0"]),
				layer("Eltwise", "e", ["y0", "c"], ["y"]),
			],
		}),
	),
	Embed: fc.tuple(fc.array(dim, { minLength: 1, maxLength: 2 }), fc.boolean()).map(
		([shape, bias_term]): LayerCase => ({
			inputs: { x: { shape, draw: whole(4) } },
			layers: [
				layer("Embed", "it", ["x"], ["y"], {
					settings: { num_output: 2, input_dim: 4, bias_term, weight_filler: gaussian, bias_filler: gaussian },
				}),
			],
		}),
	),
	Parameter: anyShape.map(
		(shape): LayerCase => ({
			inputs: { x: { shape } },
			layers: [
				layer("Parameter", "it", [], ["p"], { settings: { shape: { dim: shape } } }),
				layer("Eltwise", "e", ["x", "p"], ["y"]),
			],
		}),
	),
	DummyData: anyShape.map(
		(shape): LayerCase => ({
			inputs: { x: { shape } },
			layers: [
				layer("DummyData", "it", [], ["a", "b"], {
					settings: { shape: { dim: shape }, data_filler: [{ value: 0.5 }, { type: "uniform" }] },
				}),
				layer("Eltwise", "e", ["x", "a", "b"], ["y"], { settings: { operation: "PROD" } }),
			],
		}),
	),
	Accuracy: fc.tuple(dim, fc.integer({ min: 2, max: 4 }), fc.constantFrom({}, { ignore_label: 1 }), fc.boolean()).map(
		([samples, classes, ignore, perClass]): LayerCase => ({
			inputs: { x: { shape: [samples, classes] }, label: { shape: [samples], draw: whole(classes) } },
			layers: [
				layer("Accuracy", "it", ["x", "label"], perClass ? ["acc", "each"] : ["acc"], {
					settings: { top_k: 1, ...ignore },
				}),
				layer("TanH", "t", ["x"], ["y"]),
			],
		}),
	),
	Bias: coefficientCases("Bias", fc.constant({ filler: gaussian })),
	Scale: coefficientCases(
		"Scale",
		fc.record({ bias_term: fc.boolean(), filler: fc.constant(gaussian), bias_filler: fc.constant(gaussian) }),
	),
	Softmax: image.chain((shape) =>
		axisOf(4).map(
			(axis): LayerCase => ({
				inputs: { x: { shape } },
				layers: [layer("Softmax", "it", ["x"], ["y"], { settings: { axis } })],
			}),
		),
	),
	BatchNorm: fc
		.tuple(anyShape, fc.boolean(), fc.constantFrom(undefined, true, false), fc.constantFrom<Phase>("TRAIN", "TEST"))
		.map(
			([[samples, ...rest], place, stats, phase]): LayerCase => ({
				phase,
				inputs: { x: { shape: [samples + 1, ...rest] } },
				layers: [
					layer("Scale", "pre", ["x"], ["p"]),
					layer("BatchNorm", "it", ["p"], [place ? "p" : "y"], {
						settings: { eps: 0.1, ...(stats === undefined ? {} : { use_global_stats: stats }) },
					}),
					layer("TanH", "t", [place ? "p" : "y"], ["z"]),
				],
			}),
		),
	MVN: fc.tuple(image, fc.record({ normalize_variance: fc.boolean(), across_channels: fc.boolean() })).map(
		([shape, settings]): LayerCase => ({
			inputs: { x: { shape } },
			layers: [layer("MVN", "it", ["x"], ["y"], { settings }), layer("TanH", "t", ["y"], ["z"])],
		}),
	),
	LRN: fc
		.tuple(
			image,
			fc.record({
				local_size: fc.constantFrom(1, 3, 5),
				norm_region: fc.constantFrom("ACROSS_CHANNELS", "WITHIN_CHANNEL"),
				beta: fc.constantFrom(0.75, 0.5),
				k: fc.constantFrom(1, 2),
			}),
		)
		.map(
			([shape, settings]): LayerCase => ({
				inputs: { x: { shape } },
				layers: [layer("LRN", "it", ["x"], ["y"], { settings })],
			}),
		),
	HingeLoss: labelled(
		"HingeLoss",
		fc.record({ hinge_loss_param: fc.record({ norm: fc.constantFrom("L1", "L2") }) }),
		betweenTenths,
	),
	MultinomialLogisticLoss: labelled("MultinomialLogisticLoss", fc.constant({}), positive),
	InfogainLoss: labelled(
		"InfogainLoss",
		fc.record({
			loss_param: fc.constantFrom<PlainSettings>(
				{},
				{ ignore_label: 1 },
				{ normalization: "FULL" },
				{ normalization: "NONE" },
			),
		}),
		anything,
		["gain"],
	).filter(({ inputs }) => inputs.x.shape[0] === inputs.x.shape[1]),
	ContrastiveLoss: fc.tuple(dim, fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 3), fc.boolean()).map(
		([pairs, length, margin, legacy_version]): LayerCase => ({
			inputs: {
				a: { shape: [pairs, length] },
				b: { shape: [pairs, length] },
				// Caffe's 1e-4 in the divisor is no true gradient: unlike pairs only in the legacy form.
				similar: { shape: [pairs], draw: legacy_version ? whole(2) : () => 1 },
			},
			layers: [
				layer("ContrastiveLoss", "it", ["a", "b", "similar"], ["y"], {
					settings: { contrastive_loss_param: { margin, legacy_version } },
				}),
			],
		}),
	),
};

/** Held by suites of their own: random shapes of window and recurrent layers, random dense nets. */
export const LAYERS_TRIED_ELSEWHERE = [
	"Convolution",
	"Deconvolution",
	"Pooling",
	"LSTM",
	"RNN",
	"Input",
	"InnerProduct",
	"EuclideanLoss",
	"SoftmaxWithLoss",
	"SigmoidCrossEntropyLoss",
];

/** A run of a case with data from a seed: two passes an iteration, a step too small to move anything over a kink. */
export function caseOptions({ inputs, layers, phase }: LayerCase, seed: number): TrainingOptions {
	const random = createRandom(seed);
	const names = Object.keys(inputs);
	const given = layer("Input", "in", [], names, {
		settings: { shape: names.map((name): PlainSettings => ({ dim: [...inputs[name].shape] })) },
	});
	const last = layers[layers.length - 1];
	const end = layer("Reduction", "end", [last.tops[0]], ["end"], {
		settings: { operation: "SUMSQ" },
		lossWeights: [0.5],
	});
	const isLoss = last.type.endsWith("Loss");
	const passes = 2;
	const blobs = Object.fromEntries(
		names.map((name) => {
			const { shape, draw = anything } = inputs[name];
			const values = Float64Array.from({ length: 2 * passes * countOf(shape) }, () => draw(random));
			return [name, { sampleShape: shape.slice(1), values }];
		}),
	);
	return {
		net: { ...net([given, ...layers, ...(isLoss ? [] : [end])], true), phase: phase ?? "TRAIN" },
		solver: { ...plainSolver, baseLr: 1e-5, iterSize: passes },
		data: { blobs, samples: 2 * passes * inputs[names[0]].shape[0] },
		seed,
	};
}
