import type { View } from "../../store/view.ts";
import { part } from "./linear-axis.ts";

/** How far what becomes known at a leaf has come at t: whole where it was known before this step, 0 where it is not yet. */
export function progressOf(view: View, leaf: number | null, t: number, from: number, to: number): number {
	if (leaf === null || leaf > view.cursor.leaf) return 0;
	return leaf < Math.min(view.node.first, view.cursor.leaf) ? 1 : part(t, from, to);
}

/**
 * Progress of each of a row of terms that arrive one after the other between `from` and `to`: those known before this
 * step stand, those of this step arrive in order, the rest are still to come.
 */
export function termProgress(
	view: View,
	first: number | null,
	count: number,
	t: number,
	from: number,
	to: number,
): readonly number[] {
	if (first === null) return Array.from({ length: count }, () => 0);
	const begin = Math.max(0, Math.min(view.node.first, view.cursor.leaf) - first);
	const end = Math.min(count, view.cursor.leaf - first + 1);
	const fresh = Math.max(1, end - begin);
	return Array.from({ length: count }, (_, place) => {
		if (place >= end) return 0;
		if (place < begin) return 1;
		const start = from + ((to - from) * (place - begin)) / fresh;
		return part(t, start, start + (to - from) / fresh);
	});
}

/** The same for terms of which a picture draws only some, by their places in the whole sum. */
export function drawnProgress(
	view: View,
	first: number | null,
	terms: readonly { readonly place: number; readonly count: number }[],
	t: number,
	from: number,
	to: number,
): readonly number[] {
	const count = terms.reduce((total, term) => total + term.count, 0);
	const all = termProgress(view, first, count, t, from, to);
	return terms.map(({ place }) => all[place] ?? 0);
}

export function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
