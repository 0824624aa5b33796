import { tanh } from "../numerics/tanh.ts";

/**
 * One whole training step on a single sample through a chain of small dense layers with their activations, squared
 * error and SGD: for nets so small that calling their layers one by one costs more than what these compute. All data
 * stand in one buffer, all diffs and all histories at the same places in two others; a list of integers says where.
 *
 * Every formula and the order of every sum are those of the layers' own passes and of the update; gradients are used
 * where they arise and not kept.
 */
export interface OnlinePlan {
	/** LAYER_SIZE integers a dense layer, in their order. */
	readonly layers: Int32Array;
	/** FACTORS numbers a dense layer: rate and decay of its weight, rate and decay of its bias, slope of a ReLU. */
	readonly factors: Float64Array;
	readonly data: Float64Array;
	readonly diff: Float64Array;
	readonly history: Float64Array;
	readonly loss: number;
	readonly prediction: number;
	readonly target: number;
	readonly outputs: number;
}

/** z, bottom, weight, bias, inputs, outputs, top, activation, whether the bottom needs its diff. */
export const LAYER_SIZE = 9;
export const FACTORS = 5;

export const Activation = { none: 0, sigmoid: 1, tanh: 2, relu: 3 } as const;

/** Runs one step. Returns the weighted loss. */
export function onlineStep(plan: OnlinePlan, momentum: number): number {
	const { layers, factors, data, diff, history } = plan;
	for (let at = 0, factor = 0; at < layers.length; at = (at + LAYER_SIZE) | 0) {
		forward(layers, at, data, factors[(factor + 4) | 0]);
		factor = (factor + FACTORS) | 0;
	}
	const { loss, prediction, target, outputs } = plan;
	const weight = diff[loss];
	let total = 0;
	for (let n = 0; n < outputs; n++) {
		const error = data[(prediction + n) | 0] - data[(target + n) | 0];
		total += error * error;
		diff[(prediction + n) | 0] = error * weight;
	}
	data[loss] = total / 2;
	let factor = factors.length | 0;
	for (let at = (layers.length - LAYER_SIZE) | 0; at >= 0; at = (at - LAYER_SIZE) | 0) {
		factor = (factor - FACTORS) | 0;
		backward(layers, at, data, diff, history, factors, factor, momentum);
	}
	return data[loss] * weight;
}

function forward(layers: Int32Array, at: number, data: Float64Array, slope: number): void {
	const z = layers[at];
	const x = layers[(at + 1) | 0];
	const end = (x + layers[(at + 4) | 0]) | 0;
	const inputs = layers[(at + 4) | 0];
	const outputs = layers[(at + 5) | 0];
	let w = layers[(at + 2) | 0];
	let b = layers[(at + 3) | 0];
	let to = z;
	const whole = (z + (outputs & ~3)) | 0;
	while (to < whole) {
		let w1 = (w + inputs) | 0;
		let w2 = (w1 + inputs) | 0;
		let w3 = (w2 + inputs) | 0;
		let t0 = 0;
		let t1 = 0;
		let t2 = 0;
		let t3 = 0;
		for (let k = x; k < end; k = (k + 1) | 0) {
			const value = data[k];
			t0 += value * data[w];
			t1 += value * data[w1];
			t2 += value * data[w2];
			t3 += value * data[w3];
			w = (w + 1) | 0;
			w1 = (w1 + 1) | 0;
			w2 = (w2 + 1) | 0;
			w3 = (w3 + 1) | 0;
		}
		w = w3;
		data[to] = t0 + data[b];
		data[(to + 1) | 0] = t1 + data[(b + 1) | 0];
		data[(to + 2) | 0] = t2 + data[(b + 2) | 0];
		data[(to + 3) | 0] = t3 + data[(b + 3) | 0];
		to = (to + 4) | 0;
		b = (b + 4) | 0;
	}
	const last = (z + outputs) | 0;
	while (to < last) {
		let total = 0;
		for (let k = x; k < end; k = (k + 1) | 0) {
			total += data[k] * data[w];
			w = (w + 1) | 0;
		}
		data[to] = total + data[b];
		to = (to + 1) | 0;
		b = (b + 1) | 0;
	}
	const distance = (layers[(at + 6) | 0] - z) | 0;
	const activation = layers[(at + 7) | 0];
	if (activation === Activation.sigmoid) {
		for (let i = z; i < last; i = (i + 1) | 0) data[(i + distance) | 0] = 0.5 * tanh(0.5 * data[i]) + 0.5;
	} else if (activation === Activation.tanh) {
		for (let i = z; i < last; i = (i + 1) | 0) data[(i + distance) | 0] = tanh(data[i]);
	} else if (activation === Activation.relu) {
		for (let i = z; i < last; i = (i + 1) | 0) {
			data[(i + distance) | 0] = Math.max(data[i], 0) + slope * Math.min(data[i], 0);
		}
	}
}

/** f′ at z with the value y there, as the elementwise kernels have it. */
function slopeAt(activation: number, z: number, y: number, slope: number): number {
	if (activation === Activation.sigmoid) return y * (1 - y);
	if (activation === Activation.tanh) return 1 - y * y;
	return z > 0 ? 1 : slope;
}

/** δ of the layer, the bottom's diff from the old weights, and the new weights. */
function backward(
	layers: Int32Array,
	at: number,
	data: Float64Array,
	diff: Float64Array,
	history: Float64Array,
	factors: Float64Array,
	factor: number,
	momentum: number,
): void {
	const z = layers[at];
	const x = layers[(at + 1) | 0];
	const end = (x + layers[(at + 4) | 0]) | 0;
	const bias = layers[(at + 3) | 0];
	const outputs = layers[(at + 5) | 0];
	const y = layers[(at + 6) | 0];
	const activation = layers[(at + 7) | 0];
	const isWanted = layers[(at + 8) | 0] !== 0;
	const rate = factors[factor];
	const decay = factors[(factor + 1) | 0];
	const biasRate = factors[(factor + 2) | 0];
	const biasDecay = factors[(factor + 3) | 0];
	const decays = decay !== 0;
	let w = layers[(at + 2) | 0];
	if (isWanted) for (let k = x; k < end; k = (k + 1) | 0) diff[k] = 0;
	for (let n = 0; n < outputs; n = (n + 1) | 0) {
		let delta = diff[(y + n) | 0];
		if (activation !== Activation.none) {
			delta *= slopeAt(activation, data[(z + n) | 0], data[(y + n) | 0], factors[(factor + 4) | 0]);
			diff[(z + n) | 0] = delta;
		}
		for (let k = x; k < end; k = (k + 1) | 0) {
			const value = data[w];
			// A sum begins at 0, and 0 + −0 is 0.
			let gradient = 0 + delta * data[k];
			if (decays) gradient += decay * value;
			const update = momentum * history[w] + rate * gradient;
			if (isWanted) diff[k] += delta * value;
			history[w] = update;
			data[w] = value - update;
			w = (w + 1) | 0;
		}
		const b = (bias + n) | 0;
		let gradient = 0 + delta;
		if (biasDecay !== 0) gradient += biasDecay * data[b];
		const update = momentum * history[b] + biasRate * gradient;
		history[b] = update;
		data[b] -= update;
	}
}
