import { type Formula as Columns, printFormula } from "../../explain/formula.ts";
import { operandCount } from "../../explain/formula-columns.ts";
import { cellsWidth } from "../../explain/lines.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { told, writerFor } from "./telling.ts";

/** The formula's type, in pixels; the same as in the style sheet. */
export const SIZE = 18.4;

/** Where a step adds up term by term, the sum's numbers are known one after the other from this leaf on. */
export interface Told {
	readonly subject: Subject;
	/** All the solver's steps in one. */
	readonly whole?: boolean;
	/** The leaf of the sum's first term, where one goes term by term. */
	readonly termsFrom?: number | null;
	/** The place of the term that this step adds. */
	readonly current?: number | null;
	/** On one line, where another formula has put in the numbers already. */
	readonly brief?: boolean;
}

/** So many operands never fit one by one. */
const MOST_APART = 9;

/** Of −1.173: which form fits must not depend on the numbers, or it would change from unit to unit. */
const usualWidth = () => 3.1;

/** A formula with the columns that it is printed in; none where it is given. */
export interface Printed {
	readonly told: Told;
	readonly columns: Columns | null;
}

/** A formula's columns for the width at hand: products apart, or as one term each where these would not fit. */
export function printed(view: View, formula: Told, terms: number, width: number): Printed {
	const { subject, whole, termsFrom = null, current = null } = formula;
	const expression = told(view, subject, whole);
	if (expression === null) return { told: formula, columns: null };
	const { status } = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
	const known = status === "known" || status === "not-finite";
	const print = (merge: boolean) =>
		printFormula(expression, writerFor(view, expression, { merge, terms, termsFrom, current, known }));
	if (operandCount(expression, terms, MOST_APART) >= MOST_APART) return { told: formula, columns: print(true) };
	const apart = print(false);
	const cells = apart.parts.flatMap((part) => part.cells);
	const fits = cellsWidth(cells, usualWidth) <= width / SIZE - 3;
	return { told: formula, columns: fits ? apart : print(true) };
}
