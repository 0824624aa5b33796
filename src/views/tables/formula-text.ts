import { evaluate } from "../../engine/evaluate.ts";
import { expandSubject } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, formatReading, type NumberFormat } from "../../explain/number-text.ts";
import { plainLine, plainText } from "../../explain/plain-line.ts";
import type { Subject } from "../../explain/reading.ts";
import { symbolLine } from "../../explain/symbol.ts";
import type { View } from "../../store/view.ts";
import { readSubject } from "../marks/read-subject.ts";

/** How a number that is known comes about, in one line: its symbol and the numbers put in. */
export function formulaText(view: View, subject: Subject, format: NumberFormat, more: (n: number) => string): string {
	const expression = expandSubject(view.explain, subject);
	const left =
		subject.kind === "derived" ? "" : symbolLine(notations[view.notation].symbol(view.timeline.structure, subject));
	if (expression === null) return left;
	const pieces = plainLine(expression, {
		sign: (part) => Math.sign(evaluate(part, view.shown)),
		size: (part) => Math.abs(evaluate(part, view.shown)),
	});
	const right = plainText(pieces, {
		number: (node) => formatReading(readSubject(view, node.subject), format),
		constant: (value) => formatNumber(value, format),
		more,
	});
	return left === "" ? right : `${left} = ${right}`;
}
