import { countOf, type Shape } from "./shape.ts";

/**
 * A value and its diff (the derivative of the loss with respect to it), row-major.
 * Buffers are allocated once per net and reused by every pass.
 */
export interface Blob {
	readonly name: string;
	readonly shape: Shape;
	readonly count: number;
	readonly data: Float64Array;
	readonly diff: Float64Array;
}

/** What a blob is, in the order in which a net's memory holds them. */
const PARTS = ["parameters", "tops", "internals", "inputs"] as const;
export type MemoryPart = (typeof PARTS)[number];

/** Up to this many numbers a net's data lie in one buffer and its diffs in another. */
const LARGEST_WHOLE = 2 ** 21;

/** All data and all diffs of a net, at the same places in both, part after part. */
export interface WholeMemory {
	readonly data: Float64Array;
	readonly diff: Float64Array;
	/** Those of the parameters. */
	readonly parameters: { readonly data: Float64Array; readonly diff: Float64Array };
	/** A stretch of either, from the beginning of one part to the end of another. */
	stretch(side: "data" | "diff", first: MemoryPart, last: MemoryPart): Float64Array;
}

/** Where a net's buffers come from. */
export interface Memory {
	/** Null where each blob has its own buffers. */
	readonly whole: WholeMemory | null;
	take(count: number, part: MemoryPart): { readonly data: Float64Array; readonly diff: Float64Array };
}

/** @param elements at most how many numbers will be taken of each part */
export function createMemory(elements: Readonly<Record<MemoryPart, number>>): Memory {
	const ends = PARTS.map((_, k) => PARTS.slice(0, k + 1).reduce((sum, part) => sum + elements[part], 0));
	const total = ends[ends.length - 1];
	if (total > LARGEST_WHOLE) {
		return { whole: null, take: (count) => ({ data: new Float64Array(count), diff: new Float64Array(count) }) };
	}
	const whole = { data: new Float64Array(total), diff: new Float64Array(total) };
	const parameters = {
		data: whole.data.subarray(0, elements.parameters),
		diff: whole.diff.subarray(0, elements.parameters),
	};
	const used = PARTS.map((part, k) => ends[k] - elements[part]);
	const firsts = [...used];
	return {
		whole: {
			...whole,
			parameters,
			stretch: (side, first, last) => whole[side].subarray(firsts[PARTS.indexOf(first)], ends[PARTS.indexOf(last)]),
		},
		take(count, part) {
			const from = used[PARTS.indexOf(part)];
			used[PARTS.indexOf(part)] += count;
			return { data: whole.data.subarray(from, from + count), diff: whole.diff.subarray(from, from + count) };
		},
	};
}

export function createBlob(name: string, shape: Shape, memory: Memory, part: MemoryPart): Blob {
	const count = countOf(shape);
	return { name, shape, count, ...memory.take(count, part) };
}
