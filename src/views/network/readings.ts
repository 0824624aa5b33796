import { evaluate, referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { product, scalar, sum } from "../../engine/expressions.ts";
import type { Pass, ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { BlockReading, Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { type PhaseName, unitFirst } from "../../timeline/timeline.ts";
import { lossOf } from "./columns.ts";

type InternalReference = Extract<ScalarReference, { readonly kind: "internal" }>;

/** The scalars of the sample in front. */
export function unitReference(
	view: View,
	group: Group,
	what: "z" | "a",
	side: "data" | "diff",
	unit: number,
): Extract<ScalarReference, { readonly kind: "top" }> {
	return groupScalar(group, what, { iteration: view.cursor.iteration, pass: view.pass, side }, view.sample, unit);
}

export function unitReading(view: View, group: Group, what: "z" | "a", side: "data" | "diff", unit: number): Reading {
	return view.read(unitReference(view, group, what, side, unit));
}

/** All units of a layer for the sample in front: their outputs, or their δ. */
export function blockOf(view: View, group: Group, side: "data" | "diff"): BlockReading {
	const first = unitReference(view, group, side === "diff" ? "z" : "a", side, 0);
	return view.block(first, group.units);
}

/**
 * What a unit's disc shows: its activation; before that is known the pre-activation; for an output whose loss makes
 * probabilities, those as soon as they are known.
 */
export function discReading(view: View, group: Group, unit: number, pass: Pass = view.pass): Reading {
	const probability = probabilityReference(view, group, unit);
	if (probability !== null) {
		const reading = view.read({ ...probability, pass });
		if (reading.status !== "not-yet") return reading;
	}
	return view.read(
		groupScalar(group, "a", { iteration: view.cursor.iteration, pass, side: "data" }, view.sample, unit),
	);
}

/** The probability that a loss makes of an output's score; null where it makes none. */
export function probabilityReference(view: View, group: Group, unit: number): InternalReference | null {
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
	/** Its number whatever the cursor: for the axis, which is that of the whole step. */
	readonly value: number;
	/** Its place in the sum, and how many terms it stands for. */
	readonly place: number;
	readonly count: number;
}

/** Of a longer sum only so many terms are drawn one by one: the largest. */
const MOST_TERMS = 96;
const LARGEST = 32;

function flatten(expression: Expression): readonly Expression[] {
	return expression.kind === "sum" ? expression.terms.flatMap(flatten) : [expression];
}

/** First leaf of a unit's terms in a phase of the pass shown; null where the net has no such stage. */
export function firstLeaf(view: View, phase: PhaseName, group: Group, unit: number): number | null {
	const stage = view.timeline.phases
		.find((candidate) => candidate.name === phase && candidate.pass === view.pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
	return stage === undefined ? null : unitFirst(stage, unit, timeOfSample(view, group));
}

/** The time step that the row in front is of; 0 where a layer has none. */
export function timeOfSample(view: View, { samples, times }: Group): number {
	return times === 1 ? 0 : Math.floor(view.sample / (samples / times));
}

function termOf(view: View, expression: Expression, place: number, count: number, first: number | null): Term {
	return {
		reading: view.derive(expression, first === null ? null : first + place + count - 1),
		references: count > 1 ? [] : referencesOf(expression),
		value: evaluate(expression, view.shown),
		place,
		count,
	};
}

/** The largest terms of a long sum in their order; between them what stands for the rest, a sum each. */
function largestTerms(view: View, expressions: readonly Expression[], first: number | null): readonly Term[] {
	const sizes = expressions.map((expression) => Math.abs(evaluate(expression, view.shown)));
	const order = sizes.map((_, place) => place).toSorted((a, b) => sizes[b] - sizes[a]);
	const apart = new Set(order.slice(0, LARGEST));
	const drawn = expressions.flatMap((expression, place) =>
		apart.has(place) ? [termOf(view, expression, place, 1, first)] : [],
	);
	const rest = expressions.filter((_, place) => !apart.has(place));
	const last = expressions.length - rest.length;
	return [...drawn, { ...termOf(view, sum(rest), last, rest.length, first), place: expressions.length - 1 }];
}

function termsOfScalar(view: View, reference: ScalarReference, first: number | null): readonly Term[] {
	const expression = expand(view.explain, reference);
	if (expression === null) return [];
	const expressions = flatten(expression);
	if (expressions.length > MOST_TERMS) return largestTerms(view, expressions, first);
	return expressions.map((term, place) => termOf(view, term, place, 1, first));
}

/** How many terms of a sum those that are drawn stand for. */
export function countTerms(terms: readonly Term[]): number {
	return terms.reduce((total, { count }) => total + count, 0);
}

/** The terms of a unit's pre-activation, in the order of the sum; those after the cursor are hatched. */
export function forwardTerms(view: View, group: Group, unit: number): readonly Term[] {
	return termsOfScalar(view, unitReference(view, group, "z", "data", unit), firstLeaf(view, "forward", group, unit));
}

/** The messages W·δ that reach a unit's activation, in the order of the sum. */
export function backwardTerms(view: View, group: Group, unit: number): readonly Term[] {
	return termsOfScalar(view, unitReference(view, group, "a", "diff", unit), firstLeaf(view, "backward", group, unit));
}

/** The slope f′(z), a factor of δ that is no scalar of the trace. Null for a linear unit. */
export function slopeReading(view: View, group: Group, unit: number): Reading | null {
	if (group.elementwise.length === 0) return null;
	const slopes = group.elementwise.flatMap((_, place): readonly Expression[] => {
		const before = place === 0 ? group.head : group.elementwise[place - 1];
		if (before === undefined) return [];
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
		return slope === undefined ? [] : [slope];
	});
	const [first] = slopes;
	if (first === undefined) return null;
	return view.derive(slopes.length === 1 ? first : product(...slopes));
}

function gapOf(view: View, group: Group, unit: number) {
	const expression = explainScalar(view.context, unitReference(view, group, "a", "diff", unit));
	const gap = expression?.kind === "product" ? expression.factors.find(({ kind }) => kind === "difference") : undefined;
	return gap?.kind === "difference" ? gap : null;
}

/** The gap a − y (p − y) that an output's diff is made of, whatever the loss's scale. */
export function errorReading(view: View, group: Group, unit: number): Reading | null {
	const gap = gapOf(view, group, unit);
	return gap === null ? null : view.derive(gap);
}

/** What the gap lies between: the output and what it should be. */
export function errorParts(view: View, group: Group, unit: number) {
	const gap = gapOf(view, group, unit);
	if (gap === null) return null;
	const read = (part: Expression) => (part.kind === "scalar" ? view.read(part.reference) : view.derive(part));
	return { output: read(gap.left), target: read(gap.right) };
}

/** W·δ of one edge, known as soon as its δ is. */
export function messageReading(view: View, weight: ScalarReference, delta: ScalarReference): Reading {
	return view.derive(product(scalar(weight), scalar(delta)));
}
