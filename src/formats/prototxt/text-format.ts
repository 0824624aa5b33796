import { FormatError } from "./problem.ts";
import { createTokens, decodeString, type Token } from "./tokens.ts";

/** A value as it stands in the file; what type it should have is the schema's to say. */
export type FieldValue =
	| { readonly kind: "number"; readonly value: number }
	| { readonly kind: "string"; readonly value: string }
	| { readonly kind: "identifier"; readonly value: string }
	| { readonly kind: "message"; readonly message: Message };

export interface Field {
	readonly name: string;
	readonly value: FieldValue;
	readonly line: number;
	readonly column: number;
}

/** Fields in the order of the file; a repeated field stands there several times. */
export interface Message {
	readonly fields: readonly Field[];
}

/** Deeper nesting is no net; a bound keeps an answer from taking the stack. */
const MAXIMUM_DEPTH = 64;
const MAXIMUM_LENGTH = 16 * 2 ** 20;
/** Ten times what the longest published nets have; more would only keep a person waiting. */
const MAXIMUM_FIELDS = 200_000;

const SPECIAL: ReadonlyMap<string, number> = new Map([
	["inf", Number.POSITIVE_INFINITY],
	["inff", Number.POSITIVE_INFINITY],
	["infinity", Number.POSITIVE_INFINITY],
	["nan", Number.NaN],
	["nanf", Number.NaN],
]);

const CLOSING: ReadonlyMap<string, string> = new Map([
	["{", "}"],
	["<", ">"],
]);

/**
 * Reads protobuf text format: comments, `name: value`, `name { … }`, `name: < … >`, lists, joined strings, any
 * separators. Source: the text-format language specification of Protocol Buffers.
 * @throws FormatError with line and column
 */
export function parseTextFormat(text: string): Message {
	if (text.length > MAXIMUM_LENGTH) {
		throw new FormatError({ code: "too-long", limit: MAXIMUM_LENGTH, found: text.length });
	}
	const next = createTokens(text);
	let token = next();
	let count = 0;

	const isAt = (mark: string) => token.kind === "punctuation" && token.text === mark;
	const isA = (kind: Token["kind"]) => token.kind === kind;

	const closingMark = () => (token.kind === "punctuation" ? CLOSING.get(token.text) : undefined);

	function take(): Token {
		const taken = token;
		token = next();
		return taken;
	}

	function refuse(expected: string): never {
		throw new FormatError({ code: "unexpected", found: token.text, expected, line: token.line, column: token.column });
	}

	function scalar(): FieldValue {
		if (token.kind === "string") {
			let value = "";
			while (token.kind === "string") value += String(take().value);
			return { kind: "string", value: decodeString(value) };
		}
		const negative = token.text === "-" && token.kind === "punctuation";
		if (negative) take();
		if (token.kind === "number") {
			const value = Number(take().value);
			return { kind: "number", value: negative ? -value : value };
		}
		if (token.kind !== "identifier") return refuse("a value");
		const word = take().text;
		const special = SPECIAL.get(word.toLowerCase());
		if (special !== undefined) return { kind: "number", value: negative ? -special : special };
		return negative ? refuse("a number") : { kind: "identifier", value: word };
	}

	function value(name: string, depth: number): FieldValue {
		if (++count > MAXIMUM_FIELDS) {
			throw new FormatError({ code: "too-many-fields", limit: MAXIMUM_FIELDS, line: token.line, column: token.column });
		}
		const closing = closingMark();
		if (closing === undefined) return scalar();
		const open = take();
		const message = body(depth + 1, closing, { name, line: open.line, column: open.column });
		return { kind: "message", message };
	}

	function body(depth: number, closing: string | null, owner: { name: string; line: number; column: number }): Message {
		if (depth > MAXIMUM_DEPTH) {
			throw new FormatError({ code: "too-deep", limit: MAXIMUM_DEPTH, line: token.line, column: token.column });
		}
		const fields: Field[] = [];
		for (;;) {
			while (isAt(",") || isAt(";")) take();
			if (isA("end")) {
				if (closing === null) return { fields };
				throw new FormatError({ code: "unclosed", field: owner.name, line: owner.line, column: owner.column });
			}
			if (closing !== null && isAt(closing)) {
				take();
				return { fields };
			}
			if (!isA("identifier")) refuse("a field");
			const { text: name, line, column } = take();
			if (isAt(":")) take();
			else if (closingMark() === undefined) refuse(": or {");
			for (const found of values(name, depth)) fields.push({ name, value: found, line, column });
		}
	}

	function values(name: string, depth: number): readonly FieldValue[] {
		if (!isAt("[")) return [value(name, depth)];
		const { line, column } = take();
		const list: FieldValue[] = [];
		while (!isAt("]")) {
			if (isA("end")) throw new FormatError({ code: "unclosed", field: name, line, column });
			list.push(value(name, depth));
			if (isAt(",")) take();
			else if (!isAt("]") && !isA("end")) refuse(", or ]");
		}
		take();
		return list;
	}

	return body(0, null, { name: "", line: 1, column: 1 });
}
