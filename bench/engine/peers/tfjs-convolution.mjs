// @ts-check
// Convolution and pooling, channels last. Their gradients are its own kernels; where a backend has none, it cannot train.
import { lossOf, sizedStages } from "../workloads.mjs";

/**
 * @param {any} tf
 * @param {import("../workloads.mjs").ConvolutionWorkload} workload
 * @param {import("../workloads.mjs").Material} material
 * @returns {import("../workloads.mjs").Runner}
 */
export function convolution(tf, workload, material) {
	const { side, units, batch, rate } = workload;
	const stages = sizedStages(workload);
	const tensor = (/** @type {Float64Array} */ values, /** @type {readonly number[]} */ shape) =>
		tf.tensor(Float32Array.from(values), shape);
	const x = tensor(material.inputs, [batch, side, side, 1]);
	const target = tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(material.targets), "int32"), units.at(-1)), "float32");
	const filters = stages.map(({ outputs, channels, kernel }, stage) =>
		tf.variable(
			tf.transpose(
				tensor(material.layers[stage]?.weights ?? new Float64Array(), [outputs, channels, kernel, kernel]),
				[2, 3, 1, 0],
			),
		),
	);
	const dense = material.layers.slice(stages.length);
	const weights = dense.map((layer, l) => {
		const [outputs, inputs] = [units[l + 1] ?? 1, units[l] ?? 1];
		const last = stages.at(-1);
		if (l > 0 || last === undefined) return tf.variable(tf.transpose(tensor(layer.weights, [outputs, inputs])));
		const weight = tensor(layer.weights, [outputs, last.outputs, last.after, last.after]);
		return tf.variable(tf.reshape(tf.transpose(weight, [2, 3, 1, 0]), [inputs, outputs]));
	});
	const biases = material.layers.map((layer) => tf.variable(tensor(layer.biases, [layer.biases.length])));
	const parameters = [...filters, ...weights];
	const step = tf.scalar(rate);
	const share = tf.scalar(1 / batch);
	const kernel = (/** @type {string} */ name, /** @type {object} */ inputs, /** @type {object} */ attributes) =>
		tf.engine().runKernel(name, inputs, attributes);
	const window = { strides: 1, pad: "valid", dataFormat: "NHWC" };

	const forward = () => {
		let seen = x;
		const windows = stages.map(({ pool }, stage) => {
			const convolved = tf.add(tf.conv2d(seen, filters[stage], 1, "valid"), biases[stage]);
			const pooled = tf.maxPool(convolved, pool, pool, "valid");
			const made = { seen, convolved, pooled };
			seen = pooled;
			return made;
		});
		const layers = [tf.reshape(seen, [batch, -1])];
		weights.forEach((b, l) => {
			const isScore = l === weights.length - 1;
			const bias = biases[stages.length + l];
			layers.push(tf.fused.matMul({ a: layers[l], b, bias, ...(isScore ? {} : { activation: "relu" }) }));
		});
		return { windows, layers, output: tf.softmax(layers.at(-1)) };
	};
	const update = (/** @type {number} */ layer, /** @type {any} */ gradient, /** @type {any} */ biasGradient) => {
		parameters[layer].assign(tf.sub(parameters[layer], tf.mul(gradient, step)));
		biases[layer].assign(tf.sub(biases[layer], tf.mul(biasGradient, step)));
	};

	return {
		step() {
			tf.tidy(() => {
				const { windows, layers, output } = forward();
				tf.mul(tf.sum(tf.mul(target, tf.log(output))), -1 / batch);
				let delta = tf.mul(tf.sub(output, target), share);
				for (let l = weights.length - 1; l >= 0; l--) {
					const gradient = tf.matMul(layers[l], delta, true, false);
					const biasGradient = tf.sum(delta, 0);
					delta = tf.matMul(delta, weights[l], false, true);
					if (l > 0) delta = tf.mul(delta, tf.step(layers[l]));
					update(stages.length + l, gradient, biasGradient);
				}
				for (let stage = stages.length - 1; stage >= 0; stage--) {
					const { seen, convolved, pooled } = windows[stage];
					const { pool } = stages[stage];
					const fromPool = { dy: tf.reshape(delta, pooled.shape), input: convolved, output: pooled };
					const dy = kernel("MaxPoolGrad", fromPool, { filterSize: pool, strides: pool, pad: "valid" });
					const filterShape = filters[stage].shape;
					const gradient = kernel("Conv2DBackpropFilter", { x: seen, dy }, { ...window, filterShape });
					const biasGradient = tf.sum(dy, [0, 1, 2]);
					if (stage > 0) {
						const inputShape = seen.shape;
						delta = kernel("Conv2DBackpropInput", { dy, filter: filters[stage] }, { ...window, inputShape });
					}
					update(stage, gradient, biasGradient);
				}
			});
		},
		loss: () =>
			lossOf(
				workload,
				material,
				tf.tidy(() => forward().output.dataSync()),
			),
	};
}
