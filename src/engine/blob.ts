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

export function createBlob(name: string, shape: Shape): Blob {
	const count = countOf(shape);
	return { name, shape, count, data: new Float64Array(count), diff: new Float64Array(count) };
}
