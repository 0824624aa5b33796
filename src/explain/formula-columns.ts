import { operandsOf } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import {
	bare,
	dividing,
	type FormulaCell,
	followsScale,
	isProductOfLeaves,
	maximumCells,
	mergedCell,
	moreCells,
	negativeTermCells,
	operandCell,
	operatorCell,
	overSamples,
	scaleCell,
	subjectOf,
	type Term,
	type WrittenSum,
	withoutUnits,
} from "./formula-cell.ts";
import { definition, type FormulaWriter, inline, isActivation, isLeaf, MOST_COMPARED, withoutGuard } from "./inline.ts";
import { identifier, inParentheses, row } from "./math.ts";

/** Sums of up to this many terms are written out; of longer ones the largest. */
export const WHOLE_SUM = 6;
export const LARGEST = 3;

/** How many operands an expression is printed with, long sums by their largest terms; no more than `limit` is counted. */
export function operandCount(expression: Expression, terms: number, limit: number): number {
	if (expression.kind === "named") return 1;
	const parts = operandsOf(expression);
	if (parts.length === 0) return 1;
	const shown =
		expression.kind === "sum" && parts.length > Math.max(WHOLE_SUM, terms) ? Math.max(LARGEST, terms) : parts.length;
	let count = 0;
	for (let k = 0; k < shown && count < limit; k++) count += operandCount(parts[k], terms, limit);
	return count;
}

function flatten(terms: readonly Expression[]): readonly Expression[] {
	if (!terms.some(({ kind }) => kind === "sum")) return terms;
	return terms.flatMap((term) => (term.kind === "sum" ? flatten(term.terms) : [term]));
}

/** The largest terms of a sum by size, in their own order, and the rest. */
function largestTerms(terms: readonly Term[], writer: FormulaWriter, count: number) {
	const ranks = terms.map(({ expression, place }) =>
		place === writer.current ? Number.POSITIVE_INFINITY : writer.size(expression),
	);
	// Few of very many, so each is put in its place among the largest: of equal ones the earlier stays.
	const largest: number[] = [];
	ranks.forEach((rank, term) => {
		if (largest.length === count && !(rank > ranks[largest[count - 1]])) return;
		const place = largest.findIndex((other) => rank > ranks[other]);
		largest.splice(place < 0 ? largest.length : place, 0, term);
		if (largest.length > count) largest.pop();
	});
	const chosen = new Set(largest);
	return { shown: terms.filter((_, term) => chosen.has(term)), rest: terms.filter((_, term) => !chosen.has(term)) };
}

function termCells({ expression, place }: Term, writer: FormulaWriter, first: boolean): readonly FormulaCell[] {
	if (writer.merge && expression.kind === "product" && isProductOfLeaves(expression)) {
		const cell = mergedCell(expression, writer, place);
		if (first) return [cell];
		const negative = writer.sign(expression) < 0;
		return [operatorCell("+", negative ? "−" : "+"), negative ? { ...cell, numbers: bare(cell.numbers) } : cell];
	}
	if (expression.kind === "negative") return negativeTermCells(expression, writer, first);
	const cells = cellsOf(expression, writer, "sum");
	if (first) return cells;
	if (!isLeaf(expression)) {
		const [head, ...rest] = cells;
		const leading = expression.kind === "product" ? expression.factors[0] : null;
		const negative = leading !== null && isLeaf(leading) && writer.sign(leading) < 0;
		return [operatorCell("+"), negative ? { ...head, numbers: inParentheses(head.numbers) } : head, ...rest];
	}
	if (writer.sign(expression) >= 0) return [operatorCell("+"), ...cells];
	return [operatorCell("+", "−"), ...cells.map((cell) => ({ ...cell, numbers: bare(cell.numbers) }))];
}

/** The terms of a sum that are written, each with its cells. */
export function writeSum(expression: Expression & { kind: "sum" }, writer: FormulaWriter): WrittenSum {
	const all = flatten(expression.terms).map((term, place): Term => ({ expression: term, place }));
	const count = all.length <= Math.max(WHOLE_SUM, writer.terms) ? all.length : Math.max(LARGEST, writer.terms);
	const { shown, rest } = count === all.length ? { shown: all, rest: [] } : largestTerms(all, writer, count);
	const terms = shown.map((term, index) => ({ ...term, cells: termCells(term, writer, index === 0) }));
	const written = overSamples(terms, writer, rest.length);
	const covered = written.at(-1)?.cells.at(-1)?.span === 0;
	const more = moreCells(rest, writer).map((cell, place) =>
		covered && place === 0 ? { ...cell, symbols: null, span: 0 } : cell,
	);
	return { terms: written, more };
}

