import type { ScalarReference } from "../engine/reference.ts";

/** Why a number may not be shown. */
export type ReadingStatus =
	| "known"
	/** Its stage lies after the cursor: hatched. */
	| "not-yet"
	/** Caffe does not compute it in this net. */
	| "not-computed"
	/** Infinite or not a number. */
	| "not-finite";

/**
 * What a view holds of a number: which scalar it is and whether it may be shown. The value is sealed: only the marks'
 * scales (`views/marks/`) and the number formatter (`explain/number-text.ts`) may import {@link valueOf}; a lint rule holds this.
 */
export interface Reading {
	/** The DOM's `data-ref`: `referenceText` of the scalar, or of a named reading's formula. */
	readonly id: string;
	readonly reference: ScalarReference | null;
	readonly status: ReadingStatus;
}

const values = new WeakMap<Reading, number>();

/** Seals a value. Called by the store's selectors only, with numbers from the trace. */
export function makeReading(
	id: string,
	reference: ScalarReference | null,
	status: "known" | "not-yet" | "not-computed",
	value: number,
): Reading {
	const reading: Reading = {
		id,
		reference,
		status: status === "known" && !Number.isFinite(value) ? "not-finite" : status,
	};
	if (status === "known") values.set(reading, value);
	return reading;
}

/** The sealed value; `undefined` unless the reading's status is `known` or `not-finite`. */
export function valueOf(reading: Reading): number | undefined {
	return values.get(reading);
}
