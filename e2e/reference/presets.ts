import { digitLines } from "../../src/data/sets/digits-pixels.ts";
import type { Activation, DenseLayer, Loss, Problem } from "./dense-net.ts";
import { Mersenne } from "./mersenne.ts";

/** The presets once more, written down as plain numbers: no prototxt, no engine. */

type Matrix = readonly (readonly number[])[];
type Rows = readonly (readonly [inputs: readonly number[], targets: readonly number[]])[];

interface Plan {
	readonly units: readonly number[];
	readonly activations: readonly Activation[];
	/** Called layer by layer, weights before biases. */
	readonly draw: (layer: number, kind: "weight" | "bias", place: number, inputs: number) => number;
	readonly rows: Rows;
	readonly rate: number;
	readonly momentum?: number;
	readonly decay?: number;
	readonly loss?: Loss;
	readonly batch?: number;
	readonly biasRate?: number;
	readonly biasDecay?: number;
}

const names = (layers: number) =>
	Array.from({ length: layers }, (_, l) => {
		if (l === layers - 1) return "output";
		return layers === 2 ? "hidden" : `hidden${l + 1}`;
	});

function problem(plan: Plan): Problem {
	const layers = plan.activations.map((activation, l): DenseLayer => {
		const [inputs, outputs] = [plan.units[l], plan.units[l + 1]];
		const name = names(plan.activations.length)[l];
		const weights: Matrix = Array.from({ length: outputs }, (_, i) =>
			Array.from({ length: inputs }, (_, j) => plan.draw(l, "weight", i * inputs + j, inputs)),
		);
		return {
			name,
			activation,
			...(activation === "linear" ? {} : { activationName: `${name}_${activation}` }),
			weights,
			biases: Array.from({ length: outputs }, (_, i) => plan.draw(l, "bias", i, inputs)),
			rates: [1, plan.biasRate ?? 1],
			decays: [1, plan.biasDecay ?? 1],
		};
	});
	return {
		layers,
		loss: plan.loss ?? "squared",
		lossName: "loss",
		dataName: "data",
		inputs: plan.rows.map(([x]) => x),
		targets: plan.rows.map(([, y]) => y),
		batch: plan.batch ?? plan.rows.length,
		learningRate: plan.rate,
		momentum: plan.momentum ?? 0,
		weightDecay: plan.decay ?? 0,
		decayKind: "L2",
		clip: -1,
		iterSize: 1,
	};
}

const given = (values: readonly { readonly weight: readonly number[]; readonly bias: readonly number[] }[]) => {
	return (layer: number, kind: "weight" | "bias", place: number) => values[layer][kind][place];
};

function gaussian(deviation: number) {
	const random = new Mersenne(1);
	return () => deviation * random.normal();
}

function xavier() {
	const random = new Mersenne(1);
	return (_layer: number, kind: "weight" | "bias", _place: number, inputs: number) => {
		const bound = Math.sqrt(3 / inputs);
		return kind === "bias" ? 0 : -bound + 2 * bound * random.uniform();
	};
}

const EXCLUSIVE_OR: Rows = [
	[[0, 0], [0]],
	[[0, 1], [1]],
	[[1, 0], [1]],
	[[1, 1], [0]],
];

function digitRows(): Rows {
	const grey = "0123456789abcdefg";
	return (
		digitLines
			.match(/.{65}/g)
			?.map((line) => [Array.from(line.slice(0, 64), (sign) => grey.indexOf(sign) / 16), [Number(line[64])]]) ?? []
	);
}

export const referenceProblems: Readonly<Record<string, () => Problem>> = {
	"worked-example": () =>
		problem({
			units: [2, 2, 2],
			activations: ["sigmoid", "sigmoid"],
			draw: given([
				{ weight: [0.15, 0.2, 0.25, 0.3], bias: [0.35, 0.35] },
				{ weight: [0.4, 0.45, 0.5, 0.55], bias: [0.6, 0.6] },
			]),
			rows: [
				[
					[0.05, 0.1],
					[0.01, 0.99],
				],
			],
			rate: 0.5,
			biasRate: 0,
		}),
	xor: () =>
		problem({
			units: [2, 3, 1],
			activations: ["sigmoid", "sigmoid"],
			draw: gaussian(1.5),
			rows: EXCLUSIVE_OR,
			rate: 1,
			momentum: 0.9,
			decay: 0.0001,
			biasDecay: 0,
		}),
	symmetry: () =>
		problem({
			units: [2, 2, 1],
			activations: ["sigmoid", "sigmoid"],
			draw: () => 0.5,
			rows: EXCLUSIVE_OR,
			rate: 2,
			momentum: 0.9,
		}),
	saturated: () =>
		problem({
			units: [2, 2, 2],
			activations: ["sigmoid", "sigmoid"],
			draw: given([
				{ weight: [0.4, -0.3, 0.2, 0.5], bias: [0.1, -0.2] },
				{ weight: [2.5, 1.5, 0.3, -0.4], bias: [4.5, 0.2] },
			]),
			rows: [
				[
					[1, 0.5],
					[0, 1],
				],
			],
			rate: 0.5,
		}),
	"dead-relu": () =>
		problem({
			units: [2, 3, 1],
			activations: ["relu", "linear"],
			draw: given([
				{ weight: [1, -0.8, 0.5, 0.4, -0.7, 0.9], bias: [0.1, -1.5, 0.2] },
				{ weight: [0.8, -0.6, 0.5], bias: [0.1] },
			]),
			rows: EXCLUSIVE_OR,
			rate: 0.2,
		}),
	"rate-too-large": () =>
		problem({
			units: [2, 3, 1],
			activations: ["linear", "linear"],
			draw: gaussian(0.8),
			rows: EXCLUSIVE_OR,
			rate: 1.5,
		}),
	disagreement: () =>
		problem({
			units: [2, 2, 1],
			activations: ["sigmoid", "sigmoid"],
			draw: given([
				{ weight: [0.9, 0.4, -0.5, 0.7], bias: [0.1, -0.2] },
				{ weight: [0.6, -0.4], bias: [0.3] },
			]),
			rows: [
				[[0, 1], [1]],
				[[1, 0], [1]],
				[[1, 1], [1]],
				[[0, 0], [0]],
			],
			rate: 1,
		}),
	vanishing: () =>
		problem({
			units: Array.from({ length: 9 }, () => 1),
			activations: Array.from({ length: 8 }, () => "sigmoid"),
			draw: () => 0.8,
			rows: [[[1], [0]]],
			rate: 1,
		}),
	digits: () =>
		problem({
			units: [64, 16, 10],
			activations: ["sigmoid", "linear"],
			draw: xavier(),
			rows: digitRows(),
			rate: 0.5,
			momentum: 0.9,
			loss: "softmax",
			batch: 8,
		}),
	autoencoder: () =>
		problem({
			units: [64, 32, 8, 32, 64],
			activations: ["sigmoid", "sigmoid", "sigmoid", "linear"],
			draw: xavier(),
			rows: digitRows().map(([pixels]) => [pixels, pixels]),
			rate: 0.05,
			momentum: 0.9,
			decay: 0.0005,
			loss: "sigmoid-cross-entropy",
			batch: 8,
		}),
};
