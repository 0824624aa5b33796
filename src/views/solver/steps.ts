import { referencesOf } from "../../engine/evaluate.ts";
import { momentsInForce } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { product, sum } from "../../engine/expressions.ts";
import type { ParameterMoment } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import { gradientParts } from "../../explain/gradient-parts.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { elementFirst, momentOf, type ParameterReference, type SolverElement } from "./model.ts";

/** The steps of a strip; those that the settings leave out do not stand in it. */
export type StepKind = "sum" | "mean" | "clipped" | "normalized" | "regularized" | "history" | "history2" | "update";

/** What a step's bar is put together from. */
export interface StepPart {
	readonly expression: Expression;
	readonly reading: Reading;
	/** Brought along from the iteration before. */
	readonly carried: boolean;
	/** The sample's number, from 1, on a share. */
	readonly sample: number | null;
}

export interface SolverStep {
	readonly kind: StepKind;
	readonly result: Reading;
	/** Null for the sum of the shares where the notation takes the mean outside. */
	readonly reference: ParameterReference | null;
	readonly expression: Expression;
	readonly parts: readonly StepPart[];
	/** The result times this is the step's input, where the step only multiplies; null where it adds. */
	readonly shrinks: number | null;
	/** At whose end it is known; null where it was known before the solver began. */
	readonly leaf: number | null;
}

/** More shares than this are added up pass by pass. */
const MOST_SHARES = 24;

function partOf(view: View, expression: Expression, sample: number | null = null): StepPart {
	const carried = referencesOf(expression).some(
		(reference) => reference.kind === "parameter" && reference.iteration < view.cursor.iteration,
	);
	const reading = expression.kind === "scalar" ? view.read(expression.reference) : view.derive(expression);
	return { expression, reading, carried, sample };
}

function gradientSteps(view: View, element: SolverElement): readonly SolverStep[] {
	const gradient = momentOf(view, element, "gradient");
	const { contributions, scale, scaleValue } = gradientParts(view.explain, gradient);
	const shares = contributions.flatMap((contribution) => contribution.shares);
	if (shares.length === 0) return [];
	const one = contributions.length === 1;
	const total = one
		? contributions[0].sum
		: sum(
				contributions.map((contribution) => contribution.sum),
				"passes",
			);
	const parts =
		shares.length <= MOST_SHARES
			? shares.map((share) => partOf(view, { kind: "scalar", reference: share }, share.sample + 1))
			: contributions.map((contribution) => partOf(view, contribution.sum));
	const summed: SolverStep = {
		kind: "sum",
		result: scale === null ? view.read(gradient) : view.derive(total),
		reference: scale === null ? gradient : null,
		expression: (shares.length === 1 ? expand(view.explain, shares[0]) : null) ?? total,
		parts: parts.length > 1 ? parts : [],
		shrinks: null,
		leaf: null,
	};
	if (scale === null) return [summed];
	const mean: SolverStep = {
		kind: "mean",
		result: view.read(gradient),
		reference: gradient,
		expression: product(scale, total),
		parts: [],
		shrinks: 1 / scaleValue,
		leaf: null,
	};
	return parts.length > 1 ? [summed, mean] : [mean];
}

const SHOWN: readonly ParameterMoment[] = ["clipped", "normalized", "regularized", "history", "history2", "update"];

function isKind(moment: ParameterMoment): moment is Exclude<StepKind, "sum" | "mean"> {
	return SHOWN.includes(moment);
}

/** From the shares of the samples to the update value: the steps in force under the settings, as the notation has them. */
export function solverSteps(view: View, element: SolverElement): readonly SolverStep[] {
	const { parameter, stage } = element;
	const first = elementFirst(element);
	const moments = momentsInForce(view.context, parameter.layer, parameter.slot);
	const steps = moments.filter(isKind).flatMap((kind): SolverStep[] => {
		const reference = momentOf(view, element, kind);
		const expression = expand(view.explain, reference);
		if (expression === null) return [];
		// SGD's update value is its history by another name.
		if (kind === "update" && expression.kind === "scalar") return [];
		const place = stage?.subject.moments.indexOf(kind === "update" ? "after" : kind) ?? -1;
		const terms = expression.kind === "sum" ? expression.terms : [];
		return [
			{
				kind,
				result: view.read(reference),
				reference,
				expression,
				parts: terms.map((term) => partOf(view, term)).toSorted((a, b) => Number(a.carried) - Number(b.carried)),
				shrinks: shrinkOf(view, kind),
				leaf: first === null || place < 0 ? null : first + place,
			},
		];
	});
	return [...gradientSteps(view, element), ...steps];
}

function shrinkOf(view: View, kind: StepKind): number | null {
	const { iteration } = view.cursor;
	if (kind === "normalized") return view.trace.settings.iterSize;
	if (kind !== "clipped") return null;
	const factor = view.value({ kind: "solver", iteration, name: "clipScale" });
	return factor > 0 ? 1 / factor : null;
}
