import type { Expression } from "../../engine/expression.ts";
import { type NumberFormat, type SpokenLanguage, spokenReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { readingOf } from "./telling.ts";
import { flatten } from "./words/case.ts";

/** Sums of up to this many terms are spoken term by term. */
const FEW = 3;
/** More than this is not followed by ear. */
const DIGITS = 3;

/** Says numbers and formulas in the reader's language. */
export interface Speaker {
	number(reading: Reading): string;
	formula(expression: Expression): string;
}

export function speakerFor(
	view: View,
	text: Catalogue,
	language: SpokenLanguage,
	decimal: NumberFormat["decimal"],
): Speaker {
	const words = text.ledger.narration;
	const format: NumberFormat = { digits: DIGITS, ...(decimal === undefined ? {} : { decimal }) };
	const number = (reading: Reading) => spokenReading(reading, language, format) ?? words.unknown;
	const value = (expression: Expression) =>
		number(expression.kind === "constant" ? view.derive(expression) : readingOf(view, expression));

	function factor(expression: Expression): string {
		if (expression.kind === "named" && expression.role === "slope") return words.slopeValue(value(expression));
		return value(expression);
	}

	function product(factors: readonly Expression[]): string {
		return factors
			.filter((part) => !(part.kind === "named" && part.role === "loss-scale" && isOne(part.value)))
			.map(factor)
			.join(` ${words.times} `);
	}

	function formula(expression: Expression): string {
		switch (expression.kind) {
			case "sum": {
				const terms = flatten(expression);
				if (terms.length === 1) return formula(terms[0]);
				if (terms.length > FEW) return words.sumOf(terms.length);
				return terms
					.map((term) => (term.kind === "product" ? product(term.factors) : value(term)))
					.join(` ${words.plus} `);
			}
			case "product": {
				const told = product(expression.factors);
				const [only] = expression.factors;
				return expression.factors.length === 1 ? formula(only) : told;
			}
			case "difference":
				return `${value(expression.left)} ${words.minus} ${value(expression.right)}`;
			case "quotient":
				return `${value(expression.numerator)} ${words.over} ${value(expression.denominator)}`;
			case "apply":
				if (expression.function === "square") return words.squared(value(expression.argument));
				if (expression.function === "sqrt") return words.root(value(expression.argument));
				return words.of(expression.function, value(expression.argument));
			default:
				return "";
		}
	}
	return { number, formula };
}

const isOne = (expression: Expression): boolean =>
	expression.kind === "quotient" &&
	expression.numerator.kind === "constant" &&
	expression.denominator.kind === "constant" &&
	expression.numerator.value === expression.denominator.value;
