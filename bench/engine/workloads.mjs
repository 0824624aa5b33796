// @ts-check
// What is measured: a full training step (forward, loss, backward, update) of each net, on the same numbers for all.

/**
 * @typedef {object} Common
 * @property {string} id
 * @property {number} batch
 * @property {number} rate
 * @property {number} must the ratio to the best peer
 * @property {number} aim
 */

/**
 * @typedef {object} DenseNet
 * @property {"dense"} kind
 * @property {readonly number[]} units inputs, hidden units…, outputs
 * @property {"sigmoid" | "tanh" | "relu"} activation of every hidden layer; with squared error of the outputs too
 * @property {"squared" | "cross-entropy"} loss ½ Σ (y − t)² ÷ batch, or softmax with cross-entropy, the mean over the batch
 */

/**
 * One LSTM over sequences that all begin at the first time step, squared error on its output at every one of them.
 * @typedef {object} LstmNet
 * @property {"lstm"} kind
 * @property {number} inputs
 * @property {number} hidden
 * @property {number} times
 */

/**
 * A convolution (no padding, stride 1, no activation) and the largest of each square of `pool`.
 * @typedef {object} Stage
 * @property {number} outputs
 * @property {number} kernel
 * @property {number} pool
 */

/**
 * Stages of convolution over one-channel images of `side` pixels, then dense layers; ReLU, softmax with cross-entropy.
 * @typedef {object} ConvolutionNet
 * @property {"convolution"} kind
 * @property {number} side
 * @property {readonly Stage[]} stages
 * @property {readonly number[]} units of the dense layers, what the last stage makes first
 */

/** @typedef {Common & DenseNet} DenseWorkload */
/** @typedef {Common & LstmNet} LstmWorkload */
/** @typedef {Common & ConvolutionNet} ConvolutionWorkload */
/** @typedef {DenseWorkload | LstmWorkload | ConvolutionWorkload} Workload */

/** @type {readonly Workload[]} */
export const workloads = [
	{
		id: "W1",
		kind: "dense",
		units: [2, 4, 1],
		activation: "sigmoid",
		loss: "squared",
		batch: 1,
		rate: 0.5,
		must: 1.5,
		aim: 5,
	},
	{
		id: "W2",
		kind: "dense",
		units: [2, 8, 8, 1],
		activation: "tanh",
		loss: "squared",
		batch: 10,
		rate: 0.1,
		must: 4,
		aim: 10,
	},
	{
		id: "W3",
		kind: "dense",
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
		kind: "dense",
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
		kind: "dense",
		units: [784, 300, 100, 10],
		activation: "relu",
		loss: "cross-entropy",
		batch: 64,
		rate: 0.01,
		must: 1,
		aim: 1.3,
	},
	...[16, 64].map((batch) => ({
		id: `W6-${batch}`,
		kind: /** @type {const} */ ("convolution"),
		side: 28,
		stages: [
			{ outputs: 20, kernel: 5, pool: 2 },
			{ outputs: 50, kernel: 5, pool: 2 },
		],
		units: [800, 500, 10],
		batch,
		rate: 0.01,
		must: 5,
		aim: 9,
	})),
	{ id: "W7", kind: "lstm", inputs: 16, hidden: 32, times: 20, batch: 8, rate: 0.1, must: 5, aim: 8 },
];

/**
 * The stages of a net with the channels and the side of what they see, and the sides of what they make.
 * @param {ConvolutionNet} net
 */
export function sizedStages({ stages, side }) {
	let channels = 1;
	let before = side;
	return stages.map((stage) => {
		const convolved = before - stage.kernel + 1;
		const sized = { ...stage, channels, before, convolved, after: convolved / stage.pool };
		channels = stage.outputs;
		before = sized.after;
		return sized;
	});
}

/**
 * The numbers of a workload: inputs and targets of one batch, row by row (an LSTM's rows: sequence after sequence of each
 * time step), and per layer its weights `[outputs, inputs]` and biases; an LSTM's outputs are its gates i, f, o, g, and it
 * has `recurrent` weights `[4 · hidden, hidden]`; a convolution's inputs are `[channels, y, x]`.
 * @typedef {object} Material
 * @property {Float64Array} inputs
 * @property {Float64Array} targets values for squared error, class labels for cross-entropy
 * @property {readonly { readonly weights: Float64Array, readonly biases: Float64Array, readonly recurrent?: Float64Array }[]} layers
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
 * @param {number} count
 * @param {() => number} draw
 */
function drawn(count, draw) {
	return Float64Array.from({ length: count }, draw);
}

