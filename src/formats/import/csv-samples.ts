import { type CsvTable, numberIn } from "./csv.ts";
import { ImportError } from "./problem.ts";

/** What a column of a table is for. A class is a name or a whole number; there is one such column at most. */
export const ROLES = ["input", "target", "class", "none"] as const;
export type Role = (typeof ROLES)[number];

/** Samples as a net's data take them: one after the other. */
export interface CsvSamples {
	readonly samples: number;
	readonly inputs: number;
	readonly values: Float64Array;
	readonly targets: number;
	/** The targets, or with `classes` one class index a sample. */
	readonly wanted: Float64Array;
	/** Names of the classes, in the order of their indices; null where the targets are numbers. */
	readonly classes: readonly string[] | null;
}

export const MOST_CLASSES = 256;

/** How many inputs and targets the net at hand has, and whether its target is a class. */
export interface WantedColumns {
	readonly inputs: number;
	readonly targets: number;
	readonly classes: boolean;
}

const isWhole = (cell: string) => /^\d{1,3}$/.test(cell);

/** Which column is what, as one would guess: as the net at hand has it where that fits, else the last is the target. */
export function guessRoles({ columns, rows }: CsvTable, wanted: WantedColumns | null): readonly Role[] {
	const last = columns.length - 1;
	const targets = wanted !== null && wanted.inputs + wanted.targets === columns.length ? wanted.targets : 1;
	const asClass =
		columns[last].kind === "word" ||
		(wanted?.classes === true && targets === 1 && rows.every(({ cells }) => isWhole(cells[last])));
	return columns.map(({ kind }, column) => {
		if (column === last && asClass) return "class";
		if (kind === "word") return "none";
		return column > last - targets && columns.length > 1 ? "target" : "input";
	});
}

function classesOf(table: CsvTable, column: number): readonly string[] {
	const cells = table.rows.map(({ cells: row }) => row[column]);
	const empty = table.rows.find(({ cells: row }) => row[column] === "");
	const { name } = table.columns[column];
	if (empty !== undefined) throw new ImportError({ code: "csv-class", line: empty.line, name, found: "" });
	// Whole numbers are indices already: 0, 1, 3 leave class 2 without a sample, not without a place.
	if (cells.every(isWhole)) {
		const most = cells.reduce((largest, cell) => Math.max(largest, Number(cell)), 0);
		if (most >= MOST_CLASSES) {
			throw new ImportError({ code: "csv-classes", name, found: most + 1, limit: MOST_CLASSES });
		}
		return Array.from({ length: Math.max(2, most + 1) }, (_, index) => String(index));
	}
	const names = [...new Set(cells)].sort();
	if (names.length > MOST_CLASSES) {
		throw new ImportError({ code: "csv-classes", name, found: names.length, limit: MOST_CLASSES });
	}
	return names.length === 1 ? [names[0], "–"] : names;
}

function numbersOf(table: CsvTable, chosen: readonly number[]): Float64Array {
	const values = new Float64Array(table.rows.length * chosen.length);
	table.rows.forEach(({ cells, line }, row) => {
		chosen.forEach((column, place) => {
			const value = numberIn(cells[column], table.form.decimal);
			if (value === null) {
				const { name } = table.columns[column];
				throw new ImportError({
					code: "csv-number",
					line,
					column: column + 1,
					name,
					found: cells[column].slice(0, 40),
				});
			}
			values[row * chosen.length + place] = value;
		});
	});
	return values;
}

/**
 * The samples of a table.
 * @throws ImportError with line and column of a cell that is no number, and where inputs or targets are missing
 */
export function samplesOf(table: CsvTable, roles: readonly Role[]): CsvSamples {
	const inRole = (role: Role) => roles.flatMap((own, column) => (own === role ? [column] : []));
	const inputs = inRole("input");
	const targets = inRole("target");
	const [classColumn] = inRole("class");
	if (inputs.length === 0) throw new ImportError({ code: "csv-roles", missing: "input" });
	if (targets.length === 0 && classColumn === undefined)
		throw new ImportError({ code: "csv-roles", missing: "target" });
	const shared = { samples: table.rows.length, inputs: inputs.length, values: numbersOf(table, inputs) };
	if (classColumn === undefined) {
		return { ...shared, targets: targets.length, wanted: numbersOf(table, targets), classes: null };
	}
	const classes = classesOf(table, classColumn);
	const index = new Map(classes.map((name, place) => [name, place]));
	const place = (cell: string) => (isWhole(cell) && !index.has(cell) ? Number(cell) : (index.get(cell) ?? 0));
	const wanted = Float64Array.from(table.rows, ({ cells }) => place(cells[classColumn]));
	return { ...shared, targets: 1, wanted, classes };
}
