import type { Expression } from "../engine/expression.ts";
import { expressionText } from "../engine/expression-text.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";

/** Why a number may not be shown. */
export type ReadingStatus =
	| "known"
	/** Its stage lies after the cursor: hatched. */
	| "not-yet"
	/** Caffe does not compute it in this net. */
	| "not-computed"
	/** Infinite or not a number. */
	| "not-finite";

/** What a number can be asked about: a scalar of the trace, or a part of a formula, made of such scalars. */
export type Subject = ScalarReference | { readonly kind: "derived"; readonly expression: Expression };

/**
 * What a view holds of a number: what it stands for and whether it may be shown. The value is sealed: only the marks'
 * scales (`views/marks/`) and the number formatter (`explain/number-text.ts`) may import {@link valueOf}; a lint rule holds this.
 */
export interface Reading {
	/**
	 * The DOM's `data-ref`: `referenceText` of a recorded scalar; for a notation's own quantity and for a part of a
	 * formula the expression over recorded scalars that gives it. Empty on samples, which stand for nothing.
	 */
	readonly id: string;
	/** Null on samples. */
	readonly subject: Subject | null;
	readonly status: ReadingStatus;
}

const values = new WeakMap<Reading, number>();

/** Seals a value. Called by the store's selectors only, with numbers from the trace. */
export function makeReading(
	id: string,
	subject: Subject | null,
	status: "known" | "not-yet" | "not-computed",
	value: number,
): Reading {
	const reading: Reading = {
		id,
		subject,
		status: status === "known" && !Number.isFinite(value) ? "not-finite" : status,
	};
	if (status === "known") values.set(reading, value);
	return reading;
}

/** The sealed value; `undefined` unless the reading's status is `known` or `not-finite`. */
export function valueOf(reading: Reading): number | undefined {
	return values.get(reading);
}

const texts = new WeakMap<Expression, string>();

/** A subject as one word, for keys and comparisons. */
export function subjectText(subject: Subject): string {
	if (subject.kind !== "derived") return referenceText(subject);
	const known = texts.get(subject.expression);
	if (known !== undefined) return known;
	const text = expressionText(subject.expression);
	texts.set(subject.expression, text);
	return text;
}
