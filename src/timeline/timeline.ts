import { type ExplanationContext, explainScalar, gradientRows, momentsInForce } from "../engine/explain-scalar.ts";
import type { Expression } from "../engine/expression.ts";
import type { LearnableParameter, ParameterUse } from "../engine/parameters.ts";
import type { ParameterMoment } from "../engine/reference.ts";
import { localDecay } from "../engine/solver/decay.ts";
import { updateRule } from "../engine/solver/known-rules.ts";
import type { SolverSettings } from "../engine/specification.ts";
import { type Group, groupScalar, type Structure } from "./structure.ts";

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

const escapeKey = (name: string) => encodeURIComponent(name).replaceAll(".", "%2E").replaceAll("~", "%7E");

export const parameterKey = (layer: string, slot: number) => `${escapeKey(layer)}~${slot}`;
export const groupKey = (group: Group) =>
	group.slot === 0 ? escapeKey(group.head.name) : `${escapeKey(group.head.name)}~${group.slot}`;

type GroupDraft = Pick<StageGroup, "key" | "subject" | "segments"> & { readonly times?: number };

/** How many terms an expression adds up, sums within sums counted through; 1 for anything but a sum. */
export function termCount(expression: Expression): number {
	if (expression.kind !== "sum") return 1;
	return expression.terms.reduce((count, term) => count + termCount(term), 0);
}

/** Explanations whose cases do not matter, only their number of terms. */
function shapeContext(structure: Structure, settings: SolverSettings): ExplanationContext {
	return { net: structure.net, settings, read: () => 0 };
}

const first = { iteration: 1, pass: 0 } as const;

/** Terms of a group's pre-activation, one leaf each; its elementwise layers add a leaf each. */
export function forwardTerms(context: ExplanationContext, group: Group): number {
	const { steps } = group.head.definition;
	if (steps !== null) return steps.forward.length;
	return mostTerms(group, (unit) =>
		explainScalar(context, groupScalar(group, "z", { ...first, side: "data" }, 0, unit)),
	);
}

/** Units whose terms are counted: windows at a border have fewer than those in the middle. */
const COUNTED = 9;

/** The most terms that any unit of a group has, from a few spread over it. */
function mostTerms(group: Group, explain: (unit: number) => Expression | null): number {
	const isWindow = group.units > 1 && group.head.definition.picture !== "dense";
	const places = isWindow
		? Array.from({ length: COUNTED }, (_, k) => Math.floor((k * (group.units - 1)) / (COUNTED - 1)))
		: [0];
	const middle = Math.floor(group.units / 2);
	const counts = [...new Set([...places, ...(isWindow ? [middle] : [])])].map((unit) => {
		const expression = explain(unit);
		return expression === null ? 1 : termCount(expression);
	});
	return Math.max(1, ...counts);
}

/** Messages that reach a group's output from its consumers; a Split's consumers are counted through. */
export function backwardTerms(context: ExplanationContext, group: Group): number {
	if (group.split !== null) {
		return group.split.run.tops.reduce((count, _, slot) => {
			const layer = group.split?.name ?? "";
			return (
				count +
				mostTerms(group, (index) => explainScalar(context, { kind: "top", ...first, layer, slot, side: "diff", index }))
			);
		}, 0);
	}
	return mostTerms(group, (unit) =>
		explainScalar(context, groupScalar(group, "a", { ...first, side: "diff" }, 0, unit)),
	);
}

/** The output unit (row of the weight) that each parameter of a layer counts by. */
function gradientUnits(group: Group): number {
	const [weight] = group.head.run.parameters;
	return weight.shape.length > 1 ? weight.shape[0] : 1;
}

const computesGradient = (group: Group, use: ParameterUse, slot: number) =>
	group.head.needsBackward && group.head.run.parameterNeedsDiff[slot] && use !== undefined;

function forwardDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
	const given = structure.groups.filter((group) => group.role === "input" || group.role === "target");
	const computed = structure.groups.filter((group) => group.role === "hidden" || group.role === "output");
	return [
		...(given.length > 0
			? [
					{
						key: groupKey(given[0]),
						subject: { kind: "input", groups: given } as const,
						segments: [{ units: 1, terms: 1 }],
					},
				]
			: []),
		...computed.map((group) => ({
			key: groupKey(group),
			subject: { kind: "group", group } as const,
			times: group.times,
			segments: [{ units: group.units * group.times, terms: forwardTerms(context, group) + group.elementwise.length }],
		})),
	];
}

function lossDrafts(structure: Structure, context: ExplanationContext, settings: SolverSettings): GroupDraft[] {
	const losses = structure.groups.filter((group) => group.role === "loss" && group.slot === 0);
	const decays = structure.net.learnable.filter(({ decayMult }) => localDecay(settings, decayMult) !== 0).length;
	return [
		...losses.map((group) => {
			const internals = Object.values(group.head.run.internals).map((blob) => ({
				units: blob.count / (blob.shape[0] ?? 1),
				terms: 1,
			}));
			return {
				key: groupKey(group),
				subject: { kind: "group", group } as const,
				segments: [...internals, { units: 1, terms: lossTerms(context, group) }],
			};
		}),
		...(decays > 0
			? [{ key: "decay", subject: { kind: "decay" } as const, segments: [{ units: 1, terms: decays }] }]
			: []),
	];
}

/** Terms of a loss: what its sum adds up, before the divisor. */
function lossTerms(context: ExplanationContext, group: Group): number {
	const expression = explainScalar(context, groupScalar(group, "z", { ...first, side: "data" }, 0, 0));
	if (expression === null) return 1;
	return Math.max(1, termCount(expression.kind === "quotient" ? expression.numerator : expression));
}

/** What a unit's diff passes after the messages have come: its elementwise layers, then the steps of its head. */
const stepsBack = ({ elementwise, head }: Group) => elementwise.length + (head.definition.steps?.backward.length ?? 0);

function backwardDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
	return structure.groups
		.filter((group) => group.role !== "loss" && group.role !== "target" && group.hasDelta)
		.toReversed()
		.map((group) => ({
			key: groupKey(group),
			subject: { kind: "group", group } as const,
			times: group.times,
			segments: [{ units: group.units * group.times, terms: backwardTerms(context, group) + stepsBack(group) }],
		}));
}

function gradientDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
	return structure.groups
		.filter(
			(group) => group.slot === 0 && group.head.parameters.some((use, slot) => computesGradient(group, use, slot)),
		)
		.toReversed()
		.map((group) => ({
			key: groupKey(group),
			subject: { kind: "group", group } as const,
			segments: [{ units: gradientUnits(group), terms: gradientRows(context, group.head.name, 0) }],
		}));
}

/** The solver's steps on one weight that take a leaf each: what changes nothing by itself is left out. */
function solverMoments(context: ExplanationContext, parameter: LearnableParameter): readonly ParameterMoment[] {
	const { updateIsHistory } = updateRule(context.settings.type);
	return momentsInForce(context, parameter.layer, parameter.slot).filter(
		(moment) => moment !== "gradient" && !(moment === "update" && updateIsHistory),
	);
}

function solverDrafts(structure: Structure, context: ExplanationContext, settings: SolverSettings): GroupDraft[] {
	const { learnable } = structure.net;
	return [
		...(settings.clipGradients >= 0
			? [{ key: "clip", subject: { kind: "clip" } as const, segments: [{ units: 1, terms: learnable.length }] }]
			: []),
		...learnable
			.filter((parameter) => parameter.lrMult !== 0)
			.map((parameter) => {
				const moments = solverMoments(context, parameter);
				const { shape, count } = parameter.blob;
				const rows = shape.length > 1 ? shape[0] : 1;
				return {
					key: parameterKey(parameter.layer, parameter.slot),
					subject: { kind: "parameter", parameter, moments } as const,
					segments: [{ units: rows, terms: (count / rows) * moments.length }],
				};
			}),
	];
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
