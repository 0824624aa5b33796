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

/** Up to this many numbers a net's data lie in one buffer and its diffs in another. */
const SMALL = 16384;

/** Where a net's buffers come from. */
export interface Memory {
	/** All data and all diffs of a small net, at the same places in both; null where each blob has its own buffers. */
	readonly whole: { readonly data: Float64Array; readonly diff: Float64Array } | null;
	take(count: number): { readonly data: Float64Array; readonly diff: Float64Array };
}

/** @param elements at most how many numbers will be taken */
export function createMemory(elements: number): Memory {
	if (elements > SMALL) {
		return { whole: null, take: (count) => ({ data: new Float64Array(count), diff: new Float64Array(count) }) };
	}
	const data = new Float64Array(elements);
	const diff = new Float64Array(elements);
	let used = 0;
	return {
		whole: { data, diff },
		take(count) {
			const from = used;
			used += count;
			return { data: data.subarray(from, used), diff: diff.subarray(from, used) };
		},
	};
}

export function createBlob(name: string, shape: Shape, memory: Memory): Blob {
	const count = countOf(shape);
	return { name, shape, count, ...memory.take(count) };
}
