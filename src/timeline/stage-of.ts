import { learnableIndex } from "../engine/read-trace.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { Cursor } from "./cursor.ts";
import { internalBecoming, timeSpan } from "./internal-stage.ts";
import { type Group, outputLayer } from "./structure.ts";
import { type PhaseName, type StageGroup, type Timeline, unitFirst, unitTerms } from "./timeline.ts";

/**
 * When a scalar becomes known in its iteration: at the end of a leaf, `given` from the start, or `never`, because this
 * net or these settings do not compute it.
 */
export type Becoming = number | "given" | "never";

function stageGroup(timeline: Timeline, phase: PhaseName, pass: number | null, group: Group): StageGroup | undefined {
	return timeline.phases
		.find((candidate) => candidate.name === phase && candidate.pass === pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
}

const lastLeaf = (group: StageGroup) => group.first + group.leaves - 1;
const unitLast = (group: StageGroup, unit: number, time: number) =>
	unitFirst(group, unit, time) + unitTerms(group, unit, time) - 1;

/** The time step that a row of a group's output belongs to. */
function timeOf(group: Group, index: number): number {
	return Math.floor(index / group.units / (group.samples / group.times));
}

function againLeaf(timeline: Timeline): number {
	return timeline.leaves - 1;
}

type Of<K extends ScalarReference["kind"]> = Extract<ScalarReference, { readonly kind: K }>;

function topData(timeline: Timeline, r: Of<"top">): Becoming {
	if (r.pass === "again") return againLeaf(timeline);
	const group = timeline.structure.groupOf(r.layer, r.slot);
	if (group.role === "input" || group.role === "target") {
		const input = timeline.phases.find((phase) => phase.name === "forward" && phase.pass === r.pass);
		return r.pass === 0 || input === undefined ? "given" : input.first;
	}
	const stage = stageGroup(timeline, group.role === "loss" ? "loss" : "forward", r.pass, group);
	if (stage === undefined) return group.role === "loss" && group.slot > 0 ? lossTopLeaf(timeline, r) : "never";
	if (group.role === "loss") return lastLeaf(stage);
	const after = group.elementwise.length - 1 - group.elementwise.findIndex((layer) => layer.name === r.layer);
	const place = r.layer === group.head.name ? group.elementwise.length : r.layer === group.split?.name ? 0 : after;
	const time = timeOf(group, r.index);
	// Where the output needs all units of a time step, it comes at the end of the step.
	if ((group.head.definition.steps?.closing.length ?? 0) > 0) return timeSpan(stage, time).last;
	return unitLast(stage, r.index % group.units, time) - place;
}

/** A second top of a loss layer is its probabilities. */
function lossTopLeaf(timeline: Timeline, r: Of<"top">): Becoming {
	const main = timeline.structure.groupOf(r.layer, 0);
	const stage = stageGroup(timeline, "loss", r.pass === "again" ? null : r.pass, main);
	return stage === undefined ? "never" : lastLeaf(stage);
}

function topDiff(timeline: Timeline, r: Of<"top">): Becoming {
	if (r.pass === "again") return "never";
	const layer = timeline.structure.net.layer(r.layer);
	if ((layer.lossWeights[r.slot] ?? 0) !== 0) return "given";
	const group = timeline.structure.groupOf(r.layer, r.slot);
	const stage = stageGroup(timeline, "backward", r.pass, group);
	if (stage === undefined) return "never";
	const unit = r.index % group.units;
	const steps = group.head.definition.steps?.backward.length ?? 0;
	const arrived = unitLast(stage, unit, timeOf(group, r.index)) - group.elementwise.length - steps;
	if (r.layer === group.split?.name) return arrived;
	const passed = r.layer === group.head.name ? group.elementwise.length : elementwiseBehind(group, r.layer);
	return arrived + passed;
}

/** How many of a group's elementwise layers the diff has passed on its way back to this layer's top. */
function elementwiseBehind(group: Group, layer: string): number {
	const place = group.elementwise.findIndex((candidate) => candidate.name === layer);
	return outputLayer(group).name === layer ? 0 : group.elementwise.length - 1 - place;
}

/** The unit of a gradients stage that an element of a layer's parameter belongs to. */
function gradientUnit(group: Group, slot: number, index: number): number {
	const { parameters } = group.head.run;
	const rows = parameters[0].shape.length > 1 ? parameters[0].shape[0] : 1;
	const own = parameters[slot];
	if (own.count % rows !== 0) return rows - 1;
	return Math.floor(index / (own.count / rows));
}

function shareLeaf(timeline: Timeline, r: Of<"share">): Becoming {
	const group = timeline.structure.groupOf(r.layer, 0);
	const stage = stageGroup(timeline, "gradients", r.pass, group);
	if (stage === undefined || !group.head.run.parameterNeedsDiff[r.slot]) return "never";
	return unitFirst(stage, gradientUnit(group, r.slot, r.index)) + r.sample;
}

function gradientLeaf(timeline: Timeline, r: Of<"parameter">): Becoming {
	const { net } = timeline.structure;
	const parameter = net.learnable[learnableIndex(net, r.layer, r.slot)];
	let latest: Becoming = "never";
	for (const user of parameter.users) {
		if (!net.layer(user.layer).needsBackward || !net.layer(user.layer).run.parameterNeedsDiff[user.slot]) continue;
		const group = timeline.structure.groupOf(user.layer, 0);
		const stage = stageGroup(timeline, "gradients", timeline.settings.iterSize - 1, group);
		if (stage === undefined) continue;
		const leaf = unitLast(stage, gradientUnit(group, user.slot, r.index), 0);
		if (latest === "never" || leaf > latest) latest = leaf;
	}
	return latest;
}

function parameterLeaf(timeline: Timeline, r: Of<"parameter">): Becoming {
	const { net } = timeline.structure;
	const learnable = learnableIndex(net, r.layer, r.slot);
	if (net.learnable[learnable].movedByLayer && (r.moment === "before" || r.moment === "after")) {
		// Its layer's forward moves it, pass by pass; the solver leaves it as the last one left it.
		const group = timeline.structure.groupOf(r.layer, 0);
		const stage = stageGroup(timeline, "forward", timeline.settings.iterSize - 1, group);
		return stage === undefined ? "never" : lastLeaf(stage);
	}
	if (r.moment === "before") return "given";
	if (r.moment === "gradient") return gradientLeaf(timeline, r);
	const stage = timeline.groups.find(
		({ subject }) => subject.kind === "parameter" && subject.parameter.index === learnable,
	);
	if (stage === undefined || stage.subject.kind !== "parameter") return r.moment === "after" ? "given" : "never";
	const { moments, parameter } = stage.subject;
	// An update value without a step of its own (SGD's is its history) comes with the new value.
	const place = moments.indexOf(r.moment === "update" && !moments.includes("update") ? "after" : r.moment);
	if (place < 0) return "never";
	const columns = parameter.blob.count / stage.units;
	return unitFirst(stage, Math.floor(r.index / columns)) + (r.index % columns) * moments.length + place;
}

function lossLeaf(timeline: Timeline, r: Of<"loss">): Becoming {
	if (r.pass === "again") return againLeaf(timeline);
	const phase = timeline.phases.find((candidate) => candidate.name === "loss" && candidate.pass === r.pass);
	if (phase === undefined) return "never";
	const data = phase.groups.filter(({ subject }) => subject.kind === "group").at(-1);
	if (r.part === "data") return data === undefined ? "never" : lastLeaf(data);
	const decay = phase.groups.find(({ subject }) => subject.kind === "decay");
	return decay === undefined ? (r.part === "decay" ? "given" : phase.first + phase.leaves - 1) : lastLeaf(decay);
}

/** A loss's own values stand before it, one after the other, a unit for each of a sample. */
function lossInternal(timeline: Timeline, group: Group, r: Of<"internal">): Becoming {
	const stage = r.pass === "again" ? undefined : stageGroup(timeline, "loss", r.pass, group);
	if (stage === undefined) return "never";
	const place = Object.keys(group.head.run.internals).indexOf(r.name);
	const before = stage.segments.slice(0, place).reduce((units, segment) => units + segment.units, 0);
	return unitLast(stage, before + (r.index % stage.segments[place].units), 0);
}

/** The stage of a scalar: the leaf of its iteration at whose end it is known. Constant time in the net's size. */
export function becomingOf(timeline: Timeline, r: ScalarReference): Becoming {
	switch (r.kind) {
		case "top":
			return r.side === "data" ? topData(timeline, r) : topDiff(timeline, r);
		case "internal": {
			const { internalDiffs } = timeline.structure.net.layer(r.layer).definition;
			if (r.side === "diff" && (r.pass === "again" || !internalDiffs.includes(r.name))) return "never";
			if (r.pass === "again") return againLeaf(timeline);
			const group = timeline.structure.groupOf(r.layer, 0);
			// What an activation keeps, element by element, comes with its value.
			if (group.head.name !== r.layer) return topData(timeline, { ...r, kind: "top", slot: 0, pass: r.pass });
			return group.role === "loss" ? lossInternal(timeline, group, r) : internalBecoming(timeline, group, r);
		}
		case "share":
			return shareLeaf(timeline, r);
		case "parameter":
			return parameterLeaf(timeline, r);
		case "solver": {
			if (r.name !== "clipNorm" && r.name !== "clipScale") return "given";
			const clip = timeline.groups.find(({ subject }) => subject.kind === "clip");
			return clip === undefined ? "never" : lastLeaf(clip);
		}
		case "loss":
			return lossLeaf(timeline, r);
	}
}

export type Knowledge = "known" | "not-yet" | "not-computed";

/** Whether a scalar may be shown where the cursor stands. */
export function knowledgeOf(timeline: Timeline, cursor: Cursor, r: ScalarReference): Knowledge {
	const becoming = becomingOf(timeline, r);
	if (becoming === "never") return "not-computed";
	if (r.iteration !== cursor.iteration) return r.iteration < cursor.iteration ? "known" : "not-yet";
	return becoming === "given" || becoming <= cursor.leaf ? "known" : "not-yet";
}
