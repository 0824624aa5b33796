import { firstPreset } from "./first.ts";

export const presets = {
	"worked-example": {
		...firstPreset,
		see: [
			"The two outputs pull each hidden unit in opposite directions, and one sum decides.",
			"The published digits stand beside the page's own, ticked off.",
		],
	},
	xor: {
		title: "XOR",
		subtitle: "2-3-1 sigmoid, 4 samples",
		see: [
			"Four samples share every gradient: a hidden unit learns from what is left of their quarrel.",
			"Weight decay pulls at the weights and never at the biases.",
		],
	},
	symmetry: {
		title: "Symmetry",
		subtitle: "2-2-1, all parameters equal",
		see: [
			"Both hidden units hold the same numbers, get the same δ and stay twins for ever.",
			"Change a single weight and they part: that is why a start is drawn at random.",
		],
	},
	saturated: {
		title: "Saturated",
		subtitle: "2-2-2, one closed valve",
		see: [
			"Output 1 could not be more wrong, yet its δ is tiny: its sigmoid is saturated and lets almost nothing through.",
			"Output 2 is less wrong and learns a hundred times faster.",
		],
	},
	"dead-relu": {
		title: "Dead ReLU",
		subtitle: "2-3-1 ReLU, 4 samples",
		see: [
			"Hidden unit 2 has z below 0 for all four samples: its slope is 0, so is its δ, and so are all its gradients.",
			"Its neighbours go on learning without it.",
		],
	},
	"rate-too-large": {
		title: "Learning rate too large",
		subtitle: "2-3-1 linear, α 1.5",
		see: [
			"Every step overshoots the last, and the loss goes up.",
			"A few iterations later a number no longer fits into a double; the page stops at the operation that made it.",
		],
	},
	disagreement: {
		title: "A batch that disagrees",
		subtitle: "2-2-1 sigmoid, 4 samples",
		see: [
			"Three samples want each output weight higher, one wants it lower.",
			"The gradient is what remains when they have been added up.",
		],
	},
	vanishing: {
		title: "Vanishing",
		subtitle: "1-…-1, eight sigmoids",
		see: [
			"Each sigmoid passes on less than a quarter of the error, and eight of them stand in a row.",
			"Compare |δ| from layer to layer on the way back: it loses almost a power of ten each time.",
		],
	},
	digits: {
		title: "Handwritten digits",
		subtitle: "64-16-10, batch 8",
		see: [
			"Real images, and yet every one of the 1,210 parameters can be taken apart like those of the small nets.",
			"Softmax and cross-entropy together leave δ = p − y, without a valve.",
		],
	},
	autoencoder: {
		title: "Autoencoder",
		subtitle: "64-32-8-32-64, digits",
		see: [
			"What comes out should be what went in, through a bottleneck of eight units.",
			"Its targets are its inputs, so nothing has to be labelled.",
		],
	},
	lenet: {
		title: "LeNet",
		subtitle: "two convolutions, 28 × 28",
		see: [
			"A convolution’s weight is used at every place, and its gradient is a sum over all places and images.",
			"Max pooling sends δ back to the winner alone: three quarters of it are zeros.",
		],
	},
	lstm: {
		title: "LSTM, one step",
		subtitle: "2 × 10 units, T = 1",
		see: [
			"An input of shape 1 × 1 × 10 × 1 is one time step with ten inputs: there is nothing to go back through.",
			"Gates, candidate and cell can be followed one by one.",
		],
	},
	"lstm-through-time": {
		title: "LSTM through time",
		subtitle: "2 × 10 units, T = 10",
		see: [
			"The same net with ten time steps of one input each: errors go back from the last step to the first.",
			"Every step adds its share to the same weights.",
		],
	},
};
