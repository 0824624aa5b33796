import type { Cursor } from "../timeline/cursor.ts";

/** The part of a run that an author has locked the reader into; both ends are places where one can stand. */
export interface Range {
	readonly from: Cursor;
	/** Null where the run goes on as far as one likes. */
	readonly to: Cursor | null;
}

/** Negative where a place comes before another, positive where it comes after it. */
export function compareCursors(a: Cursor, b: Cursor): number {
	return a.iteration - b.iteration || a.leaf - b.leaf;
}

/** The place within the range that is nearest. */
export function nearestIn(range: Range | null, cursor: Cursor): Cursor {
	if (range === null) return cursor;
	if (compareCursors(cursor, range.from) < 0) return range.from;
	return range.to !== null && compareCursors(cursor, range.to) > 0 ? range.to : cursor;
}

export const isAtStart = (range: Range | null, cursor: Cursor): boolean =>
	compareCursors(cursor, range?.from ?? { iteration: 1, leaf: 0 }) <= 0;

export const isAtEnd = (range: Range | null, cursor: Cursor): boolean =>
	range !== null && range.to !== null && compareCursors(cursor, range.to) >= 0;

/** Whether no leaf of a stage can be stood at. */
export function isOutside(range: Range | null, iteration: number, first: number, last: number): boolean {
	if (range === null) return false;
	const endsBefore = compareCursors({ iteration, leaf: last }, range.from) < 0;
	return endsBefore || (range.to !== null && compareCursors({ iteration, leaf: first }, range.to) > 0);
}
