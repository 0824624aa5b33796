import type { Expression } from "../engine/expression.ts";
import { sum } from "../engine/expressions.ts";
import { derived, divisorNode, type FormulaWriter, INNER, inline, OUTER, sumSign } from "./inline.ts";
import { type MathNode, operator, row } from "./math.ts";
import type { Subject } from "./reading.ts";

/** One column of a formula: its symbols stand above its numbers. */
export interface FormulaCell {
	readonly kind: "operator" | "operand" | "more";
	/** Null where the symbols of an earlier cell reach over this one. */
	readonly symbols: MathNode | null;
	/** So many columns the symbols take. */
	readonly span: number;
	readonly numbers: MathNode;
	/** What the cell is about, and where its link leads; null for operators. */
	readonly subject: Subject | null;
	/** The terms behind "n more". */
	readonly count: number;
	/** A later one of a list, behind a comma: a line may begin with it. */
	readonly listed?: true;
}

export function operatorCell(text: string, numeric = text): FormulaCell {
	return { kind: "operator", symbols: operator(text), span: 1, numbers: operator(numeric), subject: null, count: 0 };
}

export function subjectOf(expression: Expression): Subject | null {
	if (expression.kind === "constant") return null;
	return expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };
}

export function operandCell(expression: Expression, writer: FormulaWriter): FormulaCell {
	return {
		kind: "operand",
		symbols: inline(expression, writer, "symbols"),
		span: 1,
		numbers: inline(expression, writer, "numbers"),
		subject: subjectOf(expression),
		count: 0,
	};
}

/** max (a, b, c): one column an operand. */
export function maximumCells(operands: readonly Expression[], writer: FormulaWriter): readonly FormulaCell[] {
	const cells = operands.map((operand, index): FormulaCell => {
		const followed = (mode: "symbols" | "numbers") =>
			row(inline(operand, writer, mode), ...(index === operands.length - 1 ? [] : [operator(",")]));
		return {
			...operandCell(operand, writer),
			symbols: followed("symbols"),
			numbers: followed("numbers"),
			...(index > 0 && { listed: true }),
		};
	});
	return [operatorCell("max("), ...cells, operatorCell(")")];
}

export const bare = (node: MathNode): MathNode => (node.tag === "number" ? { ...node, bare: true } : node);

/** A term of a sum, and its place in it. */
export interface Term {
	readonly expression: Expression;
	readonly place: number;
}

export const isProductOfLeaves = (expression: Expression) =>
	expression.kind === "product" &&
	expression.factors.length > 1 &&
	expression.factors.every(({ kind }) => kind === "scalar");

/** A product written as one term, with its value. */
export function mergedCell(
	product: Expression & { kind: "product" },
	writer: FormulaWriter,
	place: number,
): FormulaCell {
	const symbols = product.factors.map((factor) => inline(factor, writer, "symbols"));
	const code = symbols.some(
		(node) => node.tag === "mtext" || ("children" in node && node.children[0]?.tag === "mtext"),
	);
	const value = derived(product);
	return {
		kind: "operand",
		symbols: row(
			...(code ? symbols.flatMap((node, index) => (index === 0 ? [node] : [operator("·"), node])) : symbols),
		),
		span: 1,
		numbers: writer.termsFrom === null || value.tag !== "number" ? value : { ...value, from: writer.termsFrom + place },
		subject: { kind: "derived", expression: product },
		count: 0,
	};
}

/** −ln p: the term is about the whole, its sign stands as an operator. */
export function negativeTermCells(
	expression: Expression & { kind: "negative" },
	writer: FormulaWriter,
	first: boolean,
) {
	const cell = { ...operandCell(expression.operand, writer), subject: subjectOf(expression) };
	if (!first) return [operatorCell("−"), cell];
	const signed = (node: MathNode) => row(operator("−"), node);
	return [{ ...cell, symbols: signed(inline(expression.operand, writer, "symbols")), numbers: signed(cell.numbers) }];
}

