import { capital } from "../capital.ts";
import { grouped } from "../grouped.ts";

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const count = (n: number, one: string, many: string) => `${words[n] ?? grouped(n)} ${n === 1 ? one : many}`;

// What the page needs to say with the first picture and the first step; the sections take it up.

export const firstCommon = { productName: "Deltascope" };

export const firstApp = {
	skipToControls: "Skip to step controls",
	network: "Network",
	stepControls: "Step controls",
	loading: "Opening …",
	back: "Back",
	play: "Play",
	pause: "Pause",
	step: "Step",
	keyHints: { back: "←", play: "space", step: "→" },
	errorTitle: "This part cannot be shown",
	errorKeep: "Everything else goes on. The cause:",
	tryAgain: "Try again",
};

export const firstStage = {
	input: "Input",
	inputImage: (width: number, height: number) => `Input, ${width} × ${height}`,
	hidden: "Hidden",
	hiddenNumber: (n: number) => `Hidden ${n}`,
	output: "Output",
	target: "Target",
	targetClass: "Class",
	linear: (name: string) => `${name}, linear`,
	counted: (name: string, units: number) => `${name}, ${grouped(units)}`,
	softmax: "Softmax p",
	unit: (layer: string, unit: string) => `${layer}, neuron ${unit}`,
	lensUnit: (layer: string, unit: string) => `${layer} unit ${unit}`,
	lensOutput: (unit: string) => `Output ${unit}`,
	lensTerm: (unit: string, term: number, terms: number) => `${unit}, term ${term} of ${terms}`,
	next: "next",
	always: "always 1",
	forwardKicker: (layer: string) => `Forward · ${layer.toLowerCase()} layer`,
	forwardTitle: "Weigh, add, bend",
	forwardTitleLinear: "Weigh and add",
	givenKicker: (name: string, iteration: number) => `${name} · start of iteration ${iteration}`,
	givenTitle: (samples: number, weights: number, biases: number) =>
		`${capital(count(samples, "sample", "samples"))}, ${count(weights, "weight", "weights")}, ${count(biases, "bias", "biases")}`,
	terms: (n: number) => (n === 1 ? "1 term" : `${n} terms`),
	slope: "slope",
};

export const firstPreset = { title: "Worked example", subtitle: "2-2-2 sigmoid, by hand" };
