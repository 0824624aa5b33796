import { EngineError } from "../problem.ts";
import { canonicalAxis, countOf, type Shape, shapeText } from "../shape.ts";

/** A blob seen as `[outer, size, inner]` around one axis. */
export interface AxisView {
	readonly outer: number;
	readonly size: number;
	readonly inner: number;
}

export function axisView(shape: Shape, axis: number): AxisView {
	return { outer: countOf(shape, 0, axis), size: shape[axis], inner: countOf(shape, axis + 1) };
}

/** @throws EngineError `setting` where a shape has no such axis */
export function existingAxis(axis: number, shape: Shape, layer: string): number {
	const found = canonicalAxis(axis, shape.length);
	if (found >= 0 && found < shape.length) return found;
	const expected = `an axis of ${shapeText(shape)}`;
	throw new EngineError({ code: "setting", layer, setting: "axis", expected, found: String(axis) });
}

/** Where an element stands along the axis, and its flat index in a blob cut from `first` on to another size there. */
export function alongAxis(index: number, { size, inner }: AxisView) {
	const place = Math.floor(index / inner) % size;
	return {
		place,
		/** The same element's index in a blob whose axis has `otherSize` places and starts `shift` places later. */
		indexIn(otherSize: number, shift: number): number {
			const outer = Math.floor(index / (inner * size));
			return (outer * otherSize + place - shift) * inner + (index % inner);
		},
	};
}

/** Settings that name one axis, in the present spelling or as the older positive number. */
export function axisInForce(axis: number, older: number | undefined, axes: number): number {
	return older ?? canonicalAxis(axis, axes);
}

/** Copies a run of places along an axis from one blob into another. */
export function copyAlongAxis(
	from: Float64Array,
	fromView: AxisView,
	fromPlace: number,
	to: Float64Array,
	toView: AxisView,
	toPlace: number,
	places: number,
): void {
	const { outer, inner } = fromView;
	for (let o = 0; o < outer; o++) {
		const start = (o * fromView.size + fromPlace) * inner;
		to.set(from.subarray(start, start + places * inner), (o * toView.size + toPlace) * inner);
	}
}
