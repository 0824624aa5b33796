// @ts-check
// An LSTM through time: the inputs' products of all time steps at once, as well as the slopes that depend on forward
// alone and the gradients of the weights; one product a time step is left each way.
import { lossOf } from "../workloads.mjs";

/**
 * @param {any} tf
 * @param {import("../workloads.mjs").LstmWorkload} workload
 * @param {import("../workloads.mjs").Material} material
 * @returns {import("../workloads.mjs").Runner}
 */
export function lstm(tf, workload, material) {
	const { inputs, hidden, times, batch, rate } = workload;
	const rows = times * batch;
	const gates = 4 * hidden;
	const tensor = (/** @type {Float64Array} */ values, /** @type {number[]} */ shape) =>
		tf.tensor(Float32Array.from(values), shape);
	const [layer] = material.layers;
	const x = tensor(material.inputs, [rows, inputs]);
	const target = tensor(material.targets, [rows, hidden]);
	const weight = tf.variable(tf.transpose(tensor(layer.weights, [gates, inputs])));
	const bias = tf.variable(tensor(layer.biases, [gates]));
	const recurrent = tf.variable(tf.transpose(tensor(layer.recurrent ?? new Float64Array(), [gates, hidden])));
	const zeros = tf.zeros([batch, hidden]);
	const step = tf.scalar(rate);
	const share = tf.scalar(1 / times);

	const forward = () => {
		const fromInputs = tf.split(tf.fused.matMul({ a: x, b: weight, bias }), times);
		let h = zeros;
		let c = zeros;
		const steps = fromInputs.map((/** @type {any} */ fromInput) => {
			const a = tf.add(tf.matMul(h, recurrent), fromInput);
			const valves = tf.sigmoid(tf.slice(a, [0, 0], [batch, 3 * hidden]));
			const [i, f, o] = tf.split(valves, 3, 1);
			const g = tf.tanh(tf.slice(a, [0, 3 * hidden], [batch, hidden]));
			const before = { h, c };
			c = tf.add(tf.mul(f, c), tf.mul(i, g));
			const bent = tf.tanh(c);
			h = tf.mul(o, bent);
			return { valves, i, f, o, g, bent, h, before };
		});
		const all = (/** @type {(step: any) => unknown} */ part) => tf.concat(steps.map(part), 0);
		return { steps, all, h: all(({ h }) => h) };
	};

	return {
		step() {
			tf.tidy(() => {
				const { steps, all, h } = forward();
				const error = tf.sub(h, target);
				tf.mul(tf.sum(tf.square(error)), 0.5 / times);
				const fromLoss = tf.split(tf.mul(error, share), times);
				const valves = all((step) => step.valves);
				const g = all((step) => step.g);
				const bent = all((step) => step.bent);
				const [i, , o] = tf.split(valves, 3, 1);
				const [iSlope, fSlope, oSlope] = tf.split(tf.mul(valves, tf.sub(1, valves)), 3, 1);
				const factors = tf.concat(
					[
						tf.mul(g, iSlope),
						tf.mul(
							all(({ before }) => before.c),
							fSlope,
						),
						tf.mul(bent, oSlope),
						tf.mul(i, tf.sub(1, tf.square(g))),
					],
					1,
				);
				const gateFactors = tf.split(factors, times);
				const cellFactors = tf.split(tf.mul(o, tf.sub(1, tf.square(bent))), times);
				const deltas = [];
				let dh = fromLoss[times - 1];
				let dc = zeros;
				for (let t = times - 1; t >= 0; t--) {
					const cell = tf.add(dc, tf.mul(dh, cellFactors[t]));
					const delta = tf.mul(tf.concat([cell, cell, dh, cell], 1), gateFactors[t]);
					deltas.unshift(delta);
					if (t === 0) break;
					dc = tf.mul(cell, steps[t].f);
					dh = tf.add(fromLoss[t - 1], tf.matMul(delta, recurrent, false, true));
				}
				const delta = tf.concat(deltas, 0);
				const before = all(({ before }) => before.h);
				const gradient = tf.matMul(x, delta, true, false);
				const recurrentGradient = tf.matMul(before, delta, true, false);
				const biasGradient = tf.sum(delta, 0);
				weight.assign(tf.sub(weight, tf.mul(gradient, step)));
				bias.assign(tf.sub(bias, tf.mul(biasGradient, step)));
				recurrent.assign(tf.sub(recurrent, tf.mul(recurrentGradient, step)));
			});
		},
		loss: () =>
			lossOf(
				workload,
				material,
				tf.tidy(() => forward().h.dataSync()),
			),
	};
}
