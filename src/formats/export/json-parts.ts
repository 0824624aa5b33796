import { writeNumber } from "../model/numbers.ts";
import type { TextPart } from "./parts.ts";

/** What a JSON text is written from: numbers of an array stay where they are until their turn. */
export type JsonSource =
	| string
	| number
	| boolean
	| null
	| Float64Array
	| readonly JsonSource[]
	| { readonly [member: string]: JsonSource }
	/** Made when its turn comes. */
	| (() => JsonSource);

/** So many numbers are written in one go. */
const AT_ONCE = 1024;

const isList = (source: JsonSource): source is readonly JsonSource[] => Array.isArray(source);

/** A piece of a JSON text, and how many numbers of arrays stand in it. */
interface JsonPart {
	readonly text: string;
	readonly numbers: number;
}

const plain = (text: string): JsonPart => ({ text, numbers: 0 });

/**
 * A JSON text part by part. Numbers read back to the same bits: what JSON has no number for is a string. The members of
 * the outermost object stand on lines of their own.
 */
function* jsonParts(source: JsonSource, depth = 0): Generator<JsonPart> {
	const value = typeof source === "function" ? source() : source;
	if (value instanceof Float64Array) {
		yield plain("[");
		for (let from = 0; from < value.length; from += AT_ONCE) {
			const numbers = Array.from(value.subarray(from, from + AT_ONCE), (one) => JSON.stringify(writeNumber(one)));
			yield { text: `${from === 0 ? "" : ","}${numbers.join(",")}`, numbers: numbers.length };
		}
		yield plain("]");
	} else if (isList(value)) {
		yield plain("[");
		for (let k = 0; k < value.length; k++) {
			if (k > 0) yield plain(",");
			yield* jsonParts(value[k], depth + 1);
		}
		yield plain("]");
	} else if (typeof value === "object" && value !== null) {
		yield plain(depth === 0 ? "{\n" : "{");
		let isFirst = true;
		for (const [name, member] of Object.entries(value)) {
			const separator = isFirst ? "" : depth === 0 ? ",\n" : ",";
			yield plain(`${separator}${JSON.stringify(name)}:${depth === 0 ? " " : ""}`);
			isFirst = false;
			yield* jsonParts(member, depth + 1);
		}
		yield plain(depth === 0 ? "\n}\n" : "}");
	} else if (typeof value === "number") yield plain(JSON.stringify(writeNumber(value)));
	else yield plain(JSON.stringify(value));
}

/** A whole JSON text part by part, with how many of the numbers of its arrays are written. */
export function* jsonText(source: JsonSource, of: number): Generator<TextPart> {
	let done = 0;
	for (const { text, numbers } of jsonParts(source)) {
		done += numbers;
		yield { text, done: Math.min(done, of), of };
	}
}
