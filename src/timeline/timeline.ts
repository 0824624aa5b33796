import type { LearnableParameter } from "../engine/parameters.ts";
import type { ParameterMoment } from "../engine/reference.ts";
import type { SolverSettings } from "../engine/specification.ts";
import {
	backwardDrafts,
	forwardDrafts,
	type GroupDraft,
	gradientDrafts,
	lossDrafts,
	shapeContext,
	solverDrafts,
} from "./stage-drafts.ts";
import type { Group, Structure } from "./structure.ts";

export const PHASES = ["forward", "loss", "backward", "gradients", "solver", "again"] as const;
export type PhaseName = (typeof PHASES)[number];

/** What a stage group is about. */
export type StageSubject =
	| { readonly kind: "input"; readonly groups: readonly Group[] }
	| { readonly kind: "group"; readonly group: Group }
	| { readonly kind: "decay" }
	| { readonly kind: "clip" }
	| { readonly kind: "parameter"; readonly parameter: LearnableParameter; readonly moments: readonly ParameterMoment[] }
	| { readonly kind: "again" };

/** Units of one kind in a row, each with the same number of terms. */
export interface Segment {
	readonly units: number;
	readonly terms: number;
}

/** A group of stages in one phase (and pass): units, each with its terms. Its leaves are counted, never listed. */
export interface StageGroup {
	readonly index: number;
	readonly phase: PhaseName;
	/** From 0; the solver and the closing forward belong to none. */
	readonly pass: number | null;
	/** Its word in an address. */
	readonly key: string;
	readonly subject: StageSubject;
	readonly segments: readonly Segment[];
	/** Units in all: those of every time step, one step after the other in the order in which they are gone through. */
	readonly units: number;
	/** Time steps; 1 where there are none. Going back the last one comes first. */
	readonly times: number;
	/** Its first leaf in the iteration and how many it has. */
	readonly first: number;
	readonly leaves: number;
}

export interface StagePhase {
	readonly index: number;
	readonly name: PhaseName;
	readonly pass: number | null;
	readonly groups: readonly StageGroup[];
	readonly first: number;
	readonly leaves: number;
}

/** The tree of one iteration's stages: phases, groups, units, terms. A pure function of the net and its solver. */
export interface Timeline {
	readonly structure: Structure;
	readonly settings: SolverSettings;
	readonly phases: readonly StagePhase[];
	readonly groups: readonly StageGroup[];
	readonly leaves: number;
}

/**
 * The stages of one iteration of a net under a solver's settings. Costs a walk over the net's groups and passes;
 * units and terms are counted, not built.
 */
export function createTimeline(structure: Structure, settings: SolverSettings): Timeline {
	const context = shapeContext(structure, settings);
	const drafts: { name: PhaseName; pass: number | null; groups: GroupDraft[] }[] = [];
	const perPass: readonly [PhaseName, GroupDraft[]][] = [
		["forward", forwardDrafts(structure, context)],
		["loss", lossDrafts(structure, context, settings)],
		["backward", backwardDrafts(structure, context)],
		["gradients", gradientDrafts(structure, context)],
	];
	for (let pass = 0; pass < settings.iterSize; pass++) {
		for (const [name, groups] of perPass) drafts.push({ name, pass, groups });
	}
	drafts.push({ name: "solver", pass: null, groups: solverDrafts(structure, context, settings) });
	drafts.push({
		name: "again",
		pass: null,
		groups: [{ key: "loss", subject: { kind: "again" }, segments: [{ units: 1, terms: 1 }] }],
	});

	let leaf = 0;
	let index = 0;
	const phases = drafts
		.filter(({ groups }) => groups.length > 0)
		.map(({ name, pass, groups }, phaseIndex): StagePhase => {
			const begin = leaf;
			const built = groups.map((draft): StageGroup => {
				const leaves = draft.segments.reduce((total, { units, terms }) => total + units * terms, 0);
				const units = draft.segments.reduce((total, segment) => total + segment.units, 0);
				const group = {
					...draft,
					times: draft.times ?? 1,
					index: index++,
					phase: name,
					pass,
					units,
					first: leaf,
					leaves,
				};
				leaf += leaves;
				return group;
			});
			return { index: phaseIndex, name, pass, groups: built, first: begin, leaves: leaf - begin };
		});
	return { structure, settings, phases, groups: phases.flatMap((phase) => phase.groups), leaves: leaf };
}

/** Which of a stage group's units, counted in order, is a unit at a time step; both count from 0. */
export function stageUnit({ units, times, phase }: StageGroup, unit: number, time: number): number {
	const turn = phase === "backward" ? times - 1 - time : time;
	return turn * (units / times) + unit;
}

/** The unit and the time step of one of a stage group's units. */
export function unitAndTime(
	{ units, times, phase }: StageGroup,
	place: number,
): { readonly unit: number; readonly time: number } {
	const each = units / times;
	const turn = Math.floor(place / each);
	return { unit: place % each, time: phase === "backward" ? times - 1 - turn : turn };
}

/** First leaf of one of a stage group's units, counted in order, in the iteration. */
export function placeFirst(group: StageGroup, place: number): number {
	let leaf = group.first;
	let skipped = place;
	for (const { units, terms } of group.segments) {
		if (skipped < units) return leaf + skipped * terms;
		leaf += units * terms;
		skipped -= units;
	}
	return leaf;
}

export function placeTerms(group: StageGroup, place: number): number {
	let skipped = place;
	for (const { units, terms } of group.segments) {
		if (skipped < units) return terms;
		skipped -= units;
	}
	return 0;
}

/** First leaf of a unit, where there are time steps at one of them. */
export function unitFirst(group: StageGroup, unit: number, time = 0): number {
	return placeFirst(group, stageUnit(group, unit, time));
}

export function unitTerms(group: StageGroup, unit: number, time = 0): number {
	return placeTerms(group, stageUnit(group, unit, time));
}
