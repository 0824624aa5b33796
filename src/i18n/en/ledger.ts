import { capital } from "../capital.ts";

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const counted = (n: number) => words[n] ?? String(n);
const samples = (n: number) => `${counted(n)} ${n === 1 ? "sample" : "samples"}`;
const thing = (isBias: boolean) => (isBias ? "bias" : "weight");

type Size = "none" | "small" | "some" | "large";
type Opening = "open" | "partly" | "narrow" | "shut";

const errors: Readonly<Record<Size, string>> = {
	none: "No error",
	small: "A small error",
	some: "An error",
	large: "A large error",
};
const valves: Readonly<Record<Opening, string>> = {
	open: "a nearly open valve",
	partly: "a partly open valve",
	narrow: "a nearly closed valve",
	shut: "a closed valve",
};
const captions: Readonly<Record<Opening, string>> = {
	open: "nearly open valve",
	partly: "partly open valve",
	narrow: "nearly closed valve",
	shut: "closed valve",
};

export const ledger = {
	breadcrumb: "Where this is",
	iteration: (n: number) => `Iteration ${n}`,
	layers: {
		input: "Input",
		target: "Target",
		hidden: "Hidden layer",
		hiddenNumber: (n: number) => `Hidden layer ${n}`,
		output: "Output layer",
		loss: "Loss",
	},
	crumbs: {
		unit: (n: number) => `Unit ${n}`,
		output: (n: number) => `Output ${n}`,
		row: (n: number) => `Row ${n}`,
		class: (n: number) => `Class ${n}`,
		term: (n: number) => `Term ${n}`,
		map: (n: number) => `Map ${n}`,
		mapUnit: (map: number, row: number, column: number) => `Map ${map}, row ${row}, column ${column}`,
		gateUnit: (gate: string, n: number) => `${capital(gate)}, unit ${n}`,
		step: capital,
		data: "Data term",
		decay: "Decay term",
		clip: "Clip",
	},
	inputUnit: (n: number) => `input ${n}`,
	targetUnit: (n: number) => `target ${n}`,
	back: "Back",
	closeExplanation: "Back to the stage",
	nextStrong: "Next,",
	next: "with every number already put in:",
	operands: "Operands",
	inWords: "In words",
	publishedTitle: "Published figures",
	asPublished: "as published ✓",
	publishedIs: (digits: string) => `published: ${digits} ✗`,
	more: (n: number) => `${n} more`,
	showMore: "show more",
	form: "Formula",
	scalarForm: "One number",
	matrixForm: "Matrices",
	matrixNote: "All units of the layer at once; below each matrix its shape.",
	whatToSee: "What to see here:",
	remedy: (symbol: string) => `Break the symmetry: set ${symbol} to`,
	remedyStart: "Break the symmetry:",
	remedyDone: "One weight was changed, and the twins have parted.",
	openSettings: "Open Net & solver",
	captions: {
		largeError: "large error",
		valve: (opening: Opening) => captions[opening],
		sum: "sum",
	},
	failure: {
		title: "The first number that does not fit",
		notANumber: "The first number that is none",
		multiplying: (powers: string, sum: number) =>
			`Multiplying adds the powers of ten: ${powers}, together ${sum}, is more than the 308 a double can hold. The iteration stops here and nothing after it is shown.`,
		adding:
			"Each term still fits, but their sum is more than the 1.8·10³⁰⁸ a double can hold. The iteration stops here and nothing after it is shown.",
		growing: (name: string) =>
			`${name} of a number this size is more than the 1.8·10³⁰⁸ a double can hold. The iteration stops here and nothing after it is shown.`,
		opposed:
			"∞ − ∞ and 0 · ∞ have no value, so the result is no number. The iteration stops here and nothing after it is shown.",
		beyond: (sign: string) => `beyond ${sign}1.8·10³⁰⁸; the rest is not tried`,
		whatToTry: "What to try",
		lossAfter: (n: number) => `loss after ${n} iterations, same seed`,
		rate: (symbol: string, value: string) => `${symbol} = ${value}`,
		clip: (bound: string) => `clip at norm ${bound}`,
		working: "computing …",
		fails: "fails too",
		overshot: (symbol: string, value: string) =>
			`The steps overshot: ${symbol} = ${value} is too large here. One step back is whole again.`,
	},
	titles: {
		input: "All that is given",
		notYet: "Still to come",
		forward: "Pile up to z, bend through f",
		forwardLinear: "Pile up to z",
		saturated: "Piled up to where f is flat",
		silent: "Below 0: nothing passes",
		dead: "A dead unit",
		activation: "Bend through f",
		computed: "Worked out from what came in",
		probability: "Scores become a probability",
		loss: "How wrong is it?",
		objective: "Data term plus decay",
		decay: "What the weights cost",
		delta: "Pull back, then through the valve",
		deltaApart: "The pulls point in opposite directions",
		deltaCancel: "The pulls nearly cancel",
		deltaNarrow: "A pull, an almost closed valve",
		deltaShut: "A pull, a closed valve",
		deltaLinear: "Pull back",
		deltaError: (error: Size, valve: Opening) => `${errors[error]}, ${valves[valve]}`,
		deltaFused: "The error is δ",
		pull: "What comes back to a",
		gradient: "What came in × what comes back",
		gradientAgree: (n: number) => (n === 2 ? "Both samples agree" : `All ${counted(n)} samples agree`),
		gradientSplit: (more: number, less: number) =>
			more === less
				? `${capital(counted(more))} against ${counted(less)}: a draw in votes`
				: `${capital(counted(more))} against ${counted(less)}`,
		gradientOut: (more: number, less: number, still: number) =>
			more === 1 && less === 1
				? `Two samples disagree, ${counted(still)} ${still === 1 ? "stays" : "stay"} out`
				: `${capital(counted(more))} against ${counted(less)}, ${counted(still)} ${still === 1 ? "stays" : "stay"} out`,
		gradientSome: (voices: number, still: number) =>
			`${capital(samples(voices))} ${voices === 1 ? "decides" : "decide"}, ${counted(still)} ${still === 1 ? "stays" : "stay"} out`,
		gradientZero: "Nothing to move here",
		share: "One sample's share",
		clip: "How long is the gradient?",
		clipped: "Clipped to its bound",
		normalized: "Divided by iter_size",
		regularized: "Weight decay pulls",
		history: "Momentum remembers",
		update: "The step",
		after: "The parameter moves",
		afterMomentum: "Most of this step is momentum",
		afterStill: "The parameter stays",
		before: "A parameter, as it stands",
		again: "Was it worth it?",
		setting: "A setting",
		given: "Given",
		slope: "How steep f is here",
		push: "One push of the pile",
		message: "What one edge carries back",
		gap: "The gap",
		squared: "One squared gap",
		rest: (n: number) => `${n} smaller terms, together`,
		part: "A part of the formula",
	},
	why: {
		input: (n: number, unit: string) =>
			n === 1
				? `The sample and all parameters are given. Press → and ${unit} adds up what reaches it.`
				: `The ${samples(n)} and all parameters are given. Press → and ${unit} adds up what reaches it.`,
		inputOnly: "The samples and all parameters are given.",
		notYet: (stage: string) => `It becomes known at the stage “${stage}”. What it will be made of stands here already.`,
		forward: (unit: string, range: string) =>
			`Each input pushes ${unit} by its weight, the bias pushes by itself; f bends the sum into ${range}.`,
		forwardMany: (n: number, unit: string, largest: string, range: string) =>
			`${n} inputs push ${unit}, each by its weight; the largest push is ${largest}. f bends the sum into ${range}.`,
		forwardRelu: (unit: string) =>
			`Each input pushes ${unit} by its weight, the bias pushes by itself; the sum is above 0, so f passes it unchanged.`,
		forwardLinear: (unit: string) =>
			`Each input pushes ${unit} by its weight, the bias pushes by itself; there is no f to bend the sum.`,
		saturated: (z: string, unit: string, percent: string) =>
			`At z = ${z} f is almost flat: its slope is ${percent} % of the largest, so ${unit} is saturated and hardly any error will come back through it.`,
		silent: (z: string, unit: string) =>
			`z = ${z} is not above 0, so f passes nothing on: ${unit} is silent for this sample.`,
		dead: (unit: string, n: number) =>
			`z is not above 0 for any of the ${samples(n)}: ${unit} is silent, its slope is 0, and nothing behind it can learn through it.`,
		termPush: (place: number, of: number, unit: string, value: string) =>
			`Term ${place} of ${of}: it pushes ${unit} by ${value}. What is hatched comes after.`,
		termMessage: (place: number, of: number, unit: string, value: string) =>
			`Message ${place} of ${of}: it carries ${value} back to ${unit}. What is hatched comes after.`,
		termShare: (place: number, of: number, value: string) =>
			`Sample ${place} of ${of} adds ${value}. What is hatched comes after.`,
		computed: (unit: string) =>
			`${capital(unit)} is worked out from the numbers that reach it; its layer has no weights.`,
		activation: "The sum passes through f: what comes out is what the next layer sees.",
		probability: (unit: string, percent: string) =>
			`e to the power of its score, divided by the same of all classes: ${unit} gets ${percent} %, and all together 100 %.`,
		sigmoidProbability: "The score passes through a sigmoid and becomes a probability.",
		loss: "One number for all the errors of this batch. Everything after asks how each weight changes it.",
		lossMost: (what: string, percent: string) =>
			`One number for all the errors; ${what} makes ${percent} % of it. Everything after asks how each weight changes it.`,
		lossSample: (n: number) => `sample ${n}`,
		objective: "What the gradient goes down: the errors and, with weight decay, the cost of the weights.",
		decay: (percent: string) =>
			`Large weights cost extra: ${percent} % of J. This term is not in the error terms; the solver adds it to each gradient.`,
		errorOpen: (unit: string, target: string, value: string, percent: string) =>
			`${capital(unit)} should be ${target} and is ${value}. Its valve stands ${percent} % open, so the error passes almost as well as f ever lets it.`,
		errorPartly: (unit: string, target: string, value: string, percent: string) =>
			`${capital(unit)} should be ${target} and is ${value}. Its valve stands ${percent} % open: that much of the error passes, of what f can pass at most.`,
		errorNarrow: (unit: string, target: string, value: string, percent: string) =>
			`${capital(unit)} should be ${target} and is ${value}. But its valve stands only ${percent} % open, so hardly any of the error gets through.`,
		errorShut: (unit: string, target: string, value: string) =>
			`${capital(unit)} should be ${target} and is ${value}. But f is flat here: the valve is closed and nothing gets through.`,
		errorNone: (unit: string) => `${capital(unit)} is exactly what it should be: no error, so no δ.`,
		fused: (unit: string, target: string, value: string) =>
			`${capital(unit)} should be ${target} and is ${value}. The cross-entropy is fused to what makes the probability, so the error itself is δ: no valve.`,
		linearOutput: (unit: string, target: string, value: string) =>
			`${capital(unit)} should be ${target} and is ${value}. No activation, so no valve: the error itself is δ.`,
		pullOne: (unit: string, percent: string) =>
			`${capital(unit)} answers for the error behind it only as far as its weight carries it there, and as far as its own slope lets it change: ${percent} % of it arrives.`,
		pullTogether: (n: number, unit: string, percent: string) =>
			`${n === 2 ? "Both messages pull" : `All ${counted(n)} messages pull`} ${unit} the same way; its valve, ${percent} % open, lets the sum through.`,
		pullApart: (up: number, down: number, unit: string, percent: string) =>
			`${capital(counted(up))} of the messages ${up === 1 ? "pulls" : "pull"} ${unit} up, ${counted(down)} ${down === 1 ? "pulls" : "pull"} it down; they partly cancel, and what is left passes a valve ${percent} % open.`,
		pullOutputs: (high: string, low: string, unit: string, percent: string) =>
			`${capital(high)} is too high and ${low} too low: their pulls on ${unit} partly cancel. What is left passes its valve, ${percent} % open.`,
		pullNarrow: (from: string, unit: string, a: string, percent: string) =>
			`${capital(from)} pulls hardest. But ${unit} is saturated at a = ${a}: its valve stands only ${percent} % open, so hardly anything passes.`,
		pullShut: (unit: string, z: string) =>
			`Whatever comes back to ${unit} meets a closed valve: at z = ${z} f is flat, so nothing passes.`,
		pullLinear: (unit: string) =>
			`The messages add up at ${unit}; without an activation there is no valve, and the sum is δ.`,
		pullNothing: (unit: string) => `Nothing comes back to ${unit}: every message is exactly 0.`,
		pull: "Each weight carries an error term back; their sum is how the loss changes with a.",
		gradientOne: (isBias: boolean) =>
			isBias
				? "A bias is a weight from a unit that is always 1, so its gradient is the error term itself."
				: "What came in along the weight, times the error term it ran into.",
		gradientAgree: (n: number, isBias: boolean, lower: boolean) =>
			`${n === 2 ? "Both" : `All ${counted(n)}`} samples want this ${thing(isBias)} ${lower ? "lower" : "higher"}; nothing cancels.`,
		gradientSome: (voices: number, still: number, isBias: boolean, lower: boolean) =>
			`${capital(samples(voices))} ${voices === 1 ? "wants" : "want"} this ${thing(isBias)} ${lower ? "lower" : "higher"}; ${counted(still)} ${still === 1 ? "adds" : "add"} exactly 0.`,
		gradientSmall: (lower: number, higher: number, isBias: boolean) =>
			`${capital(samples(lower))} ${lower === 1 ? "wants" : "want"} this ${thing(isBias)} lower, ${counted(higher)} higher, so little is left of their sum.`,
		gradientSplit: (lower: number, higher: number, isBias: boolean, goesLower: boolean) =>
			`${capital(samples(lower))} ${lower === 1 ? "wants" : "want"} this ${thing(isBias)} lower, ${counted(higher)} higher; on balance it should go ${goesLower ? "down" : "up"}.`,
		gradientZero: (isBias: boolean) =>
			`Every share is exactly 0: nothing came in, or nothing came back. This ${thing(isBias)} does not move.`,
		share: (n: number) => `Sample ${n} alone: what came in, times what comes back.`,
		shareNothingIn: (n: number) => `In sample ${n} exactly 0 came in, so this weight had no say there.`,
		shareNothingBack: (n: number) => `In sample ${n} exactly 0 comes back: there is nothing to answer for.`,
		shareBias: (n: number) => `Sample ${n} alone: a bias is fed by 1, so its share is the error term itself.`,
		clipInside: (n: number, norm: string, bound: string) =>
			`All ${n} gradients as one long vector: its length ${norm} is within the bound ${bound}, so nothing is clipped.`,
		clipBeyond: (n: number, norm: string, bound: string) =>
			`All ${n} gradients as one long vector: its length ${norm} is beyond the bound ${bound}, so all of them are scaled down alike.`,
		clipped: "The same factor for every parameter, so the direction stays.",
		normalized: "The gradient was summed over several passes; now it is their mean.",
		regularized: "Decay adds a pull towards 0, in proportion to the parameter.",
		regularizedL1: "Decay adds a pull towards 0, of the same size whatever the parameter is.",
		historyFirst: "The first step has nothing to remember: it is the rate times the gradient.",
		history: "A part of the last step is kept, and the rate times the gradient is added.",
		historyMostly: (n: number) =>
			`Most of this step is momentum: the history of ${counted(n)} earlier ${n === 1 ? "step" : "steps"} carries it on.`,
		historyPlain: "No momentum: the step is the rate times the gradient.",
		update: "What will be subtracted.",
		afterDown: (isBias: boolean, step: string) =>
			`Raising this ${thing(isBias)} would raise the loss, so it goes down, by ${step}.`,
		afterUp: (isBias: boolean, step: string) =>
			`Raising this ${thing(isBias)} lowers the loss, so it goes up, by ${step}.`,
		afterMomentum: (n: number, step: string) =>
			`The history of ${counted(n)} earlier ${n === 1 ? "step" : "steps"} weighs more than this iteration's gradient; together they move it by ${step}.`,
		afterStill: "The step is exactly 0: the new value is the old one.",
		before: "Where this parameter stands at the start of the iteration.",
		againDown: (by: string) => `The same samples with the new parameters: the loss went down by ${by}.`,
		againUp: (by: string) =>
			`The same samples with the new parameters: the loss went up by ${by}. The step was too long.`,
		againSame: "The same samples with the new parameters: the loss is the same.",
		againOther: "Computed by one more forward pass with the new parameters. It leaves nothing behind.",
		setting:
			"Chosen by whoever set up the solver, under Net & solver. From the iteration on in which it is changed it holds for every step.",
		slope: (percent: string) =>
			`The derivative of f at this z: ${percent} % of the largest slope f has. The wider, the more error passes.`,
		push: "What came in, times its weight: one of the terms that pile up to z.",
		message: "The error term behind the edge, times its weight: what this edge carries back.",
		gapHigh: "What it is, minus what it should be: it is too high.",
		gapLow: "What it is, minus what it should be: it is too low.",
		squared: "Squaring counts too high and too low alike, and large gaps more than their share.",
		rest: "The terms that are too small to be listed, added up.",
		part: "It is worked out where it stands, from the numbers below.",
		given: "It comes from outside and is explained by nothing else here.",
		notComputed: "Caffe does not compute this number in this net: nothing needs it.",
		fixed: "lr_mult is 0: this parameter is never updated, and its gradient is not computed.",
	},
	ranges: { sigmoid: "(0, 1)", tanh: "(−1, 1)" },
	origin: {
		given: "given",
		sample: (n: number) => `given: sample ${n}`,
		theSample: "given: the one sample",
		start: "start value",
		edited: "set by you",
		setting: "solver setting",
		solver: (iteration: number) => `set by the solver, iteration ${iteration}`,
		fixed: "never updated",
		never: "not computed in this net",
		place: (phase: string, unit: string) => `${phase}, ${unit}`,
		ofSample: (place: string, n: number) => `${place}, sample ${n}`,
	},
	narration: {
		step: (place: number, of: number, phase: string) => `Step ${place} of ${of}, ${phase}.`,
		iteration: (n: number) => `Iteration ${n}.`,
		sentence: (place: string, what: string) => `${capital(place)}: ${what}.`,
		quantity: {
			input: "input",
			target: "target",
			z: "pre-activation",
			a: "activation",
			delta: "delta",
			pull: "pulled-back error",
			weight: "weight",
			bias: "bias",
			gradient: "gradient",
			history: "history",
			step: "step",
			after: "new value",
			share: "share",
			probability: "probability",
			loss: "loss",
			norm: "length of the gradient",
			slope: "slope",
			setting: "setting",
		},
		is: (name: string, how: string, value: string) =>
			how === "" ? `${name} is ${value}` : `${name} is ${how}, equals ${value}`,
		plus: "plus",
		minus: "minus",
		times: "times",
		over: "divided by",
		squared: (value: string) => `${value} squared`,
		root: (value: string) => `the square root of ${value}`,
		sumOf: (n: number) => `the sum of ${n} terms`,
		of: (name: string, value: string) => `${name} of ${value}`,
		slopeValue: (value: string) => `slope ${value}`,
		unknown: "not known yet",
		whole: (what: string) => `${what} done`,
		values: (name: string, values: string) => `${name} ${values}`,
		andMore: (n: number) => `and ${n} more`,
		lossBecame: (before: string, after: string) => `the loss went from ${before} to ${after}`,
		term: (n: number, of: number) => `term ${n} of ${of}`,
		adds: (how: string, value: string) => `${how}, equals ${value}`,
		listJoin: ", ",
		given: "all that is given",
		stopped: "stopped, this number is not finite",
	},
	conventions: {
		ufldl: {
			output: "UFLDL: J is ½ Σ (a − y)²; the ½ cancels the 2, so ∂J/∂a = a − y. δ is that of one sample.",
			outputFused:
				"UFLDL writes softmax regression with the same p − y. δ is that of one sample; the mean comes later.",
			delta: "UFLDL: δ is that of one sample; the mean over the batch comes later, in the gradient.",
			gradient: "UFLDL adds λW here; this page does it in the solver, where Caffe does.",
			history: "UFLDL has no momentum; v is Caffe's history, with α inside it.",
			loss: "UFLDL: the mean over the samples stands outside the one-half squared error.",
			decay: "UFLDL: decay on W, not on b (decay_mult 0).",
			none: "",
		},
		caffe: {
			output: "Caffe: the loss layer has divided by the batch already; this is ∂loss/∂z of the whole batch's mean.",
			outputFused: "Caffe: the loss layer has divided by the batch already and hands on p − y, over N.",
			delta:
				"Caffe: bottom.diff = top.diff · W is overwritten; the activation layer then multiplies by f′. Counted from 0.",
			gradient: "Caffe: parameter diffs accumulate (+=); 1/N is in the diffs already.",
			history: "Caffe: the rate stands inside the history.",
			loss: "Caffe: Σ/(2N) inside the layer; decay is no part of the loss it prints.",
			decay: "Caffe: decay applies to biases too, unless decay_mult is 0.",
			none: "",
		},
		pytorch: {
			output: "PyTorch: what z.grad would hold with retain_grad(), for a loss of the same mean.",
			outputFused: "PyTorch: the loss takes the scores themselves; this is what z.grad would hold with retain_grad().",
			delta: "PyTorch: what z.grad would hold with retain_grad(). Counted from 0.",
			gradient: "PyTorch: weight.grad is this number when the loss is the same mean; it accumulates until zero_grad().",
			history: "PyTorch: lr stands outside the buffer; buffer = history ÷ lr while lr is constant.",
			loss: "PyTorch: MSELoss has no ½; here the loss is ½ of the squared error's mean over the samples.",
			decay: "PyTorch: weight_decay applies to every parameter of the group, biases too.",
			none: "",
		},
	},
	/** Said of a δ in UFLDL's notation where a net has none of one sample. */
	wholeBatch: {
		inPlace:
			"UFLDL’s δ of one sample cannot be had here: the in-place layer’s gradient no longer carries 1/N as a factor. Shown is Caffe’s diff, of the whole batch’s loss.",
		severalLosses:
			"UFLDL knows one loss with one mean. This net adds up several, so what is shown is Caffe’s diff, of the whole batch’s weighted sum.",
	},
};
