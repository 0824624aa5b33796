import type { Field, FieldValue, Message } from "./text-format.ts";

const INDENT = "  ";

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
	const escaped = text.replace(/[\\"\u0000-\u001f\u007f]/g, (character) => {
		return ESCAPES[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
	});
	return `"${escaped}"`;
}

/** A number as text format writes it, with all its digits. */
export function numberText(value: number): string {
	if (Number.isNaN(value)) return "nan";
	if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
	return Object.is(value, -0) ? "-0" : String(value);
}

function valueText(value: Exclude<FieldValue, { readonly kind: "message" }>): string {
	switch (value.kind) {
		case "number":
			return numberText(value.value);
		case "string":
			return quoted(value.value);
		case "identifier":
			return value.value;
	}
}

const commentLine = (comment: string, indent: string) => `${indent}#${comment === "" ? "" : ` ${comment}`}\n`;

function printField({ name, value, comments, remark }: Field, indent: string): string {
	const above = comments.map((comment) => commentLine(comment, indent)).join("");
	const behind = remark === null ? "\n" : ` # ${remark}\n`;
	if (value.kind !== "message") return `${above}${indent}${name}: ${valueText(value)}${behind}`;
	return `${above}${indent}${name} {\n${printTextFormat(value.message, indent + INDENT)}${indent}}${behind}`;
}

/** A message as protobuf text format, a field a line, comments where they stood. What it prints reads back the same. */
export function printTextFormat({ fields, ending }: Message, indent = ""): string {
	const body = fields.map((field) => printField(field, indent)).join("");
	return body + ending.map((comment) => commentLine(comment, indent)).join("");
}

/** Fields that a program writes: without a place in a file and without comments. */
export function field(name: string, value: FieldValue): Field {
	return { name, value, line: 0, column: 0, comments: [], remark: null };
}

export const message = (fields: readonly Field[]): FieldValue => ({ kind: "message", message: { fields, ending: [] } });
export const number = (value: number): FieldValue => ({ kind: "number", value });
export const text = (value: string): FieldValue => ({ kind: "string", value });
export const word = (value: string): FieldValue => ({ kind: "identifier", value });
export const flag = (value: boolean): FieldValue => word(String(value));
