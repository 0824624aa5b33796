import type { LearnableParameter } from "../../engine/parameters.ts";
import type { ParameterMoment, ScalarReference } from "../../engine/reference.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import type { Cursor } from "../../timeline/cursor.ts";
import { type StageGroup, type Timeline, unitFirst } from "../../timeline/timeline.ts";

export type ParameterReference = Extract<ScalarReference, { readonly kind: "parameter" }>;

/** A stage group of the solver: one learnable parameter, its rows as units. */
export interface ParameterStage extends StageGroup {
	readonly subject: Extract<StageGroup["subject"], { readonly kind: "parameter" }>;
}

/** One element of a parameter under the solver's steps. */
export interface SolverElement {
	readonly parameter: LearnableParameter;
	readonly index: number;
	/** Null where the parameter is not updated (lr_mult 0). */
	readonly stage: ParameterStage | null;
}

export function parameterStages(timeline: Timeline): readonly ParameterStage[] {
	return timeline.groups.filter((group): group is ParameterStage => group.subject.kind === "parameter");
}

/** Parameters that the solver leaves alone: lr_mult 0. */
export function fixedParameters({ structure }: Timeline): readonly LearnableParameter[] {
	return structure.net.learnable.filter(({ lrMult }) => lrMult === 0);
}

const columnsOf = (stage: ParameterStage) => stage.subject.parameter.blob.count / stage.units;

/** The element in focus: the one whose number was asked for, else the one that the cursor's step is about. */
export function solverElement(view: View, inspected: Subject | null): SolverElement | null {
	const stages = parameterStages(view.timeline);
	if (inspected?.kind === "parameter" && inspected.iteration === view.cursor.iteration) {
		const parameter = view.timeline.structure.net.learnable.find(
			({ layer, slot }) => layer === inspected.layer && slot === inspected.slot,
		);
		if (parameter !== undefined) {
			const stage = stages.find(({ subject }) => subject.parameter === parameter) ?? null;
			return { parameter, index: inspected.index, stage };
		}
	}
	const { group, unit, term } = view.leaf;
	const stage = stages.find(({ index }) => index === group?.index);
	if (stage === undefined || unit === null || term === null) return null;
	const { parameter, moments } = stage.subject;
	return { parameter, index: unit * columnsOf(stage) + Math.floor(term / moments.length), stage };
}

export function momentOf(
	view: View,
	{ parameter, index }: Pick<SolverElement, "parameter" | "index">,
	moment: ParameterMoment,
): ParameterReference {
	const { layer, slot } = parameter;
	return { kind: "parameter", iteration: view.cursor.iteration, layer, slot, moment, index };
}

/** First leaf of an element's steps; null where it has none. */
export function elementFirst({ stage, index }: SolverElement): number | null {
	if (stage === null) return null;
	const columns = columnsOf(stage);
	const moments = stage.subject.moments.length;
	return unitFirst(stage, Math.floor(index / columns)) + (index % columns) * moments;
}

/** Where an element has come to its new value. */
export function elementEnd(view: View, element: SolverElement): Cursor | null {
	const first = elementFirst(element);
	if (first === null || element.stage === null) return null;
	return { iteration: view.cursor.iteration, leaf: first + element.stage.subject.moments.length - 1 };
}

/** The row that an element stands in. */
export function rowOf({ stage, parameter, index }: SolverElement): readonly SolverElement[] {
	const columns = stage === null ? parameter.blob.count : columnsOf(stage);
	const row = Math.floor(index / columns);
	return Array.from({ length: columns }, (_, column) => ({ parameter, stage, index: row * columns + column }));
}

/** The element before or after, going on into the next parameter; null at the ends. */
export function neighbour(view: View, element: SolverElement, by: 1 | -1): SolverElement | null {
	const { stage, index } = element;
	if (stage === null) return null;
	if (index + by >= 0 && index + by < stage.subject.parameter.blob.count) return { ...element, index: index + by };
	const stages = parameterStages(view.timeline);
	const next = stages[stages.findIndex((candidate) => candidate.index === stage.index) + by];
	if (next === undefined) return null;
	const { parameter } = next.subject;
	return { parameter, stage: next, index: by > 0 ? 0 : parameter.blob.count - 1 };
}