function sumCells(expression: Expression & { kind: "sum" }, writer: FormulaWriter): readonly FormulaCell[] {
	const { terms, more } = writeSum(expression, writer);
	return [...terms.flatMap(({ cells }) => cells), ...more];
}

/** An expression as columns. */
export function cellsOf(
	expression: Expression,
	writer: FormulaWriter,
	inside: "none" | "sum" | "product",
): readonly FormulaCell[] {
	const guarded = (cells: readonly FormulaCell[]) => {
		if (inside !== "product") return cells;
		// Σ needs no parentheses; its terms do.
		const silent = cells[0].span > 1 ? { symbols: null } : {};
		return [{ ...operatorCell("("), ...silent }, ...cells, { ...operatorCell(")"), ...silent }];
	};
	switch (expression.kind) {
		case "sum":
			return guarded(sumCells(expression, writer));
		case "product":
			return withoutUnits(expression.factors).flatMap((factor, index, all) => {
				const cells = factorCells(factor, writer, index > 0);
				return index === 0 || followsScale(all, index) ? cells : [operatorCell("·"), ...cells];
			});
		case "difference":
			return guarded([
				...cellsOf(expression.left, writer, "sum"),
				operatorCell("−"),
				...factorCells(expression.right, writer, true),
			]);
		case "negative":
			return guarded([operatorCell("−"), ...factorCells(expression.operand, writer, true)]);
		case "quotient":
			if (expression.denominator.kind === "constant" && expression.numerator.kind === "sum") {
				return [dividing(expression.denominator.value, writer), ...cellsOf(expression.numerator, writer, "product")];
			}
			return [{ ...operandCell(expression, writer), subject: null }];
		case "maximum": {
			const operands = withoutGuard(expression.operands, writer);
			if (inside === "none" && operands.length > 1 && operands.length <= MOST_COMPARED) {
				return maximumCells(operands, writer);
			}
			// What it is the largest of is listed below the formula.
			return [{ ...operandCell(expression, writer), subject: null }];
		}
		case "apply":
			// As one factor among others a function is not written out as well.
			if (inside === "product" && expression.function !== "sqrt") {
				return [{ ...operandCell(expression, writer), subject: subjectOf(expression.argument) }];
			}
			return appliedCells(expression, writer);
		case "named":
			if (expression.role === "loss-scale") return [scaleCell(expression.value, writer)];
			return expression.role === "slope"
				? [{ ...operandCell(expression, writer), subject: { kind: "derived", expression } }]
				: cellsOf(expression.value, writer, inside);
		default:
			return [operandCell(expression, writer)];
	}
}

/** A negative number behind an operator stands in parentheses. */
export function factorCells(factor: Expression, writer: FormulaWriter, behind: boolean): readonly FormulaCell[] {
	const cells = cellsOf(factor, writer, "product");
	if (!behind || !isLeaf(factor) || writer.sign(factor) >= 0) return cells;
	return cells.map((cell) => ({ ...cell, numbers: inParentheses(cell.numbers) }));
}

function appliedCells(expression: Expression & { kind: "apply" }, writer: FormulaWriter): readonly FormulaCell[] {
	const { argument } = expression;
	if (isActivation(expression.function)) {
		const f = (mode: "symbols" | "numbers") => row(identifier("f"), inParentheses(inline(argument, writer, mode)));
		return [
			{
				kind: "operand",
				symbols: f("symbols"),
				span: 1,
				numbers: f("numbers"),
				subject: subjectOf(argument),
				count: 0,
			},
			operatorCell("="),
			{
				...operandCell(expression, writer),
				symbols: definition(expression, writer, "symbols"),
				numbers: definition(expression, writer, "numbers"),
				subject: null,
			},
		];
	}
	if (expression.function === "sqrt" && argument.kind === "sum") {
		return [operatorCell("√("), ...sumCells(argument, writer), operatorCell(")")];
	}
	return [operandCell(expression, writer)];
}
