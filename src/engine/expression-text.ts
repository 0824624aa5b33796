import type { Expression } from "./expression.ts";
import { referenceText, type ScalarReference } from "./reference.ts";

const functionWord = (name: string, parameter: number | undefined) =>
	parameter === undefined ? name : `${name}:${parameter}`;

/**
 * An expression as one line that can be evaluated elsewhere: `(+ a (* b c))`, operators first, sums and products from
 * left to right. References stand as `name` writes them.
 */
export function expressionText(
	expression: Expression,
	name: (reference: ScalarReference) => string = referenceText,
): string {
	const write = (part: Expression): string => expressionText(part, name);
	const list = (operator: string, parts: readonly Expression[]) => `(${[operator, ...parts.map(write)].join(" ")})`;
	switch (expression.kind) {
		case "constant":
			return String(expression.value);
		case "scalar":
			return name(expression.reference);
		case "sum":
			return list("+", expression.terms);
		case "product":
			return list("*", expression.factors);
		case "difference":
			return list("-", [expression.left, expression.right]);
		case "quotient":
			return list("/", [expression.numerator, expression.denominator]);
		case "negative":
			return list("neg", [expression.operand]);
		case "power":
			return list("^", [expression.base, expression.exponent]);
		case "maximum":
			return list("max", expression.operands);
		case "apply":
			return list(functionWord(expression.function, expression.parameter), [expression.argument]);
		case "named":
			return write(expression.value);
	}
}
