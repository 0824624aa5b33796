import type { Expression } from "../../../engine/expression.ts";
import { type Case, flatten, valueIn, type Words } from "./case.ts";
import { plainSentence } from "./sentence.ts";

/** The power of ten of a number's first digit. */
const power = (value: number) => Math.floor(Math.log10(Math.abs(value)));

/** The first term of a sum that is not finite by itself; null where only their sum is not. */
function brokenTerm({ view }: Case, expression: Expression): Expression | null {
	const sum = expression.kind === "quotient" ? expression.numerator : expression;
	return flatten(sum).find((term) => !Number.isFinite(valueIn(view, term))) ?? null;
}

/** Which operands made the first number that is not finite, and why it does not fit. */
export function failureWords(parts: Case): Words {
	const { view, text, expression } = parts;
	const { failure } = text.ledger;
	const title = failure.title;
	const beyond = (value: number) => failure.beyond(value < 0 ? "−" : "");
	if (expression === null) return { title, why: plainSentence(failure.adding) };
	const term = brokenTerm(parts, expression);
	if (term === null) {
		const isNumber = !Number.isNaN(valueIn(view, expression));
		return {
			title: isNumber ? title : failure.notANumber,
			why: plainSentence(isNumber ? failure.adding : failure.opposed),
		};
	}
	if (Number.isNaN(valueIn(view, term))) return { title: failure.notANumber, why: plainSentence(failure.opposed) };
	if (term.kind === "product") {
		const powers = term.factors.map((factor) => power(valueIn(view, factor)));
		const sum = powers.reduce((total, one) => total + one, 0);
		if (powers.every(Number.isFinite) && sum >= 307) {
			const note = beyond(valueIn(view, term));
			return { title, why: plainSentence(failure.multiplying(powers.join(" + "), sum)), note };
		}
	}
	const named = term.kind === "apply" ? term : null;
	if (named?.function === "square") {
		const one = power(valueIn(view, named.argument));
		return { title, why: plainSentence(failure.multiplying(`${one} + ${one}`, 2 * one)), note: beyond(1) };
	}
	if (named?.function === "exp") return { title, why: plainSentence(failure.growing("exp")) };
	return { title, why: plainSentence(failure.adding) };
}
