// @ts-check
// What is measured: a full training step (forward, loss, backward, update) of each net, on the same numbers for all.

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {readonly number[]} units inputs, hidden units…, outputs
 * @property {"sigmoid" | "tanh" | "relu"} activation of every hidden layer; with squared error of the outputs too
 * @property {"squared" | "cross-entropy"} loss ½ Σ (y − t)² ÷ batch, or softmax with cross-entropy, the mean over the batch
 * @property {number} batch
 * @property {number} rate
 * @property {number} must the ratio to the best peer
 * @property {number} aim
 */

/** @type {readonly Workload[]} */
export const workloads = [
	{ id: "W1", units: [2, 4, 1], activation: "sigmoid", loss: "squared", batch: 1, rate: 0.5, must: 1.5, aim: 5 },
	{ id: "W2", units: [2, 8, 8, 1], activation: "tanh", loss: "squared", batch: 10, rate: 0.1, must: 4, aim: 10 },
	{
		id: "W3",
		units: [64, 32, 10],
		activation: "sigmoid",
		loss: "cross-entropy",
		batch: 32,
		rate: 0.1,
		must: 3,
		aim: 4.5,
	},
	{
		id: "W4",
		units: [784, 128, 10],
		activation: "relu",
		loss: "cross-entropy",
		batch: 64,
		rate: 0.01,
		must: 0.9,
		aim: 1.2,
	},
	{
		id: "W5",
		units: [784, 300, 100, 10],
		activation: "relu",
		loss: "cross-entropy",
		batch: 64,
		rate: 0.01,
		must: 1,
		aim: 1.3,
	},
];

/**
 * The numbers of a workload: inputs and targets of one batch, row by row, and per layer its weights `[outputs, inputs]`
 * and biases.
 * @typedef {object} Material
 * @property {Float64Array} inputs
 * @property {Float64Array} targets values for squared error, class labels for cross-entropy
 * @property {readonly { readonly weights: Float64Array, readonly biases: Float64Array }[]} layers
 */

/** Numbers in 0 … 1 from a linear congruence: the same for every contestant. */
function uniform() {
	let state = 12345;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 4294967296;
	};
}

/**
 * @param {Workload} workload
 * @returns {Material}
 */
export function materialOf({ units, loss, batch }) {
	const next = uniform();
	const classes = units.at(-1) ?? 1;
	const drawn = (/** @type {number} */ count, /** @type {() => number} */ draw) =>
		Float64Array.from({ length: count }, draw);
	return {
		inputs: drawn(batch * (units[0] ?? 1), next),
		targets: loss === "squared" ? drawn(batch * classes, next) : drawn(batch, () => Math.floor(next() * classes)),
		layers: units.slice(1).map((outputs, layer) => {
			const inputs = units[layer] ?? 1;
			const bound = Math.sqrt(3 / inputs);
			return {
				weights: drawn(outputs * inputs, () => bound * (2 * next() - 1)),
				biases: drawn(outputs, () => 0.1 * next()),
			};
		}),
	};
}

/**
 * The loss of a batch's outputs (after the last activation, or the softmax), in plain code.
 * @param {Workload} workload
 * @param {Material} material
 * @param {ArrayLike<number>} outputs
 */
export function lossOf({ units, loss, batch }, { targets }, outputs) {
	const width = units.at(-1) ?? 1;
	let total = 0;
	if (loss === "squared")
		for (let i = 0; i < targets.length; i++) total += ((outputs[i] ?? 0) - (targets[i] ?? 0)) ** 2 / 2;
	else for (let i = 0; i < batch; i++) total -= Math.log(outputs[i * width + (targets[i] ?? 0)] ?? 0);
	return total / batch;
}

/**
 * Multiplications and additions of the dense products of one step: forward, gradient, and the pull-back of all layers
 * but the first.
 * @param {Workload} workload
 */
export function operationsOf({ units, batch }) {
	return units
		.slice(1)
		.reduce((sum, outputs, layer) => sum + 2 * batch * outputs * (units[layer] ?? 1) * (layer === 0 ? 2 : 3), 0);
}

/** @param {Workload} workload */
export function titleOf({ id, units, activation, loss, batch }) {
	return `${id}  ${units.join("-")}, ${activation}, ${loss === "squared" ? "squared error" : "softmax cross-entropy"}, batch ${batch}`;
}

/**
 * A contestant's net, ready to be trained on one batch again and again.
 * @typedef {object} Runner
 * @property {() => unknown} step
 * @property {() => number | Promise<number>} loss
 */

/**
 * @typedef {object} Contestant
 * @property {(workload: Workload, material: Material) => Runner | Promise<Runner> | string} create or why it cannot
 */
