import { capital } from "../capital.ts";

const gates = ["input gate", "forget gate", "output gate", "candidate"];

/** Layers that slide windows or go through time: how their units and what happens inside them are called. */
export const layers = {
	unit: (layer: string, unit: number) => `unit ${unit} of ${layer}`,
	channelOf: (layer: string, channel: number) => `${layer}, map ${channel}`,
	channelUnit: (layer: string, channel: number, row: number, column: number) =>
		`${layer}, map ${channel}, row ${row}, column ${column}`,
	place: (row: number, column: number) => `row ${row}, column ${column}`,
	pixel: (row: number, column: number) => `pixel in row ${row}, column ${column}`,
	pixelOfMap: (map: number, row: number, column: number) => `pixel of map ${map}, row ${row}, column ${column}`,
	channel: "Map",
	row: "Row",
	column: "Column",
	unitNumber: "Unit",
	pick: "Bring a unit into the lens",
	open: "Open",
	atTime: (name: string, time: number) => `${name}, time step ${time}`,
	gate: (part: number) => gates[part] ?? "gate",
	internal: {
		gateInput: (gate: string) => `sum of the ${gate}`,
		gates: (gate: string) => gate,
		c: "cell state",
		h: "hidden state",
		handedOn: "hidden state from the step before",
		weighted: (gate: string) => `weighted input of the ${gate}`,
		hStart: "hidden state taken over",
		cStart: "cell state taken over",
		hEnd: "hidden state at the end",
		cEnd: "cell state at the end",
		hSum: "sum of the hidden state",
		outputSum: "sum of the output",
		output: "output",
		other: (name: string) => name,
	},
	delta: (name: string) => `δ of the ${name}`,
	ofUnit: (name: string, unit: string) => `${name} of ${unit}`,
	why: {
		gateInput: (gate: string) =>
			`What comes in now and what the step before handed on, each by its weight, and the bias: together they decide about the ${gate}.`,
		gates: (gate: string, percent: string) =>
			`The sigmoid makes an opening of its sum: the ${gate} stands ${percent} % open.`,
		candidate: "tanh bends the sum into −1 … 1: this is what the input gate may let into the cell.",
		c: (kept: string, let_: string) =>
			`The cell keeps ${kept} % of what it held, by the forget gate, and takes in ${let_} % of the candidate, by the input gate.`,
		h: (percent: string) =>
			`Of the cell state, bent into −1 … 1, the output gate lets ${percent} % out. That is what the next layer and the next time step see.`,
		hPlain: "tanh bends the sum into −1 … 1. That is what the next time step sees.",
		hSum: "What comes in now and what the step before handed on, each by its weight, and the bias, add up.",
		output: "The output is made of the hidden state by weights of its own, and bent by tanh.",
		handedOn: "The hidden state of the step before; 0 where a sequence begins (cont is 0).",
		weighted: "What comes in at this step, each by its weight, and the bias. It does not wait for the step before.",
		carried: "The state that the pass before left behind: a new pass goes on where the last one stopped.",
		dh: "What the layers behind send back for this time step, and what the step after it sends back through its own gates.",
		dGate:
			"What comes back to the cell, times what stood on the other side of the gate, through the slope of the gate itself.",
		dOutputGate: "What comes back to the hidden state, times the bent cell, through the slope of the gate itself.",
		dc: "What the step after it sends back to the cell, through its forget gate: the conveyor along which errors travel in time.",
		dSum: "What comes back to the output of tanh, through its slope.",
		other: "A number that the layer keeps for itself on the way.",
		kernel: (n: number, unit: string) =>
			`${n} products, each a kernel element × what lies under it, and the bias: their sum is ${unit}.`,
		maximum: (n: number, unit: string) =>
			`The largest of the ${n} numbers under the window is ${unit}; the others have no say.`,
		average: (unit: string) => `${capital(unit)} is the mean of what lies under the window.`,
		winner: (unit: string) =>
			`${capital(unit)} was the largest under its window, so all that comes back to the window comes back here.`,
		noWinner: (unit: string) =>
			`${capital(unit)} was the largest under no window: it had no say, so nothing comes back to it.`,
		shared: (n: number, unit: string) =>
			`${capital(unit)} lay under ${n === 1 ? "one kernel element" : `${n} kernel elements`}: each carries its δ back, and they add up.`,
	},
	stage: { window: "Slide the window", gates: "Through the gates", back: "Back through time" },
	titles: {
		kernel: "Slide the kernel, add up",
		maximum: "The largest wins",
		average: "The mean under the window",
		winner: "All of it to the winner",
		noWinner: "Nothing for those that lost",
		gateInput: (gate: string) => `Add up for the ${gate}`,
		gates: (gate: string) => `How far the ${gate} opens`,
		candidate: "What might be stored",
		c: "Keep some, take in some",
		h: "Let some of it out",
		step: "Inside the layer",
		dGate: (gate: string) => `Back to the ${gate}`,
		dh: "Back to the hidden state",
	},
	panel: {
		under: "under the window",
		kernel: "kernel",
		product: "products",
		map: (channel: number) => `map ${channel}`,
		back: "δ of what it fed",
		by: "by the kernel elements",
		output: "what comes out",
		input: "input now",
		before: "from the step before",
		sum: "sum",
		opening: "gate",
		weights: "weights",
		elsewhere: "Dashed: outside the input, counted as 0.",
	},
	winner: "largest",
	more: (n: number) => `and ${n} more`,
	steps: "Steps of the unit, in order",
};