/**
 * Outputs and inputs of each product of one sample, and how often the sample takes it.
 * @param {DenseNet | ConvolutionNet} net
 */
function productsOf(net) {
	const stages = net.kind === "convolution" ? sizedStages(net) : [];
	return [
		...stages.map(({ outputs, channels, kernel, convolved }) => ({
			outputs,
			inputs: channels * kernel ** 2,
			places: convolved ** 2,
		})),
		...net.units.slice(1).map((outputs, layer) => ({ outputs, inputs: net.units[layer] ?? 1, places: 1 })),
	];
}

/**
 * @param {Workload} workload
 * @returns {Material}
 */
export function materialOf(workload) {
	const next = uniform();
	const around = (/** @type {number} */ bound) => () => bound * (2 * next() - 1);
	if (workload.kind === "lstm") {
		const { inputs, hidden, times, batch } = workload;
		const rows = times * batch;
		const gates = 4 * hidden;
		const bound = Math.sqrt(3 / (inputs + hidden));
		return {
			inputs: drawn(rows * inputs, next),
			targets: drawn(rows * hidden, around(0.5)),
			layers: [
				{
					weights: drawn(gates * inputs, around(bound)),
					biases: drawn(gates, () => 0.1 * next()),
					recurrent: drawn(gates * hidden, around(bound)),
				},
			],
		};
	}
	const { units, batch } = workload;
	const classes = units.at(-1) ?? 1;
	const isSquared = workload.kind === "dense" && workload.loss === "squared";
	return {
		inputs: drawn(batch * (workload.kind === "convolution" ? workload.side ** 2 : (units[0] ?? 1)), next),
		targets: isSquared ? drawn(batch * classes, next) : drawn(batch, () => Math.floor(next() * classes)),
		layers: productsOf(workload).map(({ outputs, inputs }) => ({
			weights: drawn(outputs * inputs, around(Math.sqrt(3 / inputs))),
			biases: drawn(outputs, () => 0.1 * next()),
		})),
	};
}

/**
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 */
function squaredError(outputs, targets) {
	let total = 0;
	for (let i = 0; i < targets.length; i++) total += ((outputs[i] ?? 0) - (targets[i] ?? 0)) ** 2 / 2;
	return total;
}

/**
 * The loss of a batch's outputs (after the last activation, or the softmax; an LSTM's h at every time step), in plain
 * code.
 * @param {Workload} workload
 * @param {Material} material
 * @param {ArrayLike<number>} outputs
 */
export function lossOf(workload, { targets }, outputs) {
	// Caffe's EuclideanLoss divides by the first axis, and an LSTM's is time.
	if (workload.kind === "lstm") return squaredError(outputs, targets) / workload.times;
	const { units, batch } = workload;
	if (workload.kind === "dense" && workload.loss === "squared") return squaredError(outputs, targets) / batch;
	const width = units.at(-1) ?? 1;
	let total = 0;
	for (let i = 0; i < batch; i++) total -= Math.log(outputs[i * width + (targets[i] ?? 0)] ?? 0);
	return total / batch;
}

/**
 * Multiplications and additions of the products of one step: forward, gradient, and the pull-back of all layers but the
 * first. A convolution's are counted in full, although only the winners of its pooling send anything back; an LSTM's pull
 * back from each time step but the first.
 * @param {Workload} workload
 */
export function operationsOf(workload) {
	if (workload.kind === "lstm") {
		const { inputs, hidden, times, batch } = workload;
		return 2 * batch * 4 * hidden * (2 * times * inputs + (3 * times - 1) * hidden);
	}
	return productsOf(workload).reduce(
		(sum, { outputs, inputs, places }, layer) =>
			sum + 2 * workload.batch * outputs * inputs * places * (layer === 0 ? 2 : 3),
		0,
	);
}

/** @param {Workload} workload */
export function titleOf(workload) {
	const { id, batch } = workload;
	if (workload.kind === "lstm") {
		const { inputs, hidden, times } = workload;
		return `${id}  LSTM, ${inputs} inputs, ${hidden} hidden, ${times} time steps, squared error, batch ${batch}`;
	}
	const units = workload.units.join("-");
	if (workload.kind === "convolution") {
		const stages = workload.stages.map(
			({ outputs, kernel, pool }) => `conv ${outputs} ${kernel}×${kernel}, pool ${pool}`,
		);
		return `${id}  ${stages.join(", ")}, ${units}, relu, softmax cross-entropy, batch ${batch}`;
	}
	const { activation, loss } = workload;
	return `${id}  ${units}, ${activation}, ${loss === "squared" ? "squared error" : "softmax cross-entropy"}, batch ${batch}`;
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
