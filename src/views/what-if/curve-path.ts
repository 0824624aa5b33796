import type { CurvePoint } from "../../store/loss-curve.ts";

export interface PlotScale {
	x(value: number): number;
	y(loss: number): number;
}

type Span = readonly [from: number, to: number];

/** Takes the values of one span to the places of another. */
export function linear([from, to]: Span, [start, end]: Span): (value: number) => number {
	return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** Path data through the finite points; a gap where the loss is not finite. */
export function curvePath(points: readonly CurvePoint[], { x, y }: PlotScale): string {
	let path = "";
	let open = false;
	for (const { value, loss } of points) {
		if (loss !== null) path += `${open ? "L" : "M"}${x(value).toFixed(2)} ${y(loss).toFixed(2)}`;
		open = loss !== null;
	}
	return path;
}

/** Where the losses lie: from 0, or below where they are negative, to the largest. */
export function lossExtent(points: readonly CurvePoint[]): readonly [low: number, high: number] {
	const losses = points.flatMap(({ loss }) => (loss === null ? [] : [loss]));
	const low = losses.reduce((least, loss) => Math.min(least, loss), 0);
	const high = losses.reduce((most, loss) => Math.max(most, loss), 0);
	return high > low ? [low, high] : [low, low + 1];
}

/** The tangent through a point: as far to both sides as half its width, in values. */
export function tangent(
	at: { readonly value: number; readonly loss: number },
	rise: number,
	half: number,
): readonly [CurvePoint, CurvePoint] {
	return [
		{ value: at.value - half, loss: at.loss - rise * half },
		{ value: at.value + half, loss: at.loss + rise * half },
	];
}

/** At most so many points of the curve, evenly, first and last among them: for the table. */
export function thinned(points: readonly CurvePoint[], limit: number): readonly CurvePoint[] {
	if (points.length <= limit) return points;
	return Array.from({ length: limit }, (_, k) => points[Math.round((k * (points.length - 1)) / (limit - 1))]);
}
