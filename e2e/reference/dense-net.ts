/**
 * A second, plain implementation of dense nets, their backward pass and SGD, written from the textbook formulas over
 * nested arrays. It shares no arithmetic with the engine: what the page shows is held against it.
 */

export type Activation = "linear" | "sigmoid" | "tanh" | "relu";
export type Loss = "squared" | "softmax" | "sigmoid-cross-entropy";

export interface DenseLayer {
	readonly name: string;
	/** Name of the layer that applies the activation; absent for a linear layer. */
	readonly activationName?: string;
	readonly activation: Activation;
	readonly weights: readonly (readonly number[])[];
	readonly biases: readonly number[];
	/** lr_mult and decay_mult of weight and bias. */
	readonly rates: readonly [number, number];
	readonly decays: readonly [number, number];
}

export interface Problem {
	readonly layers: readonly DenseLayer[];
	readonly loss: Loss;
	readonly lossName: string;
	readonly dataName: string;
	readonly inputs: readonly (readonly number[])[];
	readonly targets: readonly (readonly number[])[];
	readonly batch: number;
	readonly learningRate: number;
	readonly momentum: number;
	readonly weightDecay: number;
	readonly decayKind: "L1" | "L2";
	readonly clip: number;
	readonly iterSize: number;
}

interface State {
	weights: number[][][];
	biases: number[][];
	weightHistory: number[][][];
	biasHistory: number[][];
}

/** Every number of one iteration under the name it has in the page's `data-ref`. */
export type Numbers = ReadonlyMap<string, number>;

const slopes: Record<Activation, (z: number, a: number) => number> = {
	linear: () => 1,
	sigmoid: (_z, a) => a * (1 - a),
	tanh: (_z, a) => 1 - a ** 2,
	relu: (z) => (z > 0 ? 1 : 0),
};

const functions: Record<Activation, (z: number) => number> = {
	linear: (z) => z,
	sigmoid: (z) => 1 / (1 + Math.exp(-z)),
	tanh: (z) => Math.tanh(z),
	relu: (z) => (z > 0 ? z : 0),
};

const add = (a: number, b: number) => a + b;

function softmaxOf(scores: readonly number[]): number[] {
	const largest = Math.max(...scores);
	const powers = scores.map((score) => Math.exp(score - largest));
	const total = powers.reduce(add, 0);
	return powers.map((power) => power / total);
}

/** Runs iterations one after the other and hands out the numbers of each. */
export class DenseReference {
	readonly #problem: Problem;
	readonly #state: State;
	readonly #iterations: Numbers[] = [];
	#passes = 0;

