import type { Expression, FunctionName } from "../engine/expression.ts";
import type { ScalarReference } from "../engine/reference.ts";
import {
	constantNode,
	element,
	fraction,
	identifier,
	inParentheses,
	type MathNode,
	numberNode,
	operator,
	row,
} from "./math.ts";

/** What the printer has to ask: how a scalar is written, and which signs may be seen. */
export interface FormulaWriter {
	/** A scalar's symbol; with `index` that of any of its kind: z_k. */
	symbol(reference: ScalarReference, index?: string): MathNode;
	/** −1, 0 or 1; 0 while the number may not be shown. */
	sign(expression: Expression): number;
	/** Its size, to find the largest terms; 0 while it may not be shown. */
	size(expression: Expression): number;
	/** How one sample's share comes about. */
	share(reference: ScalarReference): Expression | null;
	/** How many samples the batch has, and the letter for it. */
	readonly samples: number;
	readonly samplesLetter: string;
	/** Writes each product of a sum as one term, with its value. */
	readonly merge: boolean;
	/** So many terms of a long sum are written. */
	readonly terms: number;
	/** The leaf at whose end the first term of the sum is known; the others follow. */
	readonly termsFrom: number | null;
	/** The place of the term that this step adds: written even where it is small. */
	readonly current: number | null;
	/** What the next Σ counts by: k, but for a Σ inside another. */
	readonly index?: string;
}

/** By what a sum is counted, and by what a sum inside it. */
export const [OUTER, INNER] = ["k", "q"];

/** Σ with what it counts by below it. */
export const sumSign = (index: string): MathNode => element("munder", operator("Σ"), identifier(index));

export type PrintMode = "symbols" | "numbers";

/** Probabilities are kept off 0 by a number this small; a formula need not speak of it unless it is in force. */
const GUARD = 1e-30;

const half = (weight: number, letter: string): MathNode =>
	element("mfrac", constantNode(1), row(constantNode(weight), identifier(letter)));

/** A divisor that is the number of samples, or twice that, by its letter. */
export function divisorNode(divisor: number, writer: FormulaWriter, mode: PrintMode): MathNode {
	const { samples, samplesLetter } = writer;
	if (mode === "symbols" && samples > 1) {
		if (divisor === samples) return element("mfrac", constantNode(1), identifier(samplesLetter));
		if (divisor === 2 * samples) return half(2, samplesLetter);
	}
	if (mode === "numbers" && samples > 1 && divisor === 2 * samples) {
		return element("mfrac", constantNode(1), row(constantNode(2), operator("·"), constantNode(samples)));
	}
	return element("mfrac", constantNode(1), constantNode(divisor));
}

/** Of so many operands a maximum is written out. */
export const MOST_COMPARED = 4;

/** The operands that count of a maximum: a guard against ln 0 is left out while it changes nothing. */
export function withoutGuard(operands: readonly Expression[], writer: FormulaWriter): readonly Expression[] {
	const large = operands.filter((operand) => operand.kind !== "constant" || operand.value > GUARD);
	return large.length === 1 && writer.sign(large[0]) >= 0 ? large : operands;
}

const needsParentheses = ({ kind }: Expression) => kind === "sum" || kind === "difference" || kind === "negative";

/** An expression as one piece of MathML, in symbols or with its numbers put in. */
export function inline(expression: Expression, writer: FormulaWriter, mode: PrintMode): MathNode {
	const again = (part: Expression) => inline(part, writer, mode);
	const guarded = (part: Expression) => {
		const negative = mode === "numbers" && isLeaf(part) && writer.sign(part) < 0;
		return needsParentheses(part) || negative ? inParentheses(again(part)) : again(part);
	};
	switch (expression.kind) {
		case "constant":
			return mode === "symbols" && expression.role === "target" ? identifier("y") : constantNode(expression.value);
		case "scalar":
			return mode === "symbols" ? writer.symbol(expression.reference) : numberNode(expression.reference);
		case "sum":
			return inlineSum(expression, writer, mode);
		case "product":
			return row(
				...expression.factors.flatMap((factor, index) =>
					index === 0 ? [guarded(factor)] : [operator("·"), guarded(factor)],
				),
			);
		case "difference":
			return row(again(expression.left), operator("−"), guarded(expression.right));
		case "quotient":
			return isLeaf(expression.numerator) && isLeaf(expression.denominator)
				? element("mfrac", again(expression.numerator), again(expression.denominator))
				: fraction(again(expression.numerator), again(expression.denominator));
		case "negative":
			return row(operator("−"), guarded(expression.operand));
		case "power":
			return element("msup", guarded(expression.base), again(expression.exponent));
		case "maximum": {
			const operands = withoutGuard(expression.operands, writer);
			if (operands.length === 1) return again(operands[0]);
			if (operands.length > MOST_COMPARED) return mode === "symbols" ? operator("max") : derived(expression);
			return row(
				operator("max"),
				inParentheses(
					...operands.flatMap((operand, index) => (index === 0 ? [again(operand)] : [operator(","), again(operand)])),
				),
			);
		}
		case "apply":
			return applied(expression.function, expression.argument, writer, mode);
		case "named":
			if (expression.role === "slope" && expression.at !== undefined) {
				return mode === "symbols" ? slopeSymbol(again(expression.at)) : derived(expression);
			}
			return again(expression.value);
	}
}

