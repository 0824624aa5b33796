// @ts-check
import { lossOf, sizedStages } from "../workloads.mjs";
import { load } from "./load.mjs";

const convnet = await load("convnetjs");

/** @type {Readonly<Record<string, string>>} */
const activations = { sigmoid: "SigmoidLayer", tanh: "TanhLayer", relu: "ReluLayer" };

/**
 * A volume of numbers, `[y, x, channels]`.
 * @typedef {object} Size
 * @property {number} side
 * @property {number} depth
 */

/** @param {Size} size */
const seen = ({ side, depth }) => ({ in_sx: side, in_sy: side, in_depth: depth });

/**
 * Where a number of `[channels, y, x]` lies in such a volume.
 * @param {Size} size
 */
const placeIn =
	({ side, depth }) =>
	(/** @type {number} */ index) =>
		(index % side ** 2) * depth + Math.floor(index / side ** 2);

/**
 * @param {any} layer
 * @param {import("../workloads.mjs").Material["layers"][number]} parameters
 * @param {(index: number) => number} place
 */
function fill(layer, { weights, biases }, place) {
	const inputs = weights.length / biases.length;
	biases.forEach((bias, unit) => {
		layer.biases.w[unit] = bias;
		for (let k = 0; k < inputs; k++) layer.filters[unit].w[place(k)] = weights[unit * inputs + k];
	});
	return layer;
}

/**
 * Layers of convolution, and the size of what the last one makes.
 * @param {import("../workloads.mjs").Workload} workload
 * @param {import("../workloads.mjs").Material} material
 */
function windows(workload, material) {
	if (workload.kind !== "convolution") return [];
	return sizedStages(workload).flatMap(({ outputs, kernel, pool, channels, before, convolved }, stage) => [
		fill(
			new convnet.ConvLayer({ sx: kernel, filters: outputs, ...seen({ side: before, depth: channels }) }),
			material.layers[stage],
			placeIn({ side: kernel, depth: channels }),
		),
		new convnet.PoolLayer({ sx: pool, stride: pool, ...seen({ side: convolved, depth: outputs }) }),
	]);
}

/** @type {import("../workloads.mjs").Contestant["create"]} */
export function create(workload, material) {
	if (workload.kind === "lstm") return "has no such layers";
	const { units, batch, rate } = workload;
	const { activation, loss } = workload.kind === "dense" ? workload : { activation: "relu", loss: "cross-entropy" };
	const net = new convnet.Net();
	const first = windows(workload, material);
	const last = first.at(-1);
	const input = workload.kind === "convolution" ? { side: workload.side, depth: 1 } : { side: 1, depth: units[0] ?? 1 };
	net.layers = [new convnet.InputLayer({ out_sx: input.side, out_sy: input.side, out_depth: input.depth }), ...first];
	const dense = material.layers.slice(-(units.length - 1));
	dense.forEach((parameters, layer) => {
		const outputs = units[layer + 1] ?? 1;
		const from =
			layer === 0 && last !== undefined
				? { side: last.out_sx, depth: last.out_depth }
				: { side: 1, depth: units[layer] ?? 1 };
		const made = seen({ side: 1, depth: outputs });
		net.layers.push(
			fill(new convnet.FullyConnLayer({ num_neurons: outputs, ...seen(from) }), parameters, placeIn(from)),
		);
		const isLast = layer === dense.length - 1;
		if (!isLast || loss === "squared") net.layers.push(new convnet[activations[activation] ?? ""](made));
		if (isLast) net.layers.push(new convnet[loss === "squared" ? "RegressionLayer" : "SoftmaxLayer"](made));
	});
	const trainer = new convnet.Trainer(net, { method: "sgd", learning_rate: rate, momentum: 0, batch_size: batch });
	const width = units.at(-1) ?? 1;
	const samples = Array.from({ length: batch }, (_, row) => {
		const vol = new convnet.Vol(input.side, input.side, input.depth, 0);
		vol.w.set(material.inputs.subarray(row * vol.w.length, (row + 1) * vol.w.length));
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
