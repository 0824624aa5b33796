import type { Formula, FormulaCell } from "./formula.ts";
import { mathWidth } from "./math.ts";

/** What stands between two columns, in em. */
const GAP = 0.45;
/** A product is broken only between its outermost factors. */
const BREAKS: readonly string[] = ["+", "−", "·", "="];

/** About how wide a column is, in em: as wide as the wider of its two lines. */
function cellWidth(cell: FormulaCell, digits: number): number {
	const numbers = mathWidth(cell.numbers, digits);
	const symbols = cell.symbols === null || cell.span > 1 ? 0 : mathWidth(cell.symbols, digits);
	return Math.max(numbers, symbols, cell.kind === "more" ? 4 : 0) + GAP;
}

export function cellsWidth(cells: readonly FormulaCell[], digits: number): number {
	return cells.reduce((total, cell) => total + cellWidth(cell, digits), 0);
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

function breaksBefore({ cell, depth, covered }: Column, at: number): boolean {
	if (cell.kind !== "operator" || covered || depth !== at) return false;
	return cell.symbols?.tag === "mo" && BREAKS.includes(cell.symbols.text);
}

/** Cuts columns before the operators of one depth; pieces that are too wide are cut deeper. */
function cut(columns: readonly Column[], depth: number, width: number, digits: number): readonly (readonly Column[])[] {
	const pieces: Column[][] = [];
	for (const column of columns) {
		const last = pieces.at(-1);
		if (last === undefined || breaksBefore(column, depth)) pieces.push([column]);
		else last.push(column);
	}
	const deepest = Math.max(...columns.map((column) => column.depth));
	return pieces.flatMap((piece) => {
		const wide =
			cellsWidth(
				piece.map(({ cell }) => cell),
				digits,
			) > width;
		return wide && depth < deepest ? cut(piece, depth + 1, width, digits) : [piece];
	});
}

/**
 * A formula's columns in lines no wider than `width` em, broken before operators, outer ones first. What is explained
 * stands before all lines, `left` em wide. A Σ that reaches over several columns is not broken.
 */
export function breakLines(
	formula: Formula,
	width: number,
	left: number,
	digits: number,
): readonly (readonly FormulaCell[])[] {
	const lines: FormulaCell[][] = [];
	let free = 0;
	for (const piece of cut(columnsOf(formula), 0, width - left, digits)) {
		const cells = piece.map(({ cell }) => cell);
		const needs = cellsWidth(cells, digits);
		const last = lines.at(-1);
		if (last !== undefined && needs <= free) {
			last.push(...cells);
			free -= needs;
		} else {
			lines.push(cells);
			free = width - left - needs;
		}
	}
	return lines;
}
