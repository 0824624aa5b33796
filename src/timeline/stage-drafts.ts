import { type ExplanationContext, explainScalar, gradientRows, momentsInForce } from "../engine/explain-scalar.ts";
import type { Expression } from "../engine/expression.ts";
import type { LearnableParameter, ParameterUse } from "../engine/parameters.ts";
import type { ParameterMoment } from "../engine/reference.ts";
import { localDecay } from "../engine/solver/decay.ts";
import { updateRule } from "../engine/solver/known-rules.ts";
import type { SolverSettings } from "../engine/specification.ts";
import { type Group, groupScalar, type Structure } from "./structure.ts";
import type { StageGroup } from "./timeline.ts";

const escapeKey = (name: string) => encodeURIComponent(name).replaceAll(".", "%2E").replaceAll("~", "%7E");

export const parameterKey = (layer: string, slot: number) => `${escapeKey(layer)}~${slot}`;
export const groupKey = (group: Group) =>
	group.slot === 0 ? escapeKey(group.head.name) : `${escapeKey(group.head.name)}~${group.slot}`;

/** A group of stages before it has its place among the leaves. */
export type GroupDraft = Pick<StageGroup, "key" | "subject" | "segments"> & { readonly times?: number };

/** How many terms an expression adds up, sums within sums counted through; 1 for anything but a sum. */
export function termCount(expression: Expression): number {
	if (expression.kind !== "sum") return 1;
	return expression.terms.reduce((count, term) => count + termCount(term), 0);
}

/** Explanations whose cases do not matter, only their number of terms. */
export function shapeContext(structure: Structure, settings: SolverSettings): ExplanationContext {
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

export function forwardDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
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

export function lossDrafts(structure: Structure, context: ExplanationContext, settings: SolverSettings): GroupDraft[] {
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

export function backwardDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
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

export function gradientDrafts(structure: Structure, context: ExplanationContext): GroupDraft[] {
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

export function solverDrafts(
	structure: Structure,
	context: ExplanationContext,
	settings: SolverSettings,
): GroupDraft[] {
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
