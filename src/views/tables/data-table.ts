import { dataValue } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { type Symbol, symbolLine } from "../../explain/symbol.ts";

/** A name of a row or column: words, or a symbol of the notation. */
export type Name = string | Symbol;

/** What stands in a cell: words, or numbers. */
export type Entry = string | readonly Reading[];

export interface DataRow {
	readonly key: string;
	readonly name: Name;
	readonly entries: readonly Entry[];
}

/** A table whose rows are made on demand: long ones are shown a page at a time. */
export interface DataTable {
	readonly id: string;
	readonly caption: string;
	/** The first names the rows. */
	readonly columns: readonly Name[];
	readonly count: number;
	row(place: number): DataRow;
}

export const nameText = (name: Name): string => (typeof name === "string" ? name : symbolLine(name));

/** What stands in a copied cell for a number that may not be shown. */
export interface Unshown {
	readonly notYet: string;
	readonly notComputed: string;
}

function entryText(entry: Entry, unshown: Unshown): string {
	if (typeof entry === "string") return entry;
	return entry
		.map((reading) => dataValue(reading) ?? (reading.status === "not-computed" ? unshown.notComputed : unshown.notYet))
		.join("; ");
}

function lines(table: DataTable, from: number, to: number, unshown: Unshown): readonly (readonly string[])[] {
	return [
		table.columns.map(nameText),
		...Array.from({ length: to - from }, (_, place) => {
			const { name, entries } = table.row(from + place);
			return [nameText(name), ...entries.map((entry) => entryText(entry, unshown))];
		}),
	];
}

const csvField = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows `from` … `to` (exclusive) as comma-separated values (RFC 4180), numbers with all their digits. */
export function csvOf(table: DataTable, unshown: Unshown, from = 0, to = table.count): string {
	return lines(table, from, to, unshown)
		.map((line) => `${line.map(csvField).join(",")}\r\n`)
		.join("");
}

const markdownField = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("*", "\\*");

/** The same as a Markdown table under its caption. */
export function markdownOf(table: DataTable, unshown: Unshown, from = 0, to = table.count): string {
	const [head, ...rows] = lines(table, from, to, unshown).map((line) => `| ${line.map(markdownField).join(" | ")} |`);
	const rule = `| ${table.columns.map(() => "---").join(" | ")} |`;
	return `**${markdownField(table.caption)}**\n\n${[head, rule, ...rows].join("\n")}\n`;
}
