import "../../src/engine/layers/index.ts";
import type { LayerSpecification, NetSpecification, SolverSettings } from "../../src/engine/specification.ts";
import { createTraining, type Training } from "../../src/engine/training.ts";
import {
	type ConvolutionWorkload,
	type DenseWorkload,
	lossOf,
	type Material,
	type Runner,
	type Workload,
} from "./workloads.mjs";

const ACTIVATIONS = { sigmoid: "Sigmoid", tanh: "TanH", relu: "ReLU" } as const;

/** A workload's net: what it is fed with, then layer after layer. */
interface Description {
	readonly sampleShape: readonly number[];
	readonly targetShape: readonly number[];
	readonly layers: readonly LayerSpecification[];
}

/** Layers between dense layers, the last without one. */
function denseLayers(units: readonly number[], activation: DenseWorkload["activation"], first: string) {
	const layers: LayerSpecification[] = [];
	let bottom = first;
	units.slice(1).forEach((count, layer) => {
		const z = `z${layer}`;
		layers.push({
			name: `dense${layer}`,
			type: "InnerProduct",
			bottoms: [bottom],
			tops: [z],
			settings: { num_output: count },
		});
		bottom = z;
		if (layer === units.length - 2) return;
		bottom = `a${layer}`;
		layers.push({ name: bottom, type: ACTIVATIONS[activation], bottoms: [z], tops: [bottom], settings: {} });
	});
	return { layers, last: bottom };
}

const lossLayer = (type: string, bottom: string): LayerSpecification => ({
	name: "loss",
	type,
	bottoms: [bottom, "target"],
	tops: ["loss"],
	settings: {},
});

function describeDense({ units, activation, loss }: DenseWorkload): Description {
	const { layers, last } = denseLayers(units, activation, "x");
	const sampleShape = [units[0]];
	if (loss === "cross-entropy")
		return { sampleShape, targetShape: [], layers: [...layers, lossLayer("SoftmaxWithLoss", last)] };
	const output: LayerSpecification = {
		name: "a",
		type: ACTIVATIONS[activation],
		bottoms: [last],
		tops: ["a"],
		settings: {},
	};
	return {
		sampleShape,
		targetShape: [units[units.length - 1]],
		layers: [...layers, output, lossLayer("EuclideanLoss", "a")],
	};
}

function describeConvolution({ side, stages, units }: ConvolutionWorkload): Description {
	const windows = stages.flatMap(({ outputs, kernel, pool }, stage): LayerSpecification[] => [
		{
			name: `conv${stage}`,
			type: "Convolution",
			bottoms: [stage === 0 ? "x" : `pool${stage - 1}`],
			tops: [`conv${stage}`],
			settings: { num_output: outputs, kernel_size: [kernel] },
		},
		{
			name: `pool${stage}`,
			type: "Pooling",
			bottoms: [`conv${stage}`],
			tops: [`pool${stage}`],
			settings: { pool: "MAX", kernel_size: pool, stride: pool },
		},
	]);
	const { layers, last } = denseLayers(units, "relu", `pool${stages.length - 1}`);
	return {
		sampleShape: [1, side, side],
		targetShape: [],
		layers: [...windows, ...layers, lossLayer("SoftmaxWithLoss", last)],
	};
}

function describe(workload: Workload): Description {
	if (workload.kind === "lstm") throw new Error("no LSTM yet");
	return workload.kind === "convolution" ? describeConvolution(workload) : describeDense(workload);
}

function netOf({ sampleShape, targetShape, layers }: Description, batch: number): NetSpecification {
	const data: LayerSpecification = {
		name: "data",
		type: "Input",
		bottoms: [],
		tops: ["x", "target"],
		settings: { shape: [{ dim: [batch, ...sampleShape] }, { dim: [batch, ...targetShape] }] },
	};
	return {
		name: "bench",
		layers: [data, ...layers],
		forceBackward: false,
		precision: "double",
		phase: "TRAIN",
		level: 0,
		stages: [],
	};
}

function solverOf({ rate }: Workload): SolverSettings {
	return {
		type: "SGD",
		precision: "double",
		baseLr: rate,
		lrPolicy: "fixed",
		gamma: 0,
		power: 0,
		stepSize: 1,
		stepValues: [],
		maxIter: 1,
		iterSize: 1,
		momentum: 0,
		momentum2: 0.999,
		delta: 1e-8,
		rmsDecay: 0.99,
		weightDecay: 0,
		regularization: "L2",
		clipGradients: -1,
	};
}

/** A training of a workload from its material. */
export function trainingOf(workload: Workload, { inputs, targets, layers }: Material): Training {
	const { batch } = workload;
	const description = describe(workload);
	const training = createTraining({
		net: netOf(description, batch),
		solver: solverOf(workload),
		seed: 1,
		data: {
			samples: batch,
			blobs: {
				x: { sampleShape: description.sampleShape, values: inputs },
				target: { sampleShape: description.targetShape, values: targets },
			},
		},
	});
	layers.forEach(({ weights, biases }, layer) => {
		training.net.learnable[2 * layer].blob.data.set(weights);
		training.net.learnable[2 * layer + 1].blob.data.set(biases);
	});
	return training;
}

/** The loss of the batch as an own forward pass gives it, through the plain formula. */
export function currentLoss(training: Training, workload: Workload, material: Material): number {
	training.net.inputs.forEach(({ name, blob }) => {
		blob.data.set(name === "x" ? material.inputs : material.targets);
	});
	training.net.forward();
	const last = training.net.layers[training.net.layers.length - 1].run;
	const outputs = last.internals.probability ?? last.bottoms[0];
	return lossOf(workload, material, outputs.data);
}

export function create(workload: Workload, material: Material): Runner {
	const training = trainingOf(workload, material);
	return { step: () => training.step(), loss: () => currentLoss(training, workload, material) };
}