	constructor(problem: Problem) {
		this.#problem = problem;
		this.#state = {
			weights: problem.layers.map((layer) => layer.weights.map((row) => [...row])),
			biases: problem.layers.map((layer) => [...layer.biases]),
			weightHistory: problem.layers.map((layer) => layer.weights.map((row) => row.map(() => 0))),
			biasHistory: problem.layers.map((layer) => layer.biases.map(() => 0)),
		};
	}

	/** The numbers of an iteration, from 1. */
	iteration(number: number): Numbers {
		while (this.#iterations.length < number) this.#iterations.push(this.#run(this.#iterations.length + 1));
		return this.#iterations[number - 1];
	}

	/** The number of one scalar's reference, in whichever iteration it names; undefined where there is no such number. */
	value(reference: string): number | undefined {
		const iteration = Number(/^i(\d+)\//.exec(reference)?.[1] ?? 0);
		return iteration < 1 ? undefined : this.iteration(iteration).get(reference);
	}

	/** Writes parameter values before an iteration that has not run yet, by `layer/slot/index`. */
	edit(values: Readonly<Record<string, number>>): void {
		for (const [place, value] of Object.entries(values)) {
			const [name, slot, index] = place.split("/");
			const l = this.#problem.layers.findIndex((layer) => layer.name === name);
			const columns = this.#state.weights[l][0].length;
			if (slot === "1") this.#state.biases[l][Number(index)] = value;
			else this.#state.weights[l][Math.floor(Number(index) / columns)][Number(index) % columns] = value;
		}
	}

	#forward(prefix: string, rows: readonly number[], numbers: Map<string, number>) {
		const { layers, inputs, targets, dataName, loss, lossName } = this.#problem;
		const put = (name: string, value: number) => numbers.set(`${prefix}/${name}`, value);
		const activations = [rows.map((row) => inputs[row])];
		const sums: number[][][] = [];
		rows.forEach((row, sample) => {
			inputs[row].forEach((x, k) => {
				put(`top/${dataName}/0/data/${sample * inputs[row].length + k}`, x);
			});
			targets[row].forEach((y, k) => {
				put(`top/${dataName}/1/data/${sample * targets[row].length + k}`, y);
			});
		});
		layers.forEach((layer, l) => {
			const z = activations[l].map((x) =>
				this.#state.weights[l].map(
					(w, i) => w.map((weight, j) => weight * x[j]).reduce(add, 0) + this.#state.biases[l][i],
				),
			);
			const a = z.map((row) => row.map(functions[layer.activation]));
			sums.push(z);
			activations.push(a);
			z.flat().forEach((value, index) => {
				put(`top/${layer.name}/0/data/${index}`, value);
			});
			if (layer.activationName)
				a.flat().forEach((value, index) => {
					put(`top/${layer.activationName}/0/data/${index}`, value);
				});
		});
		const outputs = activations[layers.length];
		const m = rows.length;
		let value = 0;
		/** ∂J/∂output, already divided by the batch. */
		const pull = outputs.map((output, sample) => {
			const y = targets[rows[sample]];
			if (loss === "squared") {
				value += output.map((a, i) => (a - y[i]) ** 2).reduce(add, 0) / (2 * m);
				return output.map((a, i) => (a - y[i]) / m);
			}
			const p = loss === "softmax" ? softmaxOf(output) : output.map(functions.sigmoid);
			p.forEach((probability, i) => {
				put(`internal/${lossName}/probability/data/${sample * p.length + i}`, probability);
			});
			if (loss === "softmax") {
				value += -Math.log(p[y[0]]) / m;
				return p.map((probability, i) => (probability - (i === y[0] ? 1 : 0)) / m);
			}
			value += output.map((x, i) => Math.max(x, 0) - x * y[i] + Math.log1p(Math.exp(-Math.abs(x)))).reduce(add, 0) / m;
			return p.map((probability, i) => (probability - y[i]) / m);
		});
		put(`top/${lossName}/0/data/0`, value);
		put(`top/${lossName}/0/diff/0`, 1);
		const decay = this.#decay();
		put("loss/data", value);
		put("loss/decay", decay);
		put("loss/total", value + decay);
		return { activations, sums, pull };
	}

	#decay(): number {
		const { layers, weightDecay, decayKind } = this.#problem;
		const size = (w: number) => (decayKind === "L2" ? w ** 2 / 2 : Math.abs(w));
		return layers
			.map(
				({ decays }, l) =>
					weightDecay *
					(decays[0] * this.#state.weights[l].flat().map(size).reduce(add, 0) +
						decays[1] * this.#state.biases[l].map(size).reduce(add, 0)),
			)
			.reduce(add, 0);
	}

	#run(iteration: number): Numbers {
		const { layers, batch, inputs, iterSize, dataName } = this.#problem;
		const numbers = new Map<string, number>();
		const gradients = layers.map((layer) => ({
			weights: layer.weights.map((row) => row.map(() => 0)),
			biases: layer.biases.map(() => 0),
		}));
		const putParameters = (moment: string, read: (l: number) => { weights: number[][]; biases: number[] }) =>
			layers.forEach(({ name }, l) => {
				const { weights, biases } = read(l);
				weights.flat().forEach((value, index) => {
					numbers.set(`i${iteration}/parameter/${name}/0/${moment}/${index}`, value);
				});
				biases.forEach((value, index) => {
					numbers.set(`i${iteration}/parameter/${name}/1/${moment}/${index}`, value);
				});
			});
		const current = (l: number) => ({ weights: this.#state.weights[l], biases: this.#state.biases[l] });
		putParameters("before", current);

		let rows: number[] = [];
		for (let pass = 0; pass < iterSize; pass++) {
			const start = this.#passes++ * batch;
			rows = Array.from({ length: batch }, (_, k) => (start + k) % inputs.length);
			const prefix = `i${iteration}/p${pass}`;
			const { activations, sums, pull } = this.#forward(prefix, rows, numbers);
			let behind = pull;
			for (let l = layers.length - 1; l >= 0; l--) {
				const layer = layers[l];
				if (layer.activationName) {
					behind.flat().forEach((value, index) => {
						numbers.set(`${prefix}/top/${layer.activationName}/0/diff/${index}`, value);
					});
				}
				const delta = behind.map((row, s) =>
					row.map((value, i) => value * slopes[layer.activation](sums[l][s][i], activations[l + 1][s][i])),
				);
				delta.flat().forEach((value, index) => {
					numbers.set(`${prefix}/top/${layer.name}/0/diff/${index}`, value);
				});
				delta.forEach((row, s) => {
					row.forEach((d, i) => {
						activations[l][s].forEach((a, j) => {
							// Nobody computes the gradient of what is never updated.
							if (layer.rates[0] === 0) return;
							const index = i * activations[l][s].length + j;
							numbers.set(`${prefix}/share/${layer.name}/0/s${s}/${index}`, a * d);
							gradients[l].weights[i][j] += a * d;
						});
						if (layer.rates[1] === 0) return;
						numbers.set(`${prefix}/share/${layer.name}/1/s${s}/${i}`, d);
						gradients[l].biases[i] += d;
					});
				});
				behind = delta.map((row, s) =>
					activations[l][s].map((_, j) => row.map((d, i) => d * this.#state.weights[l][i][j]).reduce(add, 0)),
				);
			}
			behind.flat().forEach((value, index) => {
				numbers.set(`${prefix}/top/${dataName}/0/diff/${index}`, value);
			});
		}
		putParameters("gradient", (l) => gradients[l]);
		this.#update(iteration, gradients, numbers, putParameters);
		putParameters("after", current);
		this.#forward(`i${iteration}/pagain`, rows, numbers);
		return numbers;
	}

	#update(
		iteration: number,
		gradients: { weights: number[][]; biases: number[] }[],
		numbers: Map<string, number>,
		put: (moment: string, read: (l: number) => { weights: number[][]; biases: number[] }) => void,
	) {
		const { layers, learningRate, momentum, weightDecay, decayKind, clip, iterSize } = this.#problem;
		const each = (change: (gradient: number, l: number, kind: 0 | 1, i: number, j: number) => number) =>
			gradients.forEach(({ weights, biases }, l) => {
				weights.forEach((row, i) => {
					row.forEach((g, j) => {
						row[j] = change(g, l, 0, i, j);
					});
				});
				biases.forEach((g, i) => {
					biases[i] = change(g, l, 1, i, 0);
				});
			});
		if (clip >= 0) {
			let squares = 0;
			each((g) => {
				squares += g ** 2;
				return g;
			});
			const norm = Math.sqrt(squares);
			const scale = norm > clip ? clip / norm : 1;
			numbers.set(`i${iteration}/solver/clipNorm`, norm);
			numbers.set(`i${iteration}/solver/clipScale`, scale);
			each((g) => g * scale);
			put("clipped", (l) => gradients[l]);
		}
		if (iterSize > 1) {
			each((g) => g / iterSize);
			put("normalized", (l) => gradients[l]);
		}
		const parameter = (l: number, kind: 0 | 1, i: number, j: number) =>
			kind === 0 ? this.#state.weights[l][i][j] : this.#state.biases[l][i];
		each((g, l, kind, i, j) => {
			const w = parameter(l, kind, i, j);
			return g + weightDecay * layers[l].decays[kind] * (decayKind === "L2" ? w : Math.sign(w));
		});
		put("regularized", (l) => gradients[l]);
		each((g, l, kind, i, j) => {
			const before = kind === 0 ? this.#state.weightHistory[l][i][j] : this.#state.biasHistory[l][i];
			const history = momentum * before + learningRate * layers[l].rates[kind] * g;
			if (kind === 0) {
				this.#state.weightHistory[l][i][j] = history;
				this.#state.weights[l][i][j] -= history;
			} else {
				this.#state.biasHistory[l][i] = history;
				this.#state.biases[l][i] -= history;
			}
			return history;
		});
		put("history", (l) => gradients[l]);
		put("update", (l) => gradients[l]);
		const settings = { rate: learningRate, momentum, weightDecay, iterSize, clipGradients: clip };
		for (const [name, value] of Object.entries(settings)) numbers.set(`i${iteration}/solver/${name}`, value);
		for (const { name, rates, decays } of layers) {
			for (const kind of [0, 1] as const) {
				numbers.set(`i${iteration}/solver/rate/${name}/${kind}`, learningRate * rates[kind]);
				numbers.set(`i${iteration}/solver/weightDecay/${name}/${kind}`, weightDecay * decays[kind]);
			}
		}
	}
}
