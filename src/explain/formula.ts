import type { Expression } from "../engine/expression.ts";
import { bare, dividing, type FormulaCell, followsScale, operatorCell, withoutUnits } from "./formula-cell.ts";
import { cellsOf, factorCells, writeSum } from "./formula-columns.ts";
import { derived, type FormulaWriter, isLeaf } from "./inline.ts";
import { inParentheses, type MathNode, operator, row } from "./math.ts";

/** Cells that the third line draws together into one number. */
export interface FormulaPart {
	readonly role: "operator" | "gap" | "slope" | "other";
	readonly cells: readonly FormulaCell[];
	readonly whole: MathNode;
	readonly expression: Expression | null;
}

/** A formula as cells: a line of symbols, one of numbers, one of parts drawn together. */
export interface Formula {
	readonly parts: readonly FormulaPart[];
	/** Whether the line of parts says more than that of the numbers. */
	readonly collapses: boolean;
}

const operatorPart = (cell: FormulaCell): FormulaPart => ({
	role: "operator",
	cells: [cell],
	whole: cell.numbers,
	expression: null,
});

function part(
	expression: Expression,
	cells: readonly FormulaCell[],
	whole: MathNode = derived(expression),
): FormulaPart {
	const role =
		expression.kind === "named" && expression.role === "slope"
			? "slope"
			: expression.kind === "difference"
				? "gap"
				: "other";
	return { role, cells, whole, expression };
}

function partsOf(expression: Expression, writer: FormulaWriter): readonly FormulaPart[] {
	switch (expression.kind) {
		case "product":
			return withoutUnits(expression.factors).flatMap((factor, index, all) => {
				if (all.length === 1) return partsOf(factor, writer);
				const cells = factorCells(factor, writer, index > 0);
				const [only] = cells;
				const negative = index > 0 && writer.sign(factor) < 0;
				const plain = cells.length === 1 ? only.numbers : negative ? inParentheses(derived(factor)) : derived(factor);
				if (followsScale(all, index + 1)) return [part(factor, cells, row(plain, operator("·")))];
				const joined = index === 0 || followsScale(all, index);
				return [...(joined ? [] : [operatorPart(operatorCell("·"))]), part(factor, cells, plain)];
			});
		case "difference": {
			const right = factorCells(expression.right, writer, true);
			const negative = !isLeaf(expression.right) && writer.sign(expression.right) < 0;
			return [
				...partsOf(expression.left, writer),
				operatorPart(operatorCell("−")),
				part(
					expression.right,
					right,
					right.length === 1
						? right[0].numbers
						: negative
							? inParentheses(derived(expression.right))
							: derived(expression.right),
				),
			];
		}
		case "sum": {
			const { terms, more } = writeSum(expression, writer);
			const parts = terms.flatMap(({ expression: term, place, cells }, index) => {
				const inner = index === 0 ? cells : cells.slice(1);
				const negative = index > 0 && writer.sign(term) < 0;
				const value = derived(term);
				const whole =
					value.tag === "number" && writer.termsFrom !== null ? { ...value, from: writer.termsFrom + place } : value;
				const sign = negative ? "−" : "+";
				const before = index === 0 ? [] : [{ ...operatorPart(cells[0]), whole: operator(sign) }];
				return [...before, part(term, inner, negative ? bare(whole) : whole)];
			});
			return [...parts, ...more.map((cell): FormulaPart => ({ ...operatorPart(cell), whole: cell.numbers }))];
		}
		case "quotient":
			if (expression.denominator.kind === "constant" && expression.numerator.kind === "sum") {
				const scale = dividing(expression.denominator.value, writer);
				return [
					{ ...operatorPart(scale), role: "other", whole: row(scale.numbers, operator("·")) },
					part(expression.numerator, cellsOf(expression.numerator, writer, "product")),
				];
			}
			return [part(expression, cellsOf(expression, writer, "none"))];
		case "named":
			return expression.role === "slope"
				? partsOf(expression.value, writer)
				: [part(expression, cellsOf(expression, writer, "none"))];
		default:
			return [part(expression, cellsOf(expression, writer, "none"))];
	}
}

/** Prints an expression as a formula. */
export function printFormula(expression: Expression, writer: FormulaWriter): Formula {
	const parts = partsOf(expression, writer);
	const operands = parts.filter(({ role }) => role !== "operator");
	const wide = operands.some(({ cells }) => cells.length > 1);
	const squares = expression.kind === "sum" && expression.terms.some((term) => term.kind === "apply");
	const collapses =
		expression.kind === "sum"
			? squares || (writer.termsFrom !== null && !writer.merge && wide)
			: operands.length > 1 && wide;
	return { parts, collapses };
}
