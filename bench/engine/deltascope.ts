import type { LayerSpecification, NetSpecification, SolverSettings } from "../../src/engine/specification.ts";
import { createTraining, type Training } from "../../src/engine/training.ts";
import { lossOf, type Material, type Runner, type Workload } from "./workloads.mjs";

const ACTIVATIONS = { sigmoid: "Sigmoid", tanh: "TanH", relu: "ReLU" } as const;

function netOf({ units, activation, loss, batch }: Workload): NetSpecification {
	const isSquared = loss === "squared";
	const outputs = units[units.length - 1];
	const layers: LayerSpecification[] = [
		{
			name: "data",
			type: "Input",
			bottoms: [],
			tops: ["x", "target"],
			settings: { shape: [{ dim: [batch, units[0]] }, { dim: isSquared ? [batch, outputs] : [batch] }] },
		},
	];
	let bottom = "x";
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
		if (layer === units.length - 2 && !isSquared) return;
		layers.push({ name: `a${layer}`, type: ACTIVATIONS[activation], bottoms: [z], tops: [`a${layer}`], settings: {} });
		bottom = `a${layer}`;
	});
	layers.push({
		name: "loss",
		type: isSquared ? "EuclideanLoss" : "SoftmaxWithLoss",
		bottoms: [bottom, "target"],
		tops: ["loss"],
		settings: {},
	});
	return { name: "bench", layers, forceBackward: false, precision: "double", phase: "TRAIN", level: 0, stages: [] };
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
	const { units, loss, batch } = workload;
	const training = createTraining({
		net: netOf(workload),
		solver: solverOf(workload),
		seed: 1,
		data: {
			samples: batch,
			blobs: {
				x: { sampleShape: [units[0]], values: inputs },
				target: { sampleShape: loss === "squared" ? [units[units.length - 1]] : [], values: targets },
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
	return lossOf(workload, material, (workload.loss === "squared" ? last.bottoms[0] : last.internals.probability).data);
}

export function create(workload: Workload, material: Material): Runner {
	const training = trainingOf(workload, material);
	return { step: () => training.step(), loss: () => currentLoss(training, workload, material) };
}
