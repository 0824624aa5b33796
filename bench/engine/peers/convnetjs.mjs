// @ts-check
import { lossOf } from "../workloads.mjs";
import { load } from "./load.mjs";

const convnet = await load("convnetjs");

/** @type {Readonly<Record<string, string>>} */
const activations = { sigmoid: "SigmoidLayer", tanh: "TanhLayer", relu: "ReluLayer" };

/** @type {import("../workloads.mjs").Contestant["create"]} */
export function create(workload, material) {
	const { units, activation, loss, batch, rate } = workload;
	const net = new convnet.Net();
	net.layers = [new convnet.InputLayer({ out_sx: 1, out_sy: 1, out_depth: units[0] })];
	const size = (/** @type {number | undefined} */ depth) => ({ in_sx: 1, in_sy: 1, in_depth: depth });
	material.layers.forEach(({ weights, biases }, layer) => {
		const inputs = units[layer] ?? 1;
		const outputs = units[layer + 1];
		const dense = new convnet.FullyConnLayer({ num_neurons: outputs, ...size(inputs) });
		biases.forEach((bias, unit) => {
			dense.biases.w[unit] = bias;
			for (let k = 0; k < inputs; k++) dense.filters[unit].w[k] = weights[unit * inputs + k];
		});
		net.layers.push(dense);
		const isLast = layer === material.layers.length - 1;
		if (!isLast || loss === "squared") net.layers.push(new convnet[activations[activation] ?? ""](size(outputs)));
		if (isLast) net.layers.push(new convnet[loss === "squared" ? "RegressionLayer" : "SoftmaxLayer"](size(outputs)));
	});
	const trainer = new convnet.Trainer(net, { method: "sgd", learning_rate: rate, momentum: 0, batch_size: batch });
	const width = units.at(-1) ?? 1;
	const samples = Array.from({ length: batch }, (_, row) => {
		const vol = new convnet.Vol(1, 1, units[0], 0);
		vol.w.set(material.inputs.subarray(row * (units[0] ?? 1), (row + 1) * (units[0] ?? 1)));
		return vol;
	});
	const targets = Array.from({ length: batch }, (_, row) =>
		loss === "squared" ? Array.from(material.targets.subarray(row * width, (row + 1) * width)) : material.targets[row],
	);
	return {
		step() {
			for (let row = 0; row < batch; row++) trainer.train(samples[row], targets[row]);
		},
		loss: () =>
			lossOf(
				workload,
				material,
				samples.flatMap((sample) => Array.from(net.forward(sample, false).w)),
			),
	};
}
