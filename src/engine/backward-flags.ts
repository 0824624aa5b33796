import type { GraphLayer } from "./graph.ts";

export interface BackwardFlags {
	/** The layer runs backward. */
	readonly layer: boolean;
	/** Bottom i gets a diff. */
	readonly bottoms: readonly boolean[];
	/** Parameter i gets a diff. */
	readonly parameters: readonly boolean[];
}

interface FlagInput {
	readonly graph: readonly GraphLayer[];
	/** lr_mult of each layer's parameters as its own `param` writes it, 1 where it writes none. */
	readonly lrMults: readonly (readonly number[])[];
	readonly lossWeights: readonly (readonly number[])[];
	readonly forceBackward: boolean;
}

/** Which layers, bottoms and parameters Caffe computes a diff for. Source: caffe-semantics, 1, "Backward flags". */
export function backwardFlags({ graph, lrMults, lossWeights, forceBackward }: FlagInput): readonly BackwardFlags[] {
	const needed = new Map<string, boolean>();
	const flags = graph.map(({ specification }, index) => {
		const bottoms = specification.bottoms.map((bottom, slot) => {
			const written = specification.propagateDown?.[slot];
			return written ?? needed.get(bottom) ?? false;
		});
		const layer =
			specification.bottoms.some((bottom) => needed.get(bottom) ?? false) || lrMults[index].some((m) => m !== 0);
		for (const top of specification.tops) needed.set(top, layer);
		return { layer, bottoms, parameters: lrMults[index].map((m) => m !== 0) };
	});

	const underLoss = new Set<string>();
	const skipped = new Set<string>();
	for (let index = graph.length - 1; index >= 0; index--) {
		const { specification } = graph[index];
		const { tops } = specification;
		const contributes = lossWeights[index].some((weight) => weight !== 0) || tops.some((top) => underLoss.has(top));
		const skip = tops.length > 0 && tops.every((top) => skipped.has(top));
		if (!contributes || (flags[index].layer && skip)) {
			flags[index].layer = false;
			flags[index].bottoms.fill(false);
		}
		specification.bottoms.forEach((bottom, slot) => {
			if (contributes) underLoss.add(bottom);
			if (!flags[index].bottoms[slot]) skipped.add(bottom);
		});
	}

	if (!forceBackward) return flags;
	return flags.map(({ bottoms, parameters }, index) => ({
		layer: true,
		bottoms: bottoms.map((flag, slot) => flag || !graph[index].definition.labelBottoms.includes(slot)),
		parameters: parameters.map(() => true),
	}));
}
