import { ImportError } from "./problem.ts";

export const SEPARATORS = [",", ";", "\t", "|", " "] as const;
export type Separator = (typeof SEPARATORS)[number];
export type DecimalMark = "." | ",";

/** How a table is written. */
export interface CsvForm {
	readonly separator: Separator;
	readonly decimal: DecimalMark;
	readonly header: boolean;
}

export interface CsvColumn {
	readonly name: string;
	/** Whether most of its cells are numbers; words can only be classes. */
	readonly kind: "number" | "word";
}

export interface CsvTable {
	readonly form: CsvForm;
	readonly columns: readonly CsvColumn[];
	readonly rows: readonly CsvRow[];
}

export interface CsvRow {
	/** The line it begins in. */
	readonly line: number;
	readonly cells: readonly string[];
}

/** Cells a page can hold, show and train on. */
export const MOST_CELLS = 1_000_000;
/** So many rows decide how a table is written. */
const LOOKED_AT = 50;

/** Rows of cells; quoted cells may hold separators and line breaks. Empty lines are passed over. */
function split(text: string, separator: Separator, most = Number.POSITIVE_INFINITY): readonly CsvRow[] {
	const rows: CsvRow[] = [];
	let cells: string[] = [];
	let cell = "";
	let line = 1;
	let begun = 1;
	let count = 0;
	const endRow = () => {
		cells.push(cell.trim());
		const row = separator === " " ? cells.filter((word) => word !== "") : cells;
		if (row.some((word) => word !== "")) rows.push({ line: begun, cells: row });
		count += row.length;
		if (count > MOST_CELLS) throw new ImportError({ code: "csv-cells", found: count, limit: MOST_CELLS });
		cells = [];
		cell = "";
		begun = line;
	};
	for (let k = 0; k < text.length && rows.length < most; k++) {
		const letter = text[k];
		if (letter === '"' && cell.trim() === "") {
			const opened = line;
			cell = "";
			for (k++; ; k++) {
				if (k >= text.length) throw new ImportError({ code: "csv-quote", line: opened });
				if (text[k] === "\n") line++;
				if (text[k] !== '"') cell += text[k];
				else if (text[k + 1] === '"') cell += text[k++];
				else break;
			}
		} else if (letter === separator) {
			cells.push(cell.trim());
			cell = "";
		} else if (letter === "\n" || letter === "\r") {
			if (letter === "\r" && text[k + 1] === "\n") k++;
			line++;
			endRow();
		} else {
			cell += letter;
		}
	}
	if (rows.length < most && (cell !== "" || cells.length > 0)) endRow();
	return rows;
}

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number in a cell; null where it holds none. */
export function numberIn(cell: string, decimal: DecimalMark): number | null {
	const plain = (decimal === "," ? cell.replace(",", ".") : cell).replace(/^\u2212/, "-");
	if (!PLAIN.test(plain)) return null;
	const value = Number(plain);
	return Number.isFinite(value) ? value : null;
}

const isNumber = (cell: string, decimal: DecimalMark) => numberIn(cell, decimal) !== null;

/** How well a table reads in a form: rows of one width count, then numbers, then columns. */
function fitOf(rows: readonly CsvRow[], decimal: DecimalMark): number {
	const width = rows[0]?.cells.length ?? 0;
	const even = rows.filter(({ cells }) => cells.length === width).length / Math.max(1, rows.length);
	const cells = rows.flatMap((row) => row.cells);
	const numbers = cells.filter((cell) => isNumber(cell, decimal)).length / Math.max(1, cells.length);
	return even * (width > 1 ? 2 : 1) + numbers + Math.min(width, 20) / 1000;
}

function hasHeader(rows: readonly CsvRow[], decimal: DecimalMark): boolean {
	const [first, ...rest] = rows;
	if (first === undefined || rest.length === 0) return false;
	return first.cells.some(
		(cell, column) =>
			!isNumber(cell, decimal) &&
			rest.filter(({ cells }) => isNumber(cells[column] ?? "", decimal)).length > rest.length / 2,
	);
}

/** Guesses how a table is written from its first rows. */
export function guessForm(text: string): CsvForm {
	const marks: readonly DecimalMark[] = [".", ","];
	const guesses = SEPARATORS.flatMap((separator) => {
		const rows = split(text, separator, LOOKED_AT);
		return marks
			.filter((decimal) => decimal !== separator)
			.map((decimal) => ({ separator, decimal, rows, fit: fitOf(rows, decimal) }));
	});
	const best = guesses.reduce((one, other) => (other.fit > one.fit + 1e-9 ? other : one));
	return { separator: best.separator, decimal: best.decimal, header: hasHeader(best.rows, best.decimal) };
}

/**
 * Reads a table of samples, one a row. What is not said of its form is guessed.
 * @throws ImportError with the line where a row has another width or a quotation mark is never closed
 */
export function readCsv(text: string, wished: Partial<CsvForm> = {}): CsvTable {
	const bare = text.replace(/^\uFEFF/, "");
	const form = { ...guessForm(bare), ...wished };
	const all = split(bare, form.separator);
	const rows = form.header ? all.slice(1) : all;
	if (rows.length === 0) throw new ImportError({ code: "csv-empty" });
	const width = all[0].cells.length;
	const uneven = all.find(({ cells }) => cells.length !== width);
	if (uneven !== undefined) {
		throw new ImportError({ code: "csv-width", line: uneven.line, expected: width, found: uneven.cells.length });
	}
	const columns = Array.from({ length: width }, (_, column): CsvColumn => {
		const numbers = rows.filter(({ cells }) => isNumber(cells[column], form.decimal)).length;
		const name = form.header ? all[0].cells[column] : "";
		return { name: name === "" ? String(column + 1) : name, kind: numbers * 2 >= rows.length ? "number" : "word" };
	});
	return { form, columns, rows };
}
