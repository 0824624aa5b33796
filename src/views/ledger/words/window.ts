import type { Expression } from "../../../engine/expression.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import type { Group } from "../../../timeline/structure.ts";
import { nameOfUnit } from "../names.ts";
import { type Case, flatten, unitAt, type Words } from "./case.ts";
import { plainSentence } from "./sentence.ts";

type Top = Extract<ScalarReference, { readonly kind: "top" }>;

const isWindow = (group: Group) => group.head.definition.picture === "window";

function countMaximum(expression: Expression): number | null {
	if (expression.kind === "maximum") return expression.operands.length;
	if (expression.kind === "sum" && expression.terms.length === 1) return countMaximum(expression.terms[0]);
	return null;
}

/** What a window makes of what lies under it; null for layers of another kind, and those that bend their sums. */
export function windowWords(parts: Case, r: Top): Words | null {
	const { view, text, expression } = parts;
	const { titles, why } = text.layers;
	const { group, unit } = unitAt(view, r);
	if (!isWindow(group) || group.elementwise.length > 0 || expression === null) return null;
	const name = nameOfUnit(view, text, group, unit);
	const largest = countMaximum(expression);
	if (largest !== null) return { title: titles.maximum, why: plainSentence(why.maximum(largest, name)) };
	if (group.head.run.parameters.length === 0) return { title: titles.average, why: plainSentence(why.average(name)) };
	const products = flatten(expression).filter(({ kind }) => kind === "product").length;
	return { title: titles.kernel, why: plainSentence(why.kernel(products, name)) };
}

/** What comes back to a unit from the windows that it lay under; null where no window reads it, or a valve follows. */
export function windowBackWords(parts: Case, r: Top): Words | null {
	const { view, text, expression } = parts;
	const { titles, why } = text.layers;
	const { group, unit } = unitAt(view, r);
	const consumers = view.timeline.structure.consumers(group);
	if (group.elementwise.length > 0 || consumers.length === 0 || !consumers.every(isWindow)) return null;
	const name = nameOfUnit(view, text, group, unit);
	const terms = expression === null ? [] : flatten(expression);
	const pooled = consumers.every(({ head }) => head.run.parameters.length === 0 && head.run.settings.pool !== "AVE");
	if (pooled) {
		return terms.length === 0
			? { title: titles.noWinner, why: plainSentence(why.noWinner(name)) }
			: { title: titles.winner, why: plainSentence(why.winner(name)) };
	}
	return terms.length === 0 || consumers.some(({ head }) => head.run.parameters.length === 0)
		? null
		: { title: text.ledger.titles.deltaLinear, why: plainSentence(why.shared(terms.length, name)) };
}
