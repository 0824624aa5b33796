import { evaluate, referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { makeReading, type Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar, outputLayer } from "../../timeline/structure.ts";
import { type PhaseName, unitFirst } from "../../timeline/timeline.ts";
import { lossOf } from "./columns.ts";

export type TopReference = Extract<ScalarReference, { readonly kind: "top" }>;

/** The scalars of the sample in front. */
export function unitReference(view: View, group: Group, what: "z" | "a", side: "data" | "diff", unit: number): ScalarReference {
	return groupScalar(group, what, { iteration: view.cursor.iteration, pass: view.pass, side }, view.sample, unit);
}

export function unitReading(view: View, group: Group, what: "z" | "a", side: "data" | "diff", unit: number): Reading {
	return view.read(unitReference(view, group, what, side, unit));
}

/**
 * What a unit's disc shows: its activation; before that is known the pre-activation; for an output whose loss makes
 * probabilities, those as soon as they are known.
 */
export function discReading(view: View, group: Group, unit: number): Reading {
	const probability = probabilityReference(view, group, unit);
	if (probability !== null) {
		const reading = view.read(probability);
		if (reading.status !== "not-yet") return reading;
	}
	return unitReading(view, group, "a", "data", unit);
}

/** The probability that a loss makes of an output's score; null where it makes none. */
export function probabilityReference(view: View, group: Group, unit: number): ScalarReference | null {
	const loss = lossOf(view.timeline.structure, group);
	const blob = loss?.head.run.internals.probability;
	if (loss === null || blob === undefined || group.role !== "output") return null;
	return {
		kind: "internal",
		iteration: view.cursor.iteration,
		pass: view.pass,
		layer: loss.head.name,
		name: "probability",
		side: "data",
		index: view.sample * group.units + unit,
	};
}

export interface Term {
	readonly reading: Reading;
	/** What the term is made of. */
	readonly references: readonly ScalarReference[];
}

function flatten(expression: Expression): readonly Expression[] {
	return expression.kind === "sum" ? expression.terms.flatMap(flatten) : [expression];
}

/** First leaf of a unit's terms in a phase of the pass shown; null where the net has no such stage. */
export function firstLeaf(view: View, phase: PhaseName, group: Group, unit: number): number | null {
	const stage = view.timeline.phases
		.find((candidate) => candidate.name === phase && candidate.pass === view.pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
	return stage === undefined ? null : unitFirst(stage, unit);
}

function termsOf(view: View, owner: ScalarReference, expressions: readonly Expression[], first: number | null, factor: number): readonly Term[] {
	const id = referenceText(owner);
	return expressions.map((expression, place): Term => {
		const value = evaluate(expression, view.value) * factor;
		const status = first === null ? "not-computed" : first + place <= view.cursor.leaf ? "known" : "not-yet";
		return { reading: makeReading(`${id}#${place}`, owner, status, value), references: referencesOf(expression) };
	});
}

/** The terms of a unit's pre-activation, in the order of the sum; those after the cursor are hatched. */
export function forwardTerms(view: View, group: Group, unit: number): readonly Term[] {
	const reference = unitReference(view, group, "z", "data", unit);
	const expression = explainScalar(view.context, reference);
	if (expression === null) return [];
	return termsOf(view, reference, flatten(expression), firstLeaf(view, "forward", group, unit), 1);
}

/** The messages W·δ that reach a unit's activation, in the order of the sum. `factor` makes them a notation's δ. */
export function backwardTerms(view: View, group: Group, unit: number, factor: number): readonly Term[] {
	const reference = unitReference(view, group, "a", "diff", unit);
	const { split } = group;
	const index = view.sample * group.units + unit;
	const sources: readonly ScalarReference[] =
		split === null
			? [reference]
			: split.run.tops.map((_, slot) => ({
					kind: "top",
					iteration: view.cursor.iteration,
					pass: view.pass,
					layer: split.name,
					slot,
					side: "diff",
					index,
				}));
	const expressions = sources.flatMap((source) => {
		const expression = explainScalar(view.context, source);
		return expression === null ? [] : flatten(expression);
	});
	return termsOf(view, reference, expressions, firstLeaf(view, "backward", group, unit), factor);
}

/** The slope f′(z), a factor of δ that is no scalar of the trace: known as soon as z is. Null for a linear unit. */
export function slopeReading(view: View, group: Group, unit: number): Reading | null {
	if (group.elementwise.length === 0) return null;
	const z = unitReference(view, group, "z", "data", unit);
	let value = 1;
	group.elementwise.forEach((_, place) => {
		const before = place === 0 ? group.head : group.elementwise[place - 1];
		if (before === undefined) return;
		const expression = explainScalar(view.context, {
			kind: "top",
			iteration: view.cursor.iteration,
			pass: view.pass,
			layer: before.name,
			slot: before === group.head ? group.slot : 0,
			side: "diff",
			index: view.sample * group.units + unit,
		});
		const slope = expression?.kind === "product" ? expression.factors.find(({ kind }) => kind === "named") : undefined;
		if (slope !== undefined) value *= evaluate(slope, view.value);
	});
	const a = view.read(unitReference(view, group, "a", "data", unit));
	const status = a.status === "not-finite" ? "known" : a.status;
	return makeReading(`${referenceText(z)}#slope`, z, status, value);
}

/** ω ÷ divisor of the loss that an output faces: what UFLDL keeps outside δ. 1 where there is none. */
export function lossScale(view: View): number {
	const output = view.timeline.structure.groups.find(({ role }) => role === "output");
	if (output === undefined) return 1;
	const expression = explainScalar(view.context, unitReference(view, output, "a", "diff", 0));
	const scale = expression?.kind === "product" ? expression.factors.find((factor) => factor.kind === "named" && factor.role === "loss-scale") : undefined;
	return scale === undefined ? 1 : evaluate(scale, view.value);
}

/** The gap a − y (p − y) that an output's diff is made of, whatever the loss's scale. */
export function errorReading(view: View, group: Group, unit: number): Reading | null {
	const reference = unitReference(view, group, "a", "diff", unit);
	const expression = explainScalar(view.context, reference);
	const gap = expression?.kind === "product" ? expression.factors.find(({ kind }) => kind === "difference") : undefined;
	if (gap === undefined) return null;
	const data = view.read(probabilityReference(view, group, unit) ?? unitReference(view, group, "a", "data", unit));
	return makeReading(`${referenceText(reference)}#error`, reference, data.status === "not-finite" ? "known" : data.status, evaluate(gap, view.value));
}

/** A diff times a factor, under its own name where the factor is not 1. */
export function scaledReading(view: View, reference: ScalarReference, factor: number): Reading {
	const reading = view.read(reference);
	if (factor === 1) return reading;
	const status = reading.status === "not-finite" ? "known" : reading.status;
	return makeReading(`${reading.id}#delta`, reference, status, view.value(reference) * factor);
}

export { outputLayer };
