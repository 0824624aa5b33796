import type { LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer } from "../settings.ts";
import { canonicalAxis, countOf, type Shape, shapeText } from "../shape.ts";

/** How a small blob is laid over a large one: from which axis, over how many (−1: all the rest, 0: one number). */
export const broadcastSettings = { axis: integer(1), num_axes: integer(1, { minimum: -1 }) };

export interface BroadcastSettings {
	readonly axis: number;
	readonly num_axes: number;
}

/** The large blob as `[outer, size, inner]`: one coefficient for each place of the middle. */
export interface Broadcast {
	readonly outer: number;
	readonly size: number;
	readonly inner: number;
}

/** The shape of coefficients of the layer's own. @throws EngineError where the bottom has no such axes */
export function coefficientShape({ axis, num_axes }: BroadcastSettings, bottom: Shape, layer: string): Shape {
	const first = canonicalAxis(axis, bottom.length);
	const end = num_axes < 0 ? bottom.length : first + num_axes;
	if (num_axes !== 0 && (first < 0 || end > bottom.length)) {
		const found = `${axis}, ${num_axes}`;
		throw new EngineError({ code: "setting", layer, setting: "axis", expected: shapeText(bottom), found });
	}
	return num_axes === 0 ? [] : bottom.slice(first, end);
}

/** @throws EngineError where coefficients from a second bottom do not lie over the first */
export function checkCoefficients(
	{ axis }: BroadcastSettings,
	bottom: Shape,
	coefficients: Shape,
	layer: string,
): void {
	const first = coefficients.length === 0 ? 0 : canonicalAxis(axis, bottom.length);
	if (first >= 0 && coefficients.every((size, k) => size === bottom[first + k])) return;
	throw new EngineError({
		code: "shape-mismatch",
		layer,
		what: "bottom",
		expected: shapeText(bottom.slice(Math.max(first, 0))),
		found: shapeText(coefficients),
	});
}

export function broadcastOf({ axis }: BroadcastSettings, bottom: Shape, coefficients: Shape): Broadcast {
	const first = coefficients.length === 0 ? 0 : canonicalAxis(axis, bottom.length);
	return {
		outer: countOf(bottom, 0, first),
		size: countOf(coefficients),
		inner: countOf(bottom, first + coefficients.length),
	};
}

/** Coefficients come from the second bottom, or are the layer's first parameter. */
export const coefficientBlob = (run: LayerRun<BroadcastSettings>) => run.bottoms[1] ?? run.parameters[0];

export const runBroadcast = (run: LayerRun<BroadcastSettings>) =>
	broadcastOf(run.settings, run.bottoms[0].shape, coefficientBlob(run).shape);

/** The coefficient over an element. */
export const coefficientIndex = ({ size, inner }: Broadcast, index: number) => Math.floor(index / inner) % size;

/** The elements under one coefficient in one row of the outer axes. */
export function elementsUnder({ size, inner }: Broadcast, coefficient: number, row: number): readonly number[] {
	return Array.from({ length: inner }, (_, k) => (row * size + coefficient) * inner + k);
}

/** For each coefficient the sum over all rows of the sums under it, either added to what is there or in its place. */
export function gatherUnder(
	{ outer, size, inner }: Broadcast,
	value: (index: number) => number,
	into: Float64Array,
	overwrite: boolean,
): void {
	for (let c = 0; c < size; c++) {
		let total = 0;
		for (let row = 0; row < outer; row++) {
			let own = 0;
			for (let i = (row * size + c) * inner; i < (row * size + c + 1) * inner; i++) own += value(i);
			total += own;
		}
		into[c] = overwrite ? total : into[c] + total;
	}
}
