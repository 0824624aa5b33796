import * as v from "valibot";

/** JSON knows neither −0 nor what is not finite: these are written as words, so that every double comes back bit for bit. */
const WORDS: ReadonlyMap<string, number> = new Map([
	["-0", -0],
	["NaN", Number.NaN],
	["Infinity", Number.POSITIVE_INFINITY],
	["-Infinity", Number.NEGATIVE_INFINITY],
]);

export type WrittenNumber = number | string;

export function writeNumber(value: number): WrittenNumber {
	if (Number.isNaN(value)) return "NaN";
	if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
	return Object.is(value, -0) ? "-0" : value;
}

export const writeNumbers = (values: ArrayLike<number>): WrittenNumber[] => Array.from(values, writeNumber);

/** A number as {@link writeNumber} writes it. */
export const exactNumber = v.union([
	v.number(),
	v.pipe(
		v.picklist([...WORDS.keys()]),
		v.transform((word) => WORDS.get(word) ?? Number.NaN),
	),
]);
