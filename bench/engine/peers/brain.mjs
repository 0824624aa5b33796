// @ts-check
// brain.js trains sample by sample and has one activation for all layers: batch 1, squared error.
import { lossOf } from "../workloads.mjs";
import { load } from "./load.mjs";

const { NeuralNetwork } = await load("brain.js");

/** @type {import("../workloads.mjs").Contestant["create"]} */
export function create(workload, material) {
	if (workload.kind !== "dense") return "has no such layers, or trains them by a rule of its own";
	const { units, activation, loss, batch, rate } = workload;
	if (batch !== 1 || loss !== "squared") return "trains sample by sample on squared error";
	const net = new NeuralNetwork({ hiddenLayers: units.slice(1, -1), activation });
	// Set past its checks: they refuse a momentum of 0.
	Object.assign(net.trainOpts, { learningRate: rate, momentum: 0 });
	net.sizes = units;
	net.initialize();
	net.setActivation(activation);
	material.layers.forEach(({ weights, biases }, layer) => {
		const inputs = units[layer] ?? 1;
		biases.forEach((bias, unit) => {
			net.biases[layer + 1][unit] = bias;
			for (let k = 0; k < inputs; k++) net.weights[layer + 1][unit][k] = weights[unit * inputs + k];
		});
	});
	const sample = { input: Array.from(material.inputs), output: Array.from(material.targets) };
	return {
		step: () => net.trainPattern(sample),
		loss: () => lossOf(workload, material, net.runInput(sample.input)),
	};
}
