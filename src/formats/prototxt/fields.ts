import type { PlainSettings, PlainValue, Schema } from "../../engine/settings.ts";
import { nearest } from "../nearest.ts";
import { FormatError } from "./problem.ts";
import type { Field, Message } from "./text-format.ts";

/** Typed access to a message's fields, for the fixed parts of Caffe's files. */

function wrongType(field: Field, expected: string): never {
	const { name, line, column } = field;
	throw new FormatError({ code: "wrong-type", field: name, expected, line, column });
}

export function all(message: Message, name: string): readonly Field[] {
	return message.fields.filter((field) => field.name === name);
}

/** The last of a name wins, as protobuf says. */
export function last(message: Message, name: string): Field | undefined {
	return message.fields.findLast((field) => field.name === name);
}

export function numberOf(field: Field): number {
	return field.value.kind === "number" ? field.value.value : wrongType(field, "a number");
}

export function textOf(field: Field): string {
	return field.value.kind === "string" ? field.value.value : wrongType(field, "a text in quotes");
}

/** A word without quotes: an enumeration's name, or its number. */
export function wordOf(field: Field): string | number {
	if (field.value.kind === "identifier" || field.value.kind === "number") return field.value.value;
	return wrongType(field, "a name");
}

export function flagOf(field: Field): boolean {
	const { value } = field;
	if (value.kind === "identifier") {
		if (["true", "t", "True"].includes(value.value)) return true;
		if (["false", "f", "False"].includes(value.value)) return false;
	}
	if (value.kind === "number" && (value.value === 0 || value.value === 1)) return value.value === 1;
	return wrongType(field, "true or false");
}

export function messageOf(field: Field): Message {
	return field.value.kind === "message" ? field.value.message : wrongType(field, "{ … }");
}

function unknownField(
	{ name, line, column }: Pick<Field, "name" | "line" | "column">,
	known: readonly string[],
): FormatError {
	return new FormatError({ code: "unknown-field", field: name, near: nearest(name, known), line, column });
}

/** Names every field that is not in the list. */
export function checkFields(message: Message, known: readonly string[]): void {
	for (const { name, line, column } of message.fields) {
		if (!known.includes(name)) throw unknownField({ name, line, column }, known);
	}
}

/** A message as plain settings of a schema; ranges and defaults are the schema's own affair. */
export function plainSettings(message: Message, schema: Schema): PlainSettings {
	const plain: Record<string, PlainValue> = {};
	const lists: Record<string, PlainValue[]> = {};
	for (const field of message.fields) {
		const { name } = field;
		const described = Object.hasOwn(schema, name) ? schema[name] : undefined;
		if (described === undefined) throw unknownField(field, Object.keys(schema));
		const value = plainValue(field, described.type, described.fields ?? {});
		if (!described.repeated) plain[name] = value;
		else if (Object.hasOwn(lists, name)) lists[name].push(value);
		else lists[name] = [value];
	}
	return { ...plain, ...lists };
}

function plainValue(field: Field, type: Schema[string]["type"], fields: Schema): PlainValue {
	switch (type) {
		case "integer":
		case "float":
			return numberOf(field);
		case "boolean":
			return flagOf(field);
		case "choice":
			// Caffe writes some choices as texts (a filler's type), others as enumerations.
			return field.value.kind === "string" ? field.value.value : wordOf(field);
		case "string":
			return textOf(field);
		case "message":
			return plainSettings(messageOf(field), fields);
	}
}
