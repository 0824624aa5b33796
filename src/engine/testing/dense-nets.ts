import fc from "fast-check";
import { createRandom } from "../random.ts";
import type { PlainSettings } from "../settings.ts";
import type {
	DataSource,
	LayerSpecification,
	LearningRatePolicy,
	NetSpecification,
	ParameterSpecification,
	SolverSettings,
	SolverType,
} from "../specification.ts";
import type { TrainingOptions } from "../training.ts";

/** Random dense nets with all that decides their numbers, for properties that must hold for every one of them. */

export function layer(
	type: string,
	name: string,
	bottoms: readonly string[],
	tops: readonly string[],
	rest: Partial<LayerSpecification> = {},
): LayerSpecification {
	return { name, type, bottoms, tops, settings: {}, ...rest };
}

export function net(layers: readonly LayerSpecification[], forceBackward = false): NetSpecification {
	return { name: "test", layers, forceBackward, precision: "double", phase: "TRAIN", level: 0, stages: [] };
}

export const plainSolver: SolverSettings = {
	type: "SGD",
	precision: "double",
	baseLr: 0.1,
	lrPolicy: "fixed",
	gamma: 0.5,
	power: 0.75,
	stepSize: 2,
	stepValues: [1, 3],
	maxIter: 100,
	iterSize: 1,
	momentum: 0,
	momentum2: 0.999,
	delta: 1e-8,
	rmsDecay: 0.99,
	weightDecay: 0,
	regularization: "L2",
	clipGradients: -1,
};

const POLICIES: readonly LearningRatePolicy[] = ["fixed", "step", "exp", "inv", "multistep", "poly", "sigmoid"];

const TYPES: readonly SolverType[] = ["SGD", "Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam"];

/** Any settings of Caffe's pipeline: rules, rates, momentum, both decays, clipping, several passes. */
export const anySolver: fc.Arbitrary<SolverSettings> = fc
	.record({
		type: fc.constantFrom(...TYPES),
		baseLr: fc.double({ min: 0.01, max: 0.8, noNaN: true }),
		lrPolicy: fc.constantFrom(...POLICIES),
		iterSize: fc.integer({ min: 1, max: 3 }),
		momentum: fc.constantFrom(0, 0.9),
		weightDecay: fc.constantFrom(0, 0.03),
		regularization: fc.constantFrom("L1" as const, "L2" as const),
		clipGradients: fc.constantFrom(-1, 0.05, 100),
	})
	.map((changes) => {
		const momentum = changes.type === "AdaGrad" || changes.type === "RMSProp" ? 0 : changes.momentum;
		return { ...plainSolver, ...changes, momentum };
	});

const LOSSES = ["EuclideanLoss", "SoftmaxWithLoss", "SigmoidCrossEntropyLoss"] as const;
export type DenseLoss = (typeof LOSSES)[number];

const anyParameter: fc.Arbitrary<ParameterSpecification> = fc.record(
	{ lrMult: fc.constantFrom(0, 0.5, 1, 2), decayMult: fc.constantFrom(0, 1, 3) },
	{ requiredKeys: [] },
);

const anyDense = fc.record({
	units: fc.integer({ min: 1, max: 4 }),
	activation: fc.constantFrom(null, "Sigmoid", "TanH", "ReLU", "Softmax"),
	negativeSlope: fc.constantFrom(0, 0.2),
	inPlace: fc.boolean(),
	biasTerm: fc.boolean(),
	transpose: fc.boolean(),
	parameters: fc.tuple(anyParameter, anyParameter),
});
type Dense = typeof anyDense extends fc.Arbitrary<infer T> ? T : never;

function denseLayers(dense: Dense, number: number, bottom: string): readonly LayerSpecification[] {
	const name = `ip${number}`;
	const gaussian: PlainSettings = { type: "gaussian", std: 0.8 };
	const settings = {
		num_output: dense.units,
		bias_term: dense.biasTerm,
		transpose: dense.transpose,
		weight_filler: gaussian,
		bias_filler: gaussian,
	};
	const made = layer("InnerProduct", name, [bottom], [name], {
		settings,
		parameters: dense.biasTerm ? dense.parameters : dense.parameters.slice(0, 1),
	});
	if (dense.activation === null) return [made];
	const top = dense.inPlace ? name : `${name}_a`;
	const own = dense.activation === "ReLU" ? { negative_slope: dense.negativeSlope } : {};
	return [made, layer(dense.activation, `${name}_f`, [name], [top], { settings: own })];
}

