import type { Expression, FunctionName } from "../engine/expression.ts";
import { sum } from "../engine/expressions.ts";
import type { ScalarReference } from "../engine/reference.ts";

/**
 * A formula as a row of cells: the symbols and the numbers of one cell stand below each other. Each cell is a scalar,
 * a number, an operator, or something typeset as a whole.
 */
export type Token =
	| { readonly kind: "operator"; readonly text: string; readonly numeric: string }
	| {
			readonly kind: "scalar";
			readonly reference: ScalarReference;
			readonly bare: boolean;
			readonly parenthesised: boolean;
	  }
	| { readonly kind: "constant"; readonly value: number; readonly role: string | null }
	/** f′(z): one cell, whose own formula is `value`. */
	| { readonly kind: "slope"; readonly function: FunctionName; readonly at: Expression; readonly value: Expression }
	/** ω ÷ D, the 1/m of the mean. */
	| { readonly kind: "scale"; readonly value: Expression }
	| { readonly kind: "fraction"; readonly numerator: readonly Token[]; readonly denominator: readonly Token[] }
	| { readonly kind: "function"; readonly name: FunctionName; readonly argument: readonly Token[] }
	/** The smaller terms of a long sum, counted and added up. */
	| { readonly kind: "more"; readonly count: number; readonly rest: Expression };

/** Sums of up to this many terms are written out; of longer ones the largest. */
const WHOLE_SUM = 6;
const LARGEST = 3;

const operator = (text: string, numeric = text): Token => ({ kind: "operator", text, numeric });
const OPEN = operator("(");
const CLOSE = operator(")");

type Value = (expression: Expression) => number;

function isNegativeLeaf(expression: Expression, value: Value): boolean {
	return (expression.kind === "scalar" || expression.kind === "constant") && value(expression) < 0;
}

/** The largest terms of a sum by size, in their own order, and the rest as one. */
function largestTerms(
	terms: readonly Expression[],
	value: Value,
	count: number,
): { readonly shown: readonly Expression[]; readonly rest: readonly Expression[] } {
	const largest = new Set(terms.toSorted((a, b) => Math.abs(value(b)) - Math.abs(value(a))).slice(0, count));
	return { shown: terms.filter((term) => largest.has(term)), rest: terms.filter((term) => !largest.has(term)) };
}

function sumTokens(terms: readonly Expression[], value: Value, whole: boolean): readonly Token[] {
	const flat = terms.flatMap((term) => (term.kind === "sum" ? term.terms : [term]));
	const long = !whole && flat.length > WHOLE_SUM;
	const { shown, rest } = long ? largestTerms(flat, value, LARGEST) : { shown: flat, rest: [] };
	const tokens = shown.flatMap((term, index): readonly Token[] => {
		if (index === 0) return tokensOf(term, value, "sum", whole);
		if (isNegativeLeaf(term, value)) return [operator("+", "−"), ...bare(tokensOf(term, value, "sum", whole))];
		return [operator("+"), ...tokensOf(term, value, "sum", whole)];
	});
	return rest.length === 0 ? tokens : [...tokens, operator("+"), { kind: "more", count: rest.length, rest: sum(rest) }];
}

/** After a written minus a number stands without its own. */
function bare(tokens: readonly Token[]): readonly Token[] {
	return tokens.map((token) => (token.kind === "scalar" ? { ...token, bare: true } : token));
}

function productTokens(factors: readonly Expression[], value: Value, whole: boolean): readonly Token[] {
	return factors.flatMap((factor, index) => {
		const inner = tokensOf(factor, value, "product", whole);
		const guarded = index > 0 && isNegativeLeaf(factor, value) ? inner.map(parenthesise) : inner;
		return index === 0 ? guarded : [operator("·"), ...guarded];
	});
}

function parenthesise(token: Token): Token {
	return token.kind === "scalar" ? { ...token, parenthesised: true } : token;
}

/** An expression as cells. `value` decides only the writing of signs and which terms are largest. */
export function tokensOf(
	expression: Expression,
	value: Value,
	inside: "none" | "sum" | "product" = "none",
	whole = false,
): readonly Token[] {
	const guarded = (tokens: readonly Token[]) => (inside === "product" ? [OPEN, ...tokens, CLOSE] : tokens);
	switch (expression.kind) {
		case "constant":
			return [{ kind: "constant", value: expression.value, role: expression.role ?? null }];
		case "scalar":
			return [{ kind: "scalar", reference: expression.reference, bare: false, parenthesised: false }];
		case "sum":
			return guarded(sumTokens(expression.terms, value, whole));
		case "product":
			return productTokens(expression.factors, value, whole);
		case "difference": {
			const right = tokensOf(expression.right, value, "product", whole);
			const negative = isNegativeLeaf(expression.right, value);
			return guarded([
				...tokensOf(expression.left, value, "sum", whole),
				operator("−"),
				...(negative ? right.map(parenthesise) : right),
			]);
		}
		case "quotient":
			return [
				{
					kind: "fraction",
					numerator: tokensOf(expression.numerator, value, "none", whole),
					denominator: tokensOf(expression.denominator, value, "none", whole),
				},
			];
		case "negative":
			return guarded([operator("−"), ...tokensOf(expression.operand, value, "product", whole)]);
		case "power":
			return [
				...tokensOf(expression.base, value, "product", whole),
				operator("^"),
				...tokensOf(expression.exponent, value, "product", whole),
			];
		case "maximum":
			return [operator("max("), ...sumless(expression.operands, value, whole), operator(")")];
		case "apply":
			return [
				{ kind: "function", name: expression.function, argument: tokensOf(expression.argument, value, "none", whole) },
			];
		case "named":
			if (expression.role === "slope" && expression.function !== undefined && expression.at !== undefined) {
				return [{ kind: "slope", function: expression.function, at: expression.at, value: expression.value }];
			}
			if (expression.role === "loss-scale") return [{ kind: "scale", value: expression.value }];
			return tokensOf(expression.value, value, inside, whole);
	}
}

/** Operands side by side; many of them as the first, … and the last. */
function sumless(operands: readonly Expression[], value: Value, whole: boolean): readonly Token[] {
	const few = operands.length <= 3 ? operands : [operands[0], operands[operands.length - 1]];
	return few.flatMap((operand, index) => [
		...(index === 0 ? [] : [operator(operands.length > 3 ? ", … ," : ",")]),
		...tokensOf(operand, value, "none", whole),
	]);
}

/** A row of cells as plain text, numbers put in. */
export function numericText(tokens: readonly Token[], number: (token: Token) => string): string {
	return tokens
		.map((token) => {
			switch (token.kind) {
				case "operator":
					return token.numeric;
				case "fraction":
					return `(${numericText(token.numerator, number)})/(${numericText(token.denominator, number)})`;
				case "function": {
					const argument = numericText(token.argument, number);
					return token.name === "square" ? `(${argument})²` : `${token.name}(${argument})`;
				}
				default:
					return number(token);
			}
		})
		.join(" ")
		.replaceAll("( ", "(")
		.replaceAll(" )", ")");
}
