import { describe, expect, it } from "vitest";
import { evaluate } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import {
	apply,
	constant,
	difference,
	maximum,
	named,
	negative,
	power,
	product,
	quotient,
	scalar,
	sum,
} from "../engine/expressions.ts";
import type { ScalarReference } from "../engine/reference.ts";
import { plainLine, plainText } from "./plain-line.ts";

const written = (value: number) => String(value).replace("-", "−");

/** Numbers by their place in one blob. */
function lineOf(expression: Expression, values: readonly number[], hidden = false): string {
	const value = (reference: ScalarReference) => ("index" in reference ? values[reference.index] : Number.NaN);
	const of = (part: Expression) => (hidden ? 0 : evaluate(part, value));
	const pieces = plainLine(expression, { sign: (part) => Math.sign(of(part)), size: (part) => Math.abs(of(part)) });
	return plainText(pieces, {
		number: ({ subject }) => {
			if (hidden) return "·";
			return written(subject.kind === "derived" ? evaluate(subject.expression, value) : value(subject));
		},
		constant: written,
		more: (count) => `${count} more`,
	});
}

const x = (index: number): Expression =>
	scalar({ kind: "top", iteration: 1, pass: 0, layer: "l", slot: 0, side: "data", index });

describe("a formula on one line", () => {
	it.each([
		["a sum", sum([x(0), x(1), constant(2)]), [0.5, -0.25], "0.5 − 0.25 + 2"],
		["a product", product(x(0), x(1)), [0.5, -0.25], "0.5 · (−0.25)"],
		["a sum of products", sum([product(x(0), x(1)), product(x(1), x(0))]), [0.5, -2], "0.5 · (−2) + (−2) · 0.5"],
		["a difference in a product", product(difference(x(0), x(1)), x(0)), [0.5, -2], "(0.5 − (−2)) · 0.5"],
		["a quotient", quotient(sum([x(0), x(1)]), sum([x(1), constant(1)])), [3, 2], "(3 + 2) ÷ (2 + 1)"],
		["a mean", quotient(sum([x(0), x(1)]), constant(2)), [3, 2], "(1 ÷ 2) · (3 + 2)"],
		["a square", apply("square", x(0)), [-3], "(−3)²"],
		["powers", power(x(0), constant(3)), [0.5], "0.5³"],
		["a negative power", power(x(0), constant(-0.75)), [2], "2^(−0.75)"],
		["a root", apply("sqrt", sum([x(0), constant(1)])), [3], "√(3 + 1)"],
		["a logarithm", negative(apply("log", x(0))), [0.5], "−ln 0.5"],
		["a maximum", maximum(x(0), x(1)), [0.5, -2], "max(0.5, −2)"],
		["an activation", apply("sigmoid", x(0)), [0.5], "f(0.5) = 1 ÷ (1 + e^(−0.5))"],
		[
			"a slope",
			product(x(0), named("slope", product(x(1), difference(constant(1), x(1))), { function: "sigmoid", at: x(1) })),
			[2, 0.5],
			"2 · 0.25",
		],
	])("writes %s", (_what, expression, values, text) => {
		expect(lineOf(expression, values)).toBe(text);
	});

	it("writes the largest terms of a long sum, and counts and adds up the others", () => {
		const values = [1, -8, 0.5, 4, 0.25, 2, -0.5, 0.125];
		expect(lineOf(sum(values.map((_, k) => x(k))), values)).toBe("−8 + 4 + 2 + (5 more: 1.375)");
	});

	it("tells no sign before the number is known", () => {
		expect(lineOf(sum([x(0), x(1)]), [0.5, -0.25], true)).toBe("· + ·");
	});
});
