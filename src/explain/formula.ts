import { operandsOf } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { sum } from "../engine/expressions.ts";
import { definition, derived, divisorNode, type FormulaWriter, inline, isActivation, isLeaf } from "./inline.ts";
import { element, identifier, inParentheses, type MathNode, operator, row } from "./math.ts";
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
}

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

/** Sums of up to this many terms are written out; of longer ones the largest. */
export const WHOLE_SUM = 6;
export const LARGEST = 3;

function operatorCell(text: string, numeric = text): FormulaCell {
	return { kind: "operator", symbols: operator(text), span: 1, numbers: operator(numeric), subject: null, count: 0 };
}

function subjectOf(expression: Expression): Subject | null {
	if (expression.kind === "constant") return null;
	return expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };
}

function operandCell(expression: Expression, writer: FormulaWriter): FormulaCell {
	return {
		kind: "operand",
		symbols: inline(expression, writer, "symbols"),
		span: 1,
		numbers: inline(expression, writer, "numbers"),
		subject: subjectOf(expression),
		count: 0,
	};
}

const bare = (node: MathNode): MathNode => (node.tag === "number" ? { ...node, bare: true } : node);

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

interface Term {
	readonly expression: Expression;
	readonly place: number;
}

function flatten(terms: readonly Expression[]): readonly Expression[] {
	return terms.flatMap((term) => (term.kind === "sum" ? flatten(term.terms) : [term]));
}

/** The largest terms of a sum by size, in their own order, and the rest. */
function largestTerms(terms: readonly Term[], writer: FormulaWriter, count: number) {
	const sizes = new Map(terms.map((term) => [term, writer.size(term.expression)]));
	const size = (term: Term) => sizes.get(term) ?? 0;
	const rank = (term: Term) => (term.place === writer.current ? Number.POSITIVE_INFINITY : size(term));
	const largest = new Set(terms.toSorted((a, b) => rank(b) - rank(a)).slice(0, count));
	return { shown: terms.filter((term) => largest.has(term)), rest: terms.filter((term) => !largest.has(term)) };
}

const isProductOfLeaves = (expression: Expression) =>
	expression.kind === "product" &&
	expression.factors.length > 1 &&
	expression.factors.every(({ kind }) => kind === "scalar");

/** A product written as one term, with its value. */
function mergedCell(product: Expression & { kind: "product" }, writer: FormulaWriter, place: number): FormulaCell {
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

/** −ln p: the term is about the whole, its sign stands as an operator. */
function negativeTermCells(expression: Expression & { kind: "negative" }, writer: FormulaWriter, first: boolean) {
	const cell = { ...operandCell(expression.operand, writer), subject: subjectOf(expression) };
	if (!first) return [operatorCell("−"), cell];
	const signed = (node: MathNode) => row(operator("−"), node);
	return [{ ...cell, symbols: signed(inline(expression.operand, writer, "symbols")), numbers: signed(cell.numbers) }];
}

function moreCells(rest: readonly Term[], writer: FormulaWriter): readonly FormulaCell[] {
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

interface WrittenSum {
	/** Each with its cells, the operator before it apart. */
	readonly terms: readonly {
		readonly expression: Expression;
		readonly place: number;
		readonly cells: readonly FormulaCell[];
	}[];
	readonly more: readonly FormulaCell[];
}

function writeSum(expression: Expression & { kind: "sum" }, writer: FormulaWriter): WrittenSum {
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

/** A sum of one sample's shares each: Σ over the samples stands above all of them. */
function overSamples(terms: WrittenSum["terms"], writer: FormulaWriter, rest: number): WrittenSum["terms"] {
	const [first] = terms;
	if (
		first?.expression.kind !== "scalar" ||
		terms.some(({ expression }) => expression.kind !== "scalar" || expression.reference.kind !== "share")
	) {
		return terms;
	}
	const share = writer.share(first.expression.reference);
	if (share === null) return terms;
	const inner =
		share.kind === "product"
			? row(...share.factors.map((factor) => inline(factor, writer, "symbols")))
			: inline(share, writer, "symbols");
	const symbols = row(element("munder", operator("Σ"), identifier("k")), inner);
	const span = terms.reduce((total, { cells }) => total + cells.length, 0) + (rest > 0 ? 1 : 0);
	return terms.map((term, index) => ({
		...term,
		cells: term.cells.map((cell, place) =>
			index === 0 && place === 0 ? { ...cell, symbols, span } : { ...cell, symbols: null, span: 0 },
		),
	}));
}

function sumCells(expression: Expression & { kind: "sum" }, writer: FormulaWriter): readonly FormulaCell[] {
	const { terms, more } = writeSum(expression, writer);
	return [...terms.flatMap(({ cells }) => cells), ...more];
}

/** An expression as columns. */
function cellsOf(
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
		case "maximum":
			// What it is the largest of is listed below the formula.
			return [{ ...operandCell(expression, writer), subject: null }];
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
function factorCells(factor: Expression, writer: FormulaWriter, behind: boolean): readonly FormulaCell[] {
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

function dividing(divisor: number, writer: FormulaWriter): FormulaCell {
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

function scaleCell(value: Expression, writer: FormulaWriter): FormulaCell {
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
function followsScale(factors: readonly Expression[], index: number): boolean {
	const [first, second] = factors;
	return index === 1 && first.kind === "named" && first.role === "loss-scale" && second?.kind === "sum";
}

/** 1/m of a single sample is no factor worth a column. */
function withoutUnits(factors: readonly Expression[]): readonly Expression[] {
	const kept = factors.filter(
		(factor) => !(factor.kind === "named" && factor.role === "loss-scale" && scaleIsOne(factor.value)),
	);
	return kept.length === 0 ? factors : kept;
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
