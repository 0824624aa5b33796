// @ts-check
// Single precision. The passes are written out with its matrix products: faster than its own differentiation.
import { lossOf } from "../workloads.mjs";
import { convolution } from "./tfjs-convolution.mjs";
import { lstm } from "./tfjs-lstm.mjs";

/** @typedef {import("../workloads.mjs").Contestant["create"]} Create */

/**
 * @param {string} backend
 * @param {() => Promise<unknown>} loadBackend
 * @returns {Promise<Create>}
 */
export async function contestant(backend, loadBackend) {
	const core = "@tensorflow/tfjs-core";
	const tf = await import(core);
	await loadBackend();
	if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
	await tf.ready();

	return (workload, material) => {
		if (workload.kind === "lstm") return lstm(tf, workload, material);
		if (workload.kind === "convolution") return convolution(tf, workload, material);
		return dense(tf, workload, material);
	};
}

/**
 * @param {any} tf
 * @param {import("../workloads.mjs").DenseWorkload} workload
 * @param {import("../workloads.mjs").Material} material
 */
function dense(tf, workload, material) {
	const { units, activation, loss, batch, rate } = workload;
	const classes = units.at(-1) ?? 1;
	const single = (/** @type {Float64Array} */ values) => Float32Array.from(values);
	const x = tf.tensor2d(single(material.inputs), [batch, units[0]]);
	const target =
		loss === "squared"
			? tf.tensor2d(single(material.targets), [batch, classes])
			: tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(material.targets), "int32"), classes), "float32");
	const weights = material.layers.map((layer, l) =>
		tf.variable(tf.transpose(tf.tensor2d(single(layer.weights), [units[l + 1], units[l]]))),
	);
	const biases = material.layers.map((layer) => tf.variable(tf.tensor1d(single(layer.biases))));
	const last = weights.length - 1;
	const step = tf.scalar(rate);
	const share = tf.scalar(1 / batch);

	const forward = () => {
		const layers = [x];
		weights.forEach((weight, l) => {
			const isScore = l === last && loss === "cross-entropy";
			const z = tf.fused.matMul({
				a: layers[l],
				b: weight,
				bias: biases[l],
				...(activation === "relu" && !isScore ? { activation } : {}),
			});
			if (isScore) layers.push(tf.softmax(z));
			else layers.push(activation === "relu" ? z : activation === "sigmoid" ? tf.sigmoid(z) : tf.tanh(z));
		});
		return layers;
	};
	/** @param {typeof x} delta @param {typeof x} a */
	const throughActivation = (delta, a) => {
		if (activation === "relu") return tf.mul(delta, tf.step(a));
		if (activation === "sigmoid") return tf.mul(delta, tf.mul(a, tf.sub(1, a)));
		return tf.mul(delta, tf.sub(1, tf.square(a)));
	};

	return {
		step() {
			tf.tidy(() => {
				const layers = forward();
				const output = layers[last + 1];
				const error = tf.sub(output, target);
				if (loss === "squared") tf.mul(tf.sum(tf.square(error)), 0.5 / batch);
				else tf.mul(tf.sum(tf.mul(target, tf.log(output))), -1 / batch);
				let delta = tf.mul(error, share);
				if (loss === "squared") delta = throughActivation(delta, output);
				for (let l = last; l >= 0; l--) {
					const gradient = tf.matMul(layers[l], delta, true, false);
					const biasGradient = tf.sum(delta, 0);
					if (l > 0) delta = throughActivation(tf.matMul(delta, weights[l], false, true), layers[l]);
					weights[l].assign(tf.sub(weights[l], tf.mul(gradient, step)));
					biases[l].assign(tf.sub(biases[l], tf.mul(biasGradient, step)));
				}
			});
		},
		loss: () =>
			lossOf(
				workload,
				material,
				tf.tidy(() => forward()[last + 1].dataSync()),
			),
	};
}