export const isLeaf = ({ kind }: Expression) => kind === "scalar" || kind === "constant";

/** A part of a formula as one number. */
export const derived = (expression: Expression): MathNode =>
	expression.kind === "scalar" ? numberNode(expression.reference) : numberNode({ kind: "derived", expression });

const slopeSymbol = (at: MathNode) => row(element("msup", identifier("f"), operator("′")), inParentheses(at));

function inlineSum(sum: Expression & { kind: "sum" }, writer: FormulaWriter, mode: PrintMode): MathNode {
	if (sum.terms.length > 3) {
		if (mode === "numbers") return derived(sum);
		const { index = OUTER } = writer;
		const any: FormulaWriter = { ...writer, index: INNER, symbol: (reference) => writer.symbol(reference, index) };
		return row(sumSign(index), inline(sum.terms[0], any, mode));
	}
	return row(
		...sum.terms.flatMap((term, index) => {
			const negative = mode === "numbers" && index > 0 && isLeaf(term) && writer.sign(term) < 0;
			const node = inline(term, writer, mode);
			return index === 0 ? [node] : [operator("+"), negative ? inParentheses(node) : node];
		}),
	);
}

const NAMES: Readonly<Partial<Record<FunctionName, string>>> = { log: "ln", tanh: "tanh", sign: "sgn" };

function applied(name: FunctionName, argument: Expression, writer: FormulaWriter, mode: PrintMode): MathNode {
	const inner = () => inline(argument, writer, mode);
	switch (name) {
		case "square": {
			// With numbers the gap stands squared, not its two ends.
			const base = mode === "numbers" ? derived(argument) : inner();
			const bare = mode === "numbers" ? writer.sign(argument) >= 0 : isLeaf(argument);
			return element("msup", bare ? base : inParentheses(base), constantNode(2));
		}
		case "exp":
			return element("msup", identifier("e"), inner());
		case "sqrt":
			return element("msqrt", inner());
		case "abs":
			return row(operator("|"), inner(), operator("|"));
		case "softplus":
			return row(
				operator("ln"),
				inParentheses(constantNode(1), operator("+"), element("msup", identifier("e"), inner())),
			);
		case "sigmoid":
		case "relu":
		case "identity":
			return row(identifier("f"), inParentheses(inner()));
		default: {
			const bare = argument.kind === "scalar" || argument.kind === "maximum";
			return row(operator(NAMES[name] ?? name), bare && writer.sign(argument) >= 0 ? inner() : inParentheses(inner()));
		}
	}
}

/** What an activation function does, written out: 1/(1 + e^−z). */
export function definition(
	expression: Expression & { kind: "apply" },
	writer: FormulaWriter,
	mode: PrintMode,
): MathNode {
	const inner = inline(expression.argument, writer, mode);
	const zero = constantNode(0);
	const pick = (name: string) => row(operator(name), inParentheses(zero, operator(","), inner));
	switch (expression.function) {
		case "sigmoid": {
			const negative = mode === "numbers" && writer.sign(expression.argument) < 0;
			const exponent = row(operator("−"), negative ? inParentheses(inner) : inner);
			const below = row(constantNode(1), operator("+"), element("msup", identifier("e"), exponent));
			return fraction(constantNode(1), below);
		}
		case "relu": {
			const slope = expression.parameter ?? 0;
			return slope === 0
				? pick("max")
				: row(pick("max"), operator("+"), constantNode(slope), operator("·"), pick("min"));
		}
		default:
			return applied(expression.function, expression.argument, writer, mode);
	}
}

export const isActivation = (name: FunctionName) => name === "sigmoid" || name === "tanh" || name === "relu";
