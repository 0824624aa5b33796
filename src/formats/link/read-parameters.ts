import type { Parameter } from "./parameter-types.ts";
import { type ParameterKey, type ParameterValues, parameterKeys, parameters } from "./parameters.ts";

/** A value of a link that was not taken as it stands, and what is used instead. */
export type ParameterNotice =
	| { readonly code: "unknown"; readonly where: ParameterKey; readonly what: string; readonly instead: string }
	| { readonly code: "too-long" | "repeated"; readonly where: ParameterKey; readonly instead: string };

export interface ReadParameters {
	/** What was taken; a key that is absent or was refused is undefined. */
	readonly values: ParameterValues;
	readonly notices: readonly ParameterNotice[];
}

/** Enough of a refused value to recognise it. */
const SHOWN = 40;

function shorten(value: string): string {
	const letters = Array.from(value);
	return letters.length > SHOWN ? `${letters.slice(0, SHOWN).join("")}…` : value;
}

/** Bytes that were no UTF-8 behind their percent signs. */
const BROKEN = "\uFFFD";

type Target = { -readonly [K in ParameterKey]?: ParameterValues[K] };

/**
 * Reads what a query string, an element's attributes or a message give. Never throws: what is not understood is left
 * out and listed. Keys that are not ours are ignored, for pages and learning platforms add their own.
 * @param given every value given for a key, in order
 */
export function readParametersFrom(given: (key: ParameterKey) => readonly string[]): ReadParameters {
	const values: Target = {};
	const notices: ParameterNotice[] = [];

	function read<K extends ParameterKey>(where: K, { type, longest, fallback }: Parameter<ParameterValues[K]>): void {
		const texts = given(where);
		const text = texts.at(-1);
		if (text === undefined) return;
		if (text.length > longest) {
			notices.push({ code: "too-long", where, instead: fallback });
			return;
		}
		const value = text.includes(BROKEN) ? undefined : type.parse(text);
		if (value === undefined) {
			notices.push({ code: "unknown", where, what: shorten(text), instead: fallback });
			return;
		}
		values[where] = value;
		if (texts.length > 1) notices.push({ code: "repeated", where, instead: shorten(text) });
	}

	for (const key of parameterKeys) read(key, parameters[key]);
	return { values, notices };
}

/** Reads a page's query. */
export function readParameters(query: string): ReadParameters {
	const given = new URLSearchParams(query);
	return readParametersFrom((key) => given.getAll(key));
}
