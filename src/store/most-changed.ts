import type { IterationTrace } from "../engine/trace.ts";

/** Where two arrays differ most, ascending; of equals the first. Large nets have many numbers: nothing is made for each. */
export function mostChanged(before: ArrayLike<number>, after: ArrayLike<number>, count: number): readonly number[] {
	const most: { readonly index: number; readonly size: number }[] = [];
	let least = 0;
	for (let index = 0; index < before.length; index++) {
		const size = Math.abs(after[index] - before[index]);
		if (!(size > least)) continue;
		const place = most.findIndex((other) => size > other.size);
		most.splice(place === -1 ? most.length : place, 0, { index, size });
		if (most.length > count) most.pop();
		if (most.length === count) least = most[count - 1].size;
	}
	return most.map(({ index }) => index).sort((a, b) => a - b);
}

/** So many elements of each parameter's gradient and new value are looked at: the most changed. */
const OF_A_PARAMETER = 2;

const MOMENTS = ["gradient", "after"] as const;
export type ComparedMoment = (typeof MOMENTS)[number];

interface Compared {
	readonly before: Float64Array;
	readonly elements: readonly number[];
}

const compared = new WeakMap<Float64Array, Compared>();

/** The most changed elements of one parameter of an iteration. */
export function mostChangedElements(
	before: IterationTrace,
	after: IterationTrace,
	learnable: number,
	moment: ComparedMoment,
): readonly number[] {
	const [was, is] = [before.parameters[learnable][moment], after.parameters[learnable][moment]];
	const known = compared.get(is);
	if (known?.before === was) return known.elements;
	const elements = mostChanged(was, is, OF_A_PARAMETER);
	compared.set(is, { before: was, elements });
	return elements;
}

/** Finds {@link mostChangedElements} of all parameters ahead: a large net's take a while. Pauses after each. */
export function* compareParameters(before: IterationTrace, after: IterationTrace): Generator<void, void> {
	for (const learnable of after.parameters.keys()) {
		for (const moment of MOMENTS) {
			mostChangedElements(before, after, learnable, moment);
			yield;
		}
	}
}
