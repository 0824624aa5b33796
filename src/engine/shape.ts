/** Sizes of a blob's axes, outermost first: `[batch, channels, height, width]` or a part of it. `[]` is a scalar. */
export type Shape = readonly number[];

/** The number of elements in the axes `from … to − 1`. An empty range counts 1. */
export function countOf(shape: Shape, from = 0, to = shape.length): number {
	let count = 1;
	for (let axis = from; axis < to; axis++) count *= shape[axis];
	return count;
}

/** A negative axis counts from the end, as in Caffe. */
export function canonicalAxis(axis: number, axes: number): number {
	return axis < 0 ? axis + axes : axis;
}

export function sameShape(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

export function shapeText(shape: Shape): string {
	return `[${shape.join(", ")}]`;
}
