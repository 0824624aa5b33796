import { FormatError } from "./problem.ts";
import { type Comment, createTokens, decodeString, type Token } from "./tokens.ts";

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
	/** Comments in the lines above it, and behind it in its last line. */
	readonly comments: readonly string[];
	readonly remark: string | null;
}

/** Fields in the order of the file; a repeated field stands there several times. */
export interface Message {
	readonly fields: readonly Field[];
	/** Comments behind the last field. */
	readonly ending: readonly string[];
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
	/** Comments met and not yet given to a field, and the line in which the last token taken ends. */
	let held: Comment[] = [...token.comments];
	let lastLine = 0;

	const isAt = (mark: string) => token.kind === "punctuation" && token.text === mark;
	const isA = (kind: Token["kind"]) => token.kind === kind;

	const closingMark = () => (token.kind === "punctuation" ? CLOSING.get(token.text) : undefined);

	function take(): Token {
		const taken = token;
		token = next();
		lastLine = taken.endLine;
		if (token.comments.length > 0) held.push(...token.comments);
		return taken;
	}

	function takeComments(): readonly string[] {
		const comments = held.map(({ text: comment }) => comment);
		held = [];
		return comments;
	}

	/** What stands behind a field in its last line. */
	function takeRemark(): string | null {
		const line = lastLine;
		const remarks = held.filter((comment) => comment.line === line);
		if (remarks.length === 0) return null;
		held = held.filter((comment) => comment.line !== line);
		return remarks.map(({ text: comment }) => comment).join(" ");
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
				if (closing === null) return { fields, ending: takeComments() };
				throw new FormatError({ code: "unclosed", field: owner.name, line: owner.line, column: owner.column });
			}
			if (closing !== null && isAt(closing)) {
				const ending = takeComments();
				take();
				return { fields, ending };
			}
			if (!isA("identifier")) refuse("a field");
			const comments = takeComments();
			const { text: name, line, column } = take();
			if (isAt(":")) take();
			else if (closingMark() === undefined) refuse(": or {");
			const found = values(name, depth);
			const remark = takeRemark();
			found.forEach((one, place) => {
				const isLast = place === found.length - 1;
				fields.push({
					name,
					value: one,
					line,
					column,
					comments: place === 0 ? comments : [],
					remark: isLast ? remark : null,
				});
			});
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
