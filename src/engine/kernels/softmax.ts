import { exp } from "../numerics/exp.ts";

/**
 * Softmax along the middle axis of `[outer, classes, inner]`: the maximum is subtracted, then exp, then division by
 * the sum, each sum over ascending classes.
 */
export function softmax(
	input: Float64Array,
	output: Float64Array,
	outer: number,
	classes: number,
	inner: number,
): void {
	for (let o = 0; o < outer; o++) {
		for (let i = 0; i < inner; i++) {
			const first = o * classes * inner + i;
			const end = first + classes * inner;
			let largest = Number.NEGATIVE_INFINITY;
			for (let at = first; at < end; at += inner) {
				const x = input[at];
				if (x > largest || Number.isNaN(x)) largest = x;
			}
			let total = 0;
			for (let at = first; at < end; at += inner) {
				const e = exp(input[at] - largest);
				output[at] = e;
				total += e;
			}
			for (let at = first; at < end; at += inner) output[at] /= total;
		}
	}
}

/** The flat indices of all classes that compete with element `index`, in ascending order. */
export function competitors(index: number, classes: number, inner: number): readonly number[] {
	const outer = Math.floor(index / (classes * inner));
	const first = outer * classes * inner + (index % inner);
	return Array.from({ length: classes }, (_, c) => first + c * inner);
}
