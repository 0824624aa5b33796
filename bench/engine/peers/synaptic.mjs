// @ts-check
// Synaptic trains sample by sample and knows no batch.
import { lossOf } from "../workloads.mjs";
import { load } from "./load.mjs";

const { Architect } = await load("synaptic");

/** @type {import("../workloads.mjs").Contestant["create"]} */
export function create(workload, material) {
	if (workload.kind !== "dense") return "has no such layers, or with peepholes";
	const { units, activation, loss, batch, rate } = workload;
	if (batch !== 1 || loss !== "squared" || activation !== "sigmoid")
		return "trains sample by sample, with sigmoid units";
	const net = new Architect.Perceptron(...units);
	const { input, hidden, output } = net.layers;
	const layers = [input, ...hidden, output];
	material.layers.forEach(({ weights, biases }, layer) => {
		const inputs = units[layer] ?? 1;
		layers[layer + 1].list.forEach((/** @type {{ bias: number | undefined }} */ neuron, /** @type {number} */ unit) => {
			neuron.bias = biases[unit];
			for (let k = 0; k < inputs; k++) {
				const source = layers[layer].list[k];
				for (const connection of Object.values(source.connections.projected)) {
					if (connection.to === neuron) connection.weight = weights[unit * inputs + k];
				}
			}
		});
	});
	const sample = Array.from(material.inputs);
	const target = Array.from(material.targets);
	return {
		step() {
			net.activate(sample);
			net.propagate(rate, target);
		},
		loss: () => lossOf(workload, material, net.activate(sample)),
	};
}
