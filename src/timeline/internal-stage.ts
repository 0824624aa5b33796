import type { InternalStep } from "../engine/layer.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { Group } from "./structure.ts";
import { type StageGroup, type Timeline, unitFirst, unitTerms } from "./timeline.ts";

type Internal = Extract<ScalarReference, { readonly kind: "internal" }>;

/** Where an element of `[time, sequence, part · units + unit]` stands. */
interface InternalPlace {
	readonly time: number;
	readonly sequence: number;
	readonly part: number;
	readonly unit: number;
}

function placeOf(group: Group, r: Internal): InternalPlace {
	const sequences = group.samples / group.times;
	const blob = group.head.run.internals[r.name];
	const width = blob.count / (blob.shape[0] * sequences);
	const row = Math.floor(r.index / width);
	const inside = r.index % width;
	return {
		time: Math.floor(row / sequences),
		sequence: row % sequences,
		part: Math.floor(inside / group.units),
		unit: inside % group.units,
	};
}

const lastOf = (stage: StageGroup, unit: number, time: number) =>
	unitFirst(stage, unit, time) + unitTerms(stage, unit, time) - 1;

/** The first and last leaves of a time step. */
export function timeSpan(stage: StageGroup, time: number): { readonly first: number; readonly last: number } {
	return { first: unitFirst(stage, 0, time), last: lastOf(stage, stage.units / stage.times - 1, time) };
}

const stepIndex = (steps: readonly InternalStep[], name: string, part: number) =>
	steps.findIndex((step) => step.name === name && step.part === part);

/** How many leaves of a unit come before the first of its steps: the messages from the layers behind. */
function leavesBeforeSteps(group: Group, stage: StageGroup): number {
	const { steps } = group.head.definition;
	const terms = stage.segments[0]?.terms ?? 1;
	return stage.phase === "backward" ? terms - (steps?.backward.length ?? 0) : 0;
}

function dataLeaf(group: Group, stage: StageGroup, r: Internal): number | "given" {
	const { definition, run } = group.head;
	const { time, part, unit } = placeOf(group, r);
	const step = stepIndex(definition.steps?.forward ?? [], r.name, part);
	if (step >= 0) return unitFirst(stage, unit, time) + step;
	if (Object.hasOwn(definition.carries, r.name)) return r.pass === 0 ? "given" : stage.first;
	if (definition.steps?.closing.includes(r.name)) return timeSpan(stage, time).last;
	if (Object.values(definition.carries).includes(r.name)) return timeSpan(stage, group.times - 1).last;
	// What the whole step starts from: weighted inputs and the state taken over.
	return run.internals[r.name].shape[0] === group.times ? timeSpan(stage, time).first : stage.first;
}

function diffLeaf(group: Group, stage: StageGroup, r: Internal): number {
	const { time, part, unit } = placeOf(group, r);
	const { shape } = group.head.run.internals[r.name];
	if (shape.length < 3 || shape[0] !== group.times) return stage.first + stage.leaves - 1;
	const step = stepIndex(group.head.definition.steps?.backward ?? [], r.name, part);
	if (step >= 0) return unitFirst(stage, unit, time) + leavesBeforeSteps(group, stage) + step;
	// A cell's diff comes from the step behind it; nothing comes back to the last.
	if (r.name === "c") return time + 1 < group.times ? lastOf(stage, unit, time + 1) : stage.first;
	return timeSpan(stage, time).last;
}

/** When an internal value of a layer that goes through time steps becomes known; `never` where no stage makes it. */
export function internalBecoming(timeline: Timeline, group: Group, r: Internal): number | "given" | "never" {
	const stage = timeline.phases
		.find(({ name, pass }) => name === (r.side === "data" ? "forward" : "backward") && pass === r.pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
	if (stage === undefined) return "never";
	return r.side === "data" ? dataLeaf(group, stage, r) : diffLeaf(group, stage, r);
}

/**
 * The internal value that a leaf computed: of a sample (a row of the output), at a unit's term. Null where the term is a
 * message or the layer has no steps.
 */
export function internalAt(
	stage: StageGroup,
	at: {
		readonly iteration: number;
		readonly pass: number;
		readonly sample: number;
		readonly unit: number;
		readonly term: number;
	},
): Internal | null {
	if (stage.subject.kind !== "group" || (stage.phase !== "forward" && stage.phase !== "backward")) return null;
	const { group } = stage.subject;
	const { steps } = group.head.definition;
	if (steps === null) return null;
	const side = stage.phase === "forward" ? "data" : "diff";
	const step = (side === "data" ? steps.forward : steps.backward)[at.term - leavesBeforeSteps(group, stage)];
	if (step === undefined) return null;
	const blob = group.head.run.internals[step.name];
	const width = blob.count / group.samples;
	return {
		kind: "internal",
		iteration: at.iteration,
		pass: at.pass,
		layer: group.head.name,
		name: step.name,
		side,
		index: at.sample * width + step.part * group.units + at.unit,
	};
}
