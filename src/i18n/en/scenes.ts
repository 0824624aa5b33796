const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Scenes beside the network: the loss, the gradients, the solver. */
export const scenes = {
	gradients: {
		deck: "Samples as a deck of cards",
		sample: (n: number) => `Sample ${n}`,
		of: (n: number) => `of ${n}`,
		inputsOf: (n: number, all: number) => `the largest ${n} of ${all} inputs`,
		unitsOf: (n: number, all: number) => `${n} of ${all} units`,
		previousSample: "Previous sample to the front",
		nextSample: "Next sample to the front",
		table: (sample: string) => `What came in times what comes back, sample ${sample}`,
		biasColumn: "a = 1",
		strips: "How the gradients come together",
		heatMap: (unit: number) => `∂J/∂W into unit ${unit}`,
		share: (sample: number) => `Share of sample ${sample}:`,
		slivers: (n: number) => plural(n, "sliver", "slivers"),
		zeros: (samples: readonly number[], of: number) =>
			samples.length > 2
				? `${samples.length} of ${of} are 0`
				: `${samples.join(", ")} ${samples.length === 1 ? "is" : "are"} 0`,
		caption: { pile: "1 sliver", sum: "sum" },
		mean: (m: number) => `÷ ${m}, mean`,
		scaled: "× ω/D",
		passes: (n: number) => (n === 1 ? "pass 1" : `passes 1 … ${n}`),
		diamond: "Gradient:",
		input: (n: string) => `input ${n}`,
		weightNote: (input: string, unit: string) => `${input} into unit ${unit}`,
		biasNote: "a = 1",
		page: (n: number, of: number) => `${n} of ${of}, largest first`,
		previousPage: "Previous weights",
		nextPage: "Next weights",
		more: (n: number) => plural(n, "more weight", "more weights"),
		fixedBias: "The bias is not updated (lr_mult 0), so its gradient is not computed.",
		fixed: "Parameters with lr_mult 0 are not updated, so their gradients are not computed.",
	},
};
