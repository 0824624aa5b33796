import { evaluate } from "../../../engine/evaluate.ts";
import type { Expression } from "../../../engine/expression.ts";
import { constant, product, quotient } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import type { Reading } from "../../../explain/reading.ts";
import type { Catalogue } from "../../../i18n/catalogue.ts";
import type { View } from "../../../store/view.ts";
import { type Group, groupScalar, outputLayer } from "../../../timeline/structure.ts";
import { largestSlope } from "../kinds.ts";
import type { Sentence } from "./sentence.ts";

/** What the ledger says about a number, beside its formula; true of these numbers. */
export interface Words {
	readonly title: string;
	readonly why: Sentence;
	/** Said below the result. */
	readonly note?: string;
}

/** A number, how it comes about, and what it may be called. */
export interface Case {
	readonly view: View;
	readonly text: Catalogue;
	readonly reference: ScalarReference;
	readonly expression: Expression | null;
}

export const valueIn = (view: View, part: Expression) => evaluate(part, view.shown);

export function flatten(expression: Expression): readonly Expression[] {
	return expression.kind === "sum" ? expression.terms.flatMap(flatten) : [expression];
}

/** The factors of a product, or the expression itself. */
export const factorsOf = (expression: Expression): readonly Expression[] =>
	expression.kind === "product" ? expression.factors : [expression];

type Slope = Expression & { readonly kind: "named" };

export function slopeIn(expression: Expression): Slope | null {
	const found = factorsOf(expression).find((factor) => factor.kind === "named" && factor.role === "slope");
	return found?.kind === "named" ? found : null;
}

/** How far a valve stands open: its slope over the largest that f has, 0 … 1. */
export function openingOf(view: View, slope: Slope): number {
	return Math.abs(valueIn(view, slope)) / largestSlope(slope.function ?? "identity");
}

/** The same as a number of per cent. */
export function openingReading(view: View, slope: Slope): Reading {
	return percentReading(view, slope, constant(largestSlope(slope.function ?? "identity")));
}

export function percentReading(view: View, part: Expression, whole: Expression): Reading {
	return view.derive(product(constant(100), quotient(part, whole)));
}

export type Opening = "open" | "partly" | "narrow" | "shut";

/** Bounds in words: what counts as open, partly open and as good as closed. */
export function openingWord(share: number): Opening {
	if (share >= 0.7) return "open";
	if (share >= 0.12) return "partly";
	return share >= 1e-6 ? "narrow" : "shut";
}

export type ErrorSize = "none" | "small" | "some" | "large";

export function errorWord(gap: number): ErrorSize {
	const size = Math.abs(gap);
	if (size === 0) return "none";
	return size >= 0.5 ? "large" : size < 0.1 ? "small" : "some";
}

/** The group and unit of a top, with its activation for the sample that the top belongs to. */
export function unitAt(view: View, r: Extract<ScalarReference, { readonly kind: "top" }>) {
	const group: Group = view.timeline.structure.groupOf(r.layer, r.slot);
	const unit = r.index % group.units;
	const sample = Math.floor(r.index / group.units);
	const at = { iteration: r.iteration, pass: r.pass, side: "data" } as const;
	return {
		group,
		unit,
		sample,
		z: groupScalar(group, "z", at, sample, unit),
		a: groupScalar(group, "a", at, sample, unit),
		isActivation: r.layer === outputLayer(group).name && group.elementwise.length > 0,
	};
}
