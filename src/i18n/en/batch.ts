const words = ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
const capital = (n: number) => words[n] ?? String(n);
const all = (n: number) => (n === 2 ? "Both" : `All ${small(n)}`);
const small = (n: number) => (words[n] ?? String(n)).toLowerCase();

export const batch = {
	caption: "The samples of this batch, with the numbers of this step",
	sample: "Sample",
	bringToFront: (n: number) => `Bring sample ${n} to the front`,
	inFront: "in front",
	bar: "bar",
	lossOfSample: "its loss",
	lossAfter: "its loss, new parameters",
	totals: {
		sum: "Sum",
		sumOfPass: (pass: number, passes: number) => `Sum of pass ${pass} of ${passes}`,
		mean: (samples: number) => `÷ ${samples}: the mean`,
		gradient: "All passes: the gradient",
		loss: "Loss of the batch",
		lossAfter: "With the new parameters",
	},
	votes: (parameter: string, lower: number, higher: number) => {
		if (lower === 0 && higher === 0) return `No sample moves ${parameter}.`;
		if (higher === 0) return lower === 1 ? `One wants ${parameter} lower.` : `${all(lower)} want ${parameter} lower.`;
		if (lower === 0)
			return higher === 1 ? `One wants ${parameter} higher.` : `${all(higher)} want ${parameter} higher.`;
		return `${capital(lower)} ${lower === 1 ? "wants" : "want"} ${parameter} lower, ${small(higher)} higher.`;
	},
	votesWithRest: (sentence: string, rest: number) => `${sentence} For ${small(rest)} it does not matter.`,
	noShares: "The solver leaves this parameter alone, so its gradient is not computed.",
	earlier: "Earlier samples",
	later: "Later samples",
	range: (from: number, to: number, of: number) => `Samples ${from}–${to} of ${of}`,
	pass: (pass: number, passes: number) => `Pass ${pass} of ${passes}: each pass has its own batch.`,
};
