import type { Formula } from "./formula.ts";
import type { FormulaCell } from "./formula-cell.ts";
import { mathWidth, type NumberWidth } from "./math.ts";

/** What stands between two columns, in em. */
const GAP = 0.5;
const SUMS: readonly string[] = ["+", "−", "="];
const PRODUCTS: readonly string[] = ["·"];

/** Where lines may break: before such operators, so deep in parentheses. */
interface Level {
	readonly depth: number;
	readonly operators: readonly string[];
	/** Also under a Σ that reaches over several columns. */
	readonly covered?: true;
}

const LEVELS: readonly Level[] = [0, 1, 2].flatMap((depth) => [
	{ depth, operators: SUMS },
	{ depth, operators: PRODUCTS },
	{ depth, operators: SUMS, covered: true as const },
]);

/** About how wide a column is, in em: as wide as the wider of its two lines. */
function cellWidth(cell: FormulaCell, number: NumberWidth): number {
	const numbers = mathWidth(cell.numbers, number);
	const symbols = cell.symbols === null || cell.span > 1 ? 0 : mathWidth(cell.symbols, number);
	return Math.max(numbers, symbols, cell.kind === "more" ? 4 : 0) + GAP;
}

export function cellsWidth(cells: readonly FormulaCell[], number: NumberWidth): number {
	return cells.reduce((total, cell) => total + cellWidth(cell, number), 0);
}

/** How deep in parentheses each column stands. */
function depthsOf(cells: readonly FormulaCell[]): readonly number[] {
	let depth = 0;
	return cells.map(({ kind, numbers }) => {
		const text = kind === "operator" && numbers.tag === "mo" ? numbers.text : "";
		if (text === ")") depth--;
		const here = depth;
		if (text.endsWith("(")) depth++;
		return here;
	});
}

interface Column {
	readonly cell: FormulaCell;
	readonly depth: number;
	/** Σ reaches over it from an earlier column. */
	readonly covered: boolean;
}

function columnsOf(formula: Formula): readonly Column[] {
	const cells = formula.parts.flatMap((part) => part.cells);
	const depths = depthsOf(cells);
	let covered = 0;
	return cells.map((cell, place) => {
		const column = { cell, depth: depths[place], covered: covered > 0 };
		covered = cell.span > 1 ? cell.span - 1 : covered - 1;
		return column;
	});
}

function breaksBefore({ cell, depth, covered }: Column, level: Level): boolean {
	if (cell.listed === true) return depth === level.depth;
	if (cell.kind !== "operator" || depth !== level.depth || covered !== (level.covered === true)) return false;
	return cell.numbers.tag === "mo" && level.operators.includes(cell.numbers.text);
}

const SHORT = 4.5;

const widthOf = (columns: readonly Column[], number: NumberWidth) =>
	cellsWidth(
		columns.map(({ cell }) => cell),
		number,
	);

/** Outer sums are cut first, then outer products, then what stands in parentheses. */
function cut(
	columns: readonly Column[],
	levels: readonly Level[],
	width: number,
	number: NumberWidth,
): readonly (readonly Column[])[] {
	const [level, ...deeper] = levels;
	if (level === undefined || widthOf(columns, number) <= width) return [columns];
	const pieces: Column[][] = [];
	for (const column of columns) {
		const last = pieces.at(-1);
		if (last === undefined || breaksBefore(column, level)) pieces.push([column]);
		else last.push(column);
	}
	// A short beginning does not stand alone: it keeps what follows, which is cut deeper.
	const [first, second, ...others] = pieces;
	if (second !== undefined && widthOf(first, number) < SHORT && widthOf([...first, ...second], number) > width) {
		return [[...first, ...second], ...others].flatMap((piece) => cut(piece, deeper, width, number));
	}
	return pieces.flatMap((piece) => {
		return widthOf(piece, number) > width ? cut(piece, deeper, width, number) : [piece];
	});
}

/**
 * A formula's columns in lines no wider than `width` em, broken before operators, outer ones first. What is explained
 * stands before all lines, `left` em wide.
 */
export function breakLines(
	formula: Formula,
	width: number,
	left: number,
	number: NumberWidth,
): readonly (readonly FormulaCell[])[] {
	const lines: FormulaCell[][] = [];
	let free = 0;
	for (const piece of cut(columnsOf(formula), LEVELS, width - left, number)) {
		const cells = piece.map(({ cell }) => cell);
		const needs = cellsWidth(cells, number);
		const last = lines.at(-1);
		if (last !== undefined && needs <= free) {
			last.push(...cells);
			free -= needs;
		} else {
			lines.push(cells);
			free = width - left - needs;
		}
	}
	return lines.map(withinLine);
}

/** A Σ reaches no further than its line; what it reached over in the next stands below a blank. */
function withinLine(cells: readonly FormulaCell[]): readonly FormulaCell[] {
	let reach = 0;
	return cells.map((cell, place) => {
		if (cell.span > 1) {
			const end = cells.findIndex((other, index) => index > place && other.span !== 0);
			reach = (end < 0 ? cells.length : end) - place;
			return { ...cell, span: reach };
		}
		if (cell.span === 0 && reach <= 1) return { ...cell, span: 1 };
		reach--;
		return cell;
	});
}
