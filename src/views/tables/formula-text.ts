import { evaluate } from "../../engine/evaluate.ts";
import { expandSubject } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, formatReading, type NumberFormat } from "../../explain/number-text.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import { symbolLine } from "../../explain/symbol.ts";
import { numericText, type Token, tokensOf } from "../../explain/tokens.ts";
import type { View } from "../../store/view.ts";

export function readSubject(view: View, subject: Subject): Reading {
	return subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
}

function tokenText(view: View, token: Token, format: NumberFormat, more: (n: number) => string): string {
	switch (token.kind) {
		case "scalar": {
			const text = formatReading(view.read(token.reference), format);
			if (token.bare) return text.replace(/^\u2212/, "");
			return token.parenthesised ? `(${text})` : text;
		}
		case "constant":
			return formatNumber(token.value, format);
		case "slope":
		case "scale":
			return formatReading(view.derive(token.value), format);
		case "more":
			return `(${more(token.count)}: ${formatReading(view.derive(token.rest), format)})`;
		default:
			return "";
	}
}

/** How a number comes about, in one line: its symbol and the numbers put in. */
export function formulaText(view: View, subject: Subject, format: NumberFormat, more: (n: number) => string): string {
	const expression = expandSubject(view.explain, subject);
	const left =
		subject.kind === "derived" ? "" : symbolLine(notations[view.notation].symbol(view.timeline.structure, subject));
	if (expression === null) return left;
	const tokens = tokensOf(expression, (part) => evaluate(part, view.shown));
	const right = numericText(tokens, (token) => tokenText(view, token, format, more));
	return left === "" ? right : `${left} = ${right}`;
}
