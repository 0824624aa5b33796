import type { Expression } from "./expression.ts";
import { elementaryFunctions } from "./functions.ts";
import { pow } from "./numerics/pow.ts";
import type { ScalarReference } from "./reference.ts";

/**
 * The value of an expression over recorded scalars. Sums and products run from left to right, as the kernels do, so a
 * tree that states the kernel's order gives the kernel's bits.
 */
export function evaluate(expression: Expression, read: (reference: ScalarReference) => number): number {
	switch (expression.kind) {
		case "constant":
			return expression.value;
		case "scalar":
			return read(expression.reference);
		case "sum": {
			let total = 0;
			for (const term of expression.terms) total += evaluate(term, read);
			return total;
		}
		case "product": {
			let total = evaluate(expression.factors[0], read);
			for (let i = 1; i < expression.factors.length; i++) total *= evaluate(expression.factors[i], read);
			return total;
		}
		case "difference":
			return evaluate(expression.left, read) - evaluate(expression.right, read);
		case "quotient":
			return evaluate(expression.numerator, read) / evaluate(expression.denominator, read);
		case "negative":
			return -evaluate(expression.operand, read);
		case "power":
			return pow(evaluate(expression.base, read), evaluate(expression.exponent, read));
		case "maximum": {
			let largest = Number.NEGATIVE_INFINITY;
			for (const operand of expression.operands) {
				const value = evaluate(operand, read);
				if (value > largest || Number.isNaN(value)) largest = value;
			}
			return largest;
		}
		case "apply":
			return elementaryFunctions[expression.function].value(evaluate(expression.argument, read), expression.parameter);
		case "named":
			return evaluate(expression.value, read);
	}
}

/** The direct parts of an expression, in reading order. */
export function operandsOf(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case "constant":
		case "scalar":
			return [];
		case "sum":
			return expression.terms;
		case "product":
			return expression.factors;
		case "difference":
			return [expression.left, expression.right];
		case "quotient":
			return [expression.numerator, expression.denominator];
		case "negative":
			return [expression.operand];
		case "power":
			return [expression.base, expression.exponent];
		case "maximum":
			return expression.operands;
		case "apply":
			return [expression.argument];
		case "named":
			return [expression.value];
	}
}

/** Every scalar that an expression refers to, in reading order, with repetitions. */
export function referencesOf(expression: Expression): readonly ScalarReference[] {
	if (expression.kind === "scalar") return [expression.reference];
	return operandsOf(expression).flatMap(referencesOf);
}

/** The same expression with each reference replaced. */
export function mapReferences(expression: Expression, replace: (reference: ScalarReference) => Expression): Expression {
	const again = (part: Expression) => mapReferences(part, replace);
	switch (expression.kind) {
		case "constant":
			return expression;
		case "scalar":
			return replace(expression.reference);
		case "sum":
			return { ...expression, terms: expression.terms.map(again) };
		case "product":
			return { ...expression, factors: expression.factors.map(again) };
		case "difference":
			return { ...expression, left: again(expression.left), right: again(expression.right) };
		case "quotient":
			return { ...expression, numerator: again(expression.numerator), denominator: again(expression.denominator) };
		case "negative":
			return { ...expression, operand: again(expression.operand) };
		case "power":
			return { ...expression, base: again(expression.base), exponent: again(expression.exponent) };
		case "maximum":
			return { ...expression, operands: expression.operands.map(again) };
		case "apply":
			return { ...expression, argument: again(expression.argument) };
		case "named":
			return {
				...expression,
				value: again(expression.value),
				...(expression.at === undefined ? {} : { at: again(expression.at) }),
			};
	}
}
