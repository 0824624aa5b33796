import "../../src/engine/layers/index.ts";
import type { LayerSpecification, NetSpecification, SolverSettings } from "../../src/engine/specification.ts";
import { createTraining, type Training } from "../../src/engine/training.ts";
import {
	type ConvolutionWorkload,
	type DenseWorkload,
	type LstmWorkload,
	lossOf,
	type Material,
	type Runner,
	type Workload,
} from "./workloads.mjs";

const ACTIVATIONS = { sigmoid: "Sigmoid", tanh: "TanH", relu: "ReLU" } as const;

/** A workload's net: the shapes of what it is fed with, axis 0 first, then layer after layer. */
interface Description {
	readonly inputs: Readonly<Record<string, readonly number[]>>;
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

function describeDense({ units, activation, loss, batch }: DenseWorkload): Description {
	const { layers, last } = denseLayers(units, activation, "x");
	const x = [batch, units[0]];
	if (loss === "cross-entropy")
		return { inputs: { x, target: [batch] }, layers: [...layers, lossLayer("SoftmaxWithLoss", last)] };
	const output: LayerSpecification = {
		name: "a",
		type: ACTIVATIONS[activation],
		bottoms: [last],
		tops: ["a"],
		settings: {},
	};
	return {
		inputs: { x, target: [batch, units[units.length - 1]] },
		layers: [...layers, output, lossLayer("EuclideanLoss", "a")],
	};
}

function describeConvolution({ side, stages, units, batch }: ConvolutionWorkload): Description {
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
		inputs: { x: [batch, 1, side, side], target: [batch] },
		layers: [...windows, ...layers, lossLayer("SoftmaxWithLoss", last)],
	};
}

function describeLstm({ inputs, hidden, times, batch }: LstmWorkload): Description {
	const lstm: LayerSpecification = {
		name: "lstm",
		type: "LSTM",
		bottoms: ["x", "cont"],
		tops: ["h"],
		settings: { num_output: hidden },
	};
	return {
		inputs: { x: [times, batch, inputs], cont: [times, batch], target: [times, batch, hidden] },
		layers: [lstm, lossLayer("EuclideanLoss", "h")],
	};
}

function describe(workload: Workload): Description {
	if (workload.kind === "lstm") return describeLstm(workload);
	return workload.kind === "convolution" ? describeConvolution(workload) : describeDense(workload);
}

/** What the net's inputs hold, by name; `cont` says that each sequence begins at the first time step. */
function valuesOf({ batch }: Workload, { inputs, targets }: Material, { inputs: shapes }: Description) {
	const { cont } = shapes;
	return {
		x: inputs,
		target: targets,
		...(cont === undefined
			? {}
			: { cont: Float64Array.from({ length: cont[0] * cont[1] }, (_, at) => (at < batch ? 0 : 1)) }),
	};
}

function netOf({ inputs, layers }: Description): NetSpecification {
	const data: LayerSpecification = {
		name: "data",
		type: "Input",
		bottoms: [],
		tops: Object.keys(inputs),
		settings: { shape: Object.values(inputs).map((dim) => ({ dim: [...dim] })) },
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
export function trainingOf(workload: Workload, material: Material): Training {
	const description = describe(workload);
	const values = valuesOf(workload, material, description);
	const training = createTraining({
		net: netOf(description),
		solver: solverOf(workload),
		seed: 1,
		data: {
			samples: description.inputs.x[0],
			blobs: Object.fromEntries(
				Object.entries(values).map(([name, values]) => [
					name,
					{ sampleShape: description.inputs[name].slice(1), values },
				]),
			),
		},
	});
	material.layers
		.flatMap(({ weights, biases, recurrent }) => [weights, biases, ...(recurrent === undefined ? [] : [recurrent])])
		.forEach((values, index) => {
			training.net.learnable[index].blob.data.set(values);
		});
	return training;
}

/** The loss of the batch as an own forward pass gives it, through the plain formula. */
export function currentLoss(training: Training, workload: Workload, material: Material): number {
	const values = new Map(Object.entries(valuesOf(workload, material, describe(workload))));
	for (const { name, blob } of training.net.inputs) blob.data.set(values.get(name) ?? []);
	training.net.forward();
	const last = training.net.layers[training.net.layers.length - 1].run;
	const outputs = last.internals.probability ?? last.bottoms[0];
	return lossOf(workload, material, outputs.data);
}

export function create(workload: Workload, material: Material): Runner {
	const training = trainingOf(workload, material);
	return { step: () => training.step(), loss: () => currentLoss(training, workload, material) };
}
