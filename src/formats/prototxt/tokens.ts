import { FormatError } from "./problem.ts";

export interface Token {
	readonly kind: "identifier" | "number" | "string" | "punctuation" | "end";
	readonly text: string;
	/** A string's content, to be joined and decoded by {@link decodeString}; a number's value. */
	readonly value: string | number;
	readonly line: number;
	readonly column: number;
	/** The line in which it ends. */
	readonly endLine: number;
	/** What was passed over before it. */
	readonly comments: readonly Comment[];
}

/** A comment without its # and the space behind it. */
export interface Comment {
	readonly text: string;
	readonly line: number;
}

const NO_COMMENTS: readonly Comment[] = [];

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
	n: "\n",
	t: "\t",
	r: "\r",
	a: "\x07",
	b: "\b",
	f: "\f",
	v: "\v",
	"\\": "\\",
	"'": "'",
	'"': '"',
	"?": "?",
};

/** Bytes above 127 that an escape writes are kept apart until strings are joined: é may be written as two of them. */
const ESCAPED_BYTE = 0xdc00;
const ESCAPED_BYTES = /[\u{dc80}-\u{dcff}]+/gu;

const byte = (code: number) => String.fromCharCode(code < 128 ? code : ESCAPED_BYTE + code);

/** A string's content once all its parts are joined: bytes written by escapes are read as UTF-8. */
export function decodeString(content: string): string {
	return content.replace(ESCAPED_BYTES, (run) =>
		new TextDecoder().decode(Uint8Array.from(run, (character) => character.charCodeAt(0) - ESCAPED_BYTE)),
	);
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fF]?/y;

/**
 * Splits protobuf text format into tokens, one at a time, in time linear in the text. Comments go with the token behind them.
 * @throws FormatError `unexpected` or `unterminated-string` with the place
 */
export function createTokens(text: string) {
	let position = 0;
	let line = 1;
	let lineStart = 0;

	function skip(): readonly Comment[] {
		let comments: Comment[] | null = null;
		for (;;) {
			const code = text.charCodeAt(position);
			if (code === 10) {
				line++;
				lineStart = ++position;
			} else if (code === 32 || code === 9 || code === 13 || code === 11 || code === 12 || code === 0xfeff) position++;
			else if (code === 35) {
				const end = text.indexOf("\n", position);
				const stop = end < 0 ? text.length : end;
				const content = text.slice(position + 1, stop).replace(/^ |\s+$/g, "");
				comments ??= [];
				comments.push({ text: content, line });
				position = stop;
			} else return comments ?? NO_COMMENTS;
		}
	}

	function match(pattern: RegExp): string | null {
		pattern.lastIndex = position;
		return pattern.exec(text)?.[0] ?? null;
	}

	function readString(quote: string): string {
		const place = { line, column: position - lineStart + 1 };
		let content = "";
		position++;
		for (;;) {
			const character = text[position];
			if (character === undefined || character === "\n")
				throw new FormatError({ code: "unterminated-string", ...place });
			if (character === quote) {
				position++;
				return content;
			}
			content += character === "\\" ? readEscape() : character;
			if (character !== "\\") position++;
		}
	}

	function refuse(found: string, expected: string): never {
		throw new FormatError({ code: "unexpected", found, expected, line, column: position - lineStart + 1 });
	}

	function readEscape(): string {
		const rest = text.slice(position + 1, position + 10);
		const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
		if (octal !== undefined) {
			position += 1 + octal.length;
			return byte(Number.parseInt(octal, 8) & 0xff);
		}
		const hex = /^[xX]([0-9a-fA-F]{1,2})/.exec(rest)?.[1];
		if (hex !== undefined) {
			position += 2 + hex.length;
			return byte(Number.parseInt(hex, 16));
		}
		const point = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
		if (point !== null) {
			const code = Number.parseInt(point[1] ?? point[2], 16);
			if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) refuse(`\\${point[0]}`, "a code point");
			position += 1 + point[0].length;
			return String.fromCodePoint(code);
		}
		const simple = SIMPLE_ESCAPES[rest[0]];
		if (simple === undefined) refuse(`\\${rest.slice(0, 1)}`, "\\n, \\t, \\x41 …");
		position += 2;
		return simple;
	}

	function numberValue(digits: string): number {
		const plain = /^0[xX]/.test(digits) ? digits : digits.replace(/[fF]$/, "");
		if (/^0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8);
		return Number(plain);
	}

	/** The next token. */
	return function next(): Token {
		const comments = skip();
		const place = { line, column: position - lineStart + 1, endLine: line, comments };
		const character = text[position];
		if (character === undefined) return { kind: "end", text: "", value: "", ...place };
		if (character === '"' || character === "'") {
			const value = readString(character);
			return { kind: "string", text: value, value, ...place };
		}
		const word = match(WORD);
		if (word !== null) {
			position += word.length;
			return { kind: "identifier", text: word, value: word, ...place };
		}
		const digits = match(NUMBER);
		if (digits !== null) {
			position += digits.length;
			if (/[\w.]/.test(text[position] ?? "")) refuse(text[position], "a space after the number");
			return { kind: "number", text: digits, value: numberValue(digits), ...place };
		}
		if ("{}<>[]:,;-".includes(character)) {
			position++;
			return { kind: "punctuation", text: character, value: character, ...place };
		}
		refuse(character, "a field");
	};
}
