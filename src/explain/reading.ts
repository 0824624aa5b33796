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

/** What is known of a row of numbers of one blob that are too many to be read one by one. */
export interface BlockReading {
	/** `referenceText` of the first. */
	readonly id: string;
	readonly first: BlockReference;
	readonly count: number;
	/** So many of them, from the first on, may be shown. */
	readonly known: number;
	/** Why the others may not. */
	readonly rest: "not-yet" | "not-computed";
	/** Gathered from wherever they stand: what is at each place; null where there is nothing, as beside an image. */
	readonly gathered?: readonly (BlockReference | null)[];
}

/** A scalar that is an element of an array. */
export type BlockReference = Extract<ScalarReference, { readonly index: number }>;

const readers = new WeakMap<BlockReading, (place: number) => number | undefined>();

/** Seals a row of values. Called by the store's selectors only. */
export function makeBlock(block: BlockReading, read: (place: number) => number | undefined): BlockReading {
	readers.set(block, read);
	return block;
}

/** The sealed value at a place of the row; `undefined` where it may not be shown. */
export function valueOfBlock(block: BlockReading, place: number): number | undefined {
	return place < block.known ? readers.get(block)?.(place) : undefined;
}

/** What stands at a place of the row. */
export function blockSubject({ first, gathered }: BlockReading, place: number): BlockReference | null {
	if (gathered !== undefined) return gathered[place] ?? null;
	return { ...first, index: first.index + place };
}

/** The place of a subject in the row; −1 where it stands elsewhere. */
export function placeInBlock(block: BlockReading, subject: Subject | null): number {
	if (subject === null || !("index" in subject)) return -1;
	if (block.gathered !== undefined) {
		const text = referenceText(subject);
		return block.gathered.findIndex((found) => found !== null && referenceText(found) === text);
	}
	const place = subject.index - block.first.index;
	return place >= 0 && place < block.count && referenceText({ ...subject, index: block.first.index }) === block.id
		? place
		: -1;
}