/** The terms that are not written, counted and added up. */
export function moreCells(rest: readonly Term[], writer: FormulaWriter): readonly FormulaCell[] {
	if (rest.length === 0) return [];
	const expression = sum(rest.map((term) => term.expression));
	const value = derived(expression);
	const negative = writer.sign(expression) < 0;
	const last = rest.reduce((latest, { place }) => Math.max(latest, place), 0);
	const known =
		writer.termsFrom === null || value.tag !== "number" ? value : { ...value, from: writer.termsFrom + last };
	return [
		operatorCell("+", negative ? "−" : "+"),
		{
			kind: "more",
			symbols: null,
			span: 1,
			numbers: negative ? bare(known) : known,
			subject: subjectOf(expression),
			count: rest.length,
		},
	];
}

/** A sum as it is written: the terms that are, and the others as one. */
export interface WrittenSum {
	/** Each with its cells, the operator before it apart. */
	readonly terms: readonly {
		readonly expression: Expression;
		readonly place: number;
		readonly cells: readonly FormulaCell[];
	}[];
	readonly more: readonly FormulaCell[];
}

/** A sum of one sample's shares each: Σ over the samples stands above all of them. */
export function overSamples(terms: WrittenSum["terms"], writer: FormulaWriter, rest: number): WrittenSum["terms"] {
	const [first] = terms;
	if (
		first?.expression.kind !== "scalar" ||
		terms.some(({ expression }) => expression.kind !== "scalar" || expression.reference.kind !== "share")
	) {
		return terms;
	}
	const share = writer.share(first.expression.reference);
	if (share === null) return terms;
	// A kernel's share is itself a sum, over places: it counts by another letter than the samples do.
	const inside: FormulaWriter = { ...writer, index: INNER };
	const inner =
		share.kind === "product"
			? row(...share.factors.map((factor) => inline(factor, inside, "symbols")))
			: inline(share, inside, "symbols");
	const symbols = row(sumSign(OUTER), inner);
	const span = terms.reduce((total, { cells }) => total + cells.length, 0) + (rest > 0 ? 1 : 0);
	return terms.map((term, index) => ({
		...term,
		cells: term.cells.map((cell, place) =>
			index === 0 && place === 0 ? { ...cell, symbols, span } : { ...cell, symbols: null, span: 0 },
		),
	}));
}

/** 1/m, or whatever a sum is divided by. */
export function dividing(divisor: number, writer: FormulaWriter): FormulaCell {
	const { samples } = writer;
	return {
		kind: "operand",
		symbols: divisorNode(divisor, writer, "symbols"),
		span: 1,
		numbers: divisorNode(divisor, writer, "numbers"),
		subject: null,
		count: samples,
	};
}

const scaleIsOne = (value: Expression): boolean =>
	value.kind === "quotient" &&
	value.numerator.kind === "constant" &&
	value.denominator.kind === "constant" &&
	value.numerator.value === value.denominator.value;

export function scaleCell(value: Expression, writer: FormulaWriter): FormulaCell {
	if (
		value.kind === "quotient" &&
		value.denominator.kind === "constant" &&
		value.numerator.kind === "constant" &&
		value.numerator.value === 1
	) {
		return dividing(value.denominator.value, writer);
	}
	return { ...operandCell(value, writer), subject: null };
}

/** 1/m stands right before the sum that it makes a mean. */
export function followsScale(factors: readonly Expression[], index: number): boolean {
	const [first, second] = factors;
	return index === 1 && first.kind === "named" && first.role === "loss-scale" && second?.kind === "sum";
}

/** 1/m of a single sample is no factor worth a column. */
export function withoutUnits(factors: readonly Expression[]): readonly Expression[] {
	const kept = factors.filter(
		(factor) => !(factor.kind === "named" && factor.role === "loss-scale" && scaleIsOne(factor.value)),
	);
	return kept.length === 0 ? factors : kept;
}