/** Inputs in −2 … 2, targets as the loss wants them, from one seed. */
export function denseData(seed: number, samples: number, inputs: number, outputs: number, loss: DenseLoss): DataSource {
	const random = createRandom(seed);
	const columns = loss === "SoftmaxWithLoss" ? 1 : outputs;
	const target = () => (loss === "SoftmaxWithLoss" ? Math.floor(random.uniform() * outputs) : random.uniform());
	return {
		samples,
		blobs: {
			data: {
				sampleShape: [inputs],
				values: Float64Array.from({ length: samples * inputs }, () => 4 * random.uniform() - 2),
			},
			label: { sampleShape: [columns], values: Float64Array.from({ length: samples * columns }, target) },
		},
	};
}

/** What else reads the first layer's output: nothing, a layer that leads nowhere, or one with a loss and weights of its own. */
function branchLayers(branch: "none" | "unused" | "second loss", first: string): readonly LayerSpecification[] {
	const settings = { num_output: 2, weight_filler: { type: "gaussian" } };
	const read = layer("InnerProduct", "aux", [first], ["aux"], { settings });
	if (branch === "none") return [];
	if (branch === "unused") return [read];
	return [
		read,
		layer("InnerProduct", "aux2", ["data"], ["aux2"], { settings, parameters: [{}, { name: "shared" }] }),
		layer("InnerProduct", "aux3", ["data"], ["aux3"], { settings, parameters: [{}, { name: "shared" }] }),
		layer("EuclideanLoss", "loss2", ["aux", "aux2"], ["loss2"], { lossWeights: [0.3] }),
		layer("EuclideanLoss", "loss3", ["aux3", "aux2"], ["loss3"]),
	];
}

/**
 * One to four dense layers with any activations and loss, branches and shared parameters, on any data, under any
 * solver.
 */
export const anyDenseRun: fc.Arbitrary<TrainingOptions> = fc
	.record({
		seed: fc.integer(),
		batch: fc.integer({ min: 1, max: 3 }),
		samples: fc.integer({ min: 1, max: 5 }),
		inputs: fc.integer({ min: 1, max: 3 }),
		dense: fc.array(anyDense, { minLength: 1, maxLength: 4 }),
		loss: fc.constantFrom(...LOSSES),
		lossWeight: fc.constantFrom(undefined, 0.5, -2),
		forceBackward: fc.boolean(),
		branch: fc.constantFrom("none", "none", "unused", "second loss"),
		solver: anySolver,
	})
	.map(({ seed, batch, samples, inputs, dense, loss, lossWeight, forceBackward, branch, solver }) => {
		const outputs = dense[dense.length - 1].units;
		const columns = loss === "SoftmaxWithLoss" ? 1 : outputs;
		const layers: LayerSpecification[] = [
			layer("Input", "data", [], ["data", "label"], {
				settings: { shape: [{ dim: [batch, inputs] }, { dim: [batch, columns] }] },
			}),
		];
		dense.forEach((one, index) => {
			layers.push(...denseLayers(one, index + 1, layers.at(-1)?.tops[0] ?? "data"));
		});
		const scores = layers.at(-1)?.tops[0] ?? "data";
		// An in-place layer may not work on a blob that others read too, so a branch begins behind it.
		const [, , second] = layers;
		const first = second !== undefined && second.bottoms[0] === second.tops[0] ? second : layers[1];
		layers.push(...branchLayers(branch, first.tops[0]));
		const weights = lossWeight === undefined ? {} : { lossWeights: [lossWeight] };
		layers.push(layer(loss, "loss", [scores, "label"], ["loss"], weights));
		return { net: net(layers, forceBackward), solver, seed, data: denseData(seed, samples, inputs, outputs, loss) };
	});
