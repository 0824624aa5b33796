import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, outputLayer } from "../../timeline/structure.ts";
import type { PhaseName } from "../../timeline/timeline.ts";
import type { ParameterPlace, PictureEmphasis, SceneName } from "../marks/scene.ts";
import { lossOf } from "./columns.ts";

/** What the lens shows of its unit. */
export type LensKind = "forward" | "backward" | "hazard";

export interface LensSubject {
	readonly kind: LensKind;
	readonly group: Group;
	readonly unit: number;
}

/** What the stage shows at one instant, but for its movement: a pure function of the view and of what was asked about. */
export interface StageScene {
	readonly phase: PhaseName;
	/** Nothing is computed yet. */
	readonly given: boolean;
	readonly failed: boolean;
	/** The layer that this step is about, where it is about one. */
	readonly group: Group | null;
	readonly lens: LensSubject | null;
	readonly emphasis: PictureEmphasis;
	/** The scene that takes the network's place, or stands beside it. */
	readonly scene: SceneName | null;
}

const AFTER_FORWARD: readonly PhaseName[] = ["backward", "gradients", "solver", "again"];

/** Whether valves and pennants are drawn: on the way back and after it. */
function withErrors(phase: PhaseName): boolean {
	return AFTER_FORWARD.includes(phase);
}

/** The unit that the next step computes, where one stands at what is given. */
function nextUnit(view: View): NonNullable<PictureEmphasis["next"]> | null {
	const first = view.timeline.structure.groups.find(({ role }) => role === "hidden" || role === "output");
	return first === undefined ? null : { group: first, unit: 0 };
}

/** The unit whose number a subject is; null for anything but a z or an a of a layer that computes. */
export function unitOfSubject(view: View, subject: Subject | null): LensSubject | null {
	if (subject === null || (subject.kind !== "top" && subject.kind !== "internal") || subject.pass === "again")
		return null;
	if (subject.iteration !== view.cursor.iteration) return null;
	const group = view.timeline.structure.groupOf(subject.layer, subject.kind === "top" ? subject.slot : 0);
	// Of values inside a layer those that its units go through belong to one of them.
	if (subject.kind === "internal" && (group.head.definition.steps === null || subject.layer !== group.head.name))
		return null;
	if (group.role !== "hidden" && group.role !== "output") return null;
	const unit = subject.index % group.units;
	return { kind: subject.side === "data" ? "forward" : "backward", group, unit };
}

/** The parameter a subject is a moment of; null for any other. */
function parameterOfSubject(view: View, subject: Subject | null): ParameterPlace | null {
	if (subject === null || (subject.kind !== "parameter" && subject.kind !== "share")) return null;
	const { layer, slot, index, iteration } = subject;
	return iteration === view.cursor.iteration ? { layer, slot, index } : null;
}

function emphasisOf(lens: LensSubject): PictureEmphasis {
	const { group, unit, kind } = lens;
	if (kind !== "backward") return { lit: { group, unit, side: "in" } };
	return { lit: { group, unit, side: "out" }, errors: true };
}

/** The stage of a view. A number that was asked about brings its unit into the lens. */
export function sceneOf(view: View, inspected: Subject | null): StageScene {
	const { phase: stagePhase, group: stage } = view.leaf;
	const phase = stagePhase?.name ?? "forward";
	const failed = view.failure !== null && view.cursor.leaf >= view.failure;
	const given = stage?.subject.kind === "input";
	const group = stage?.subject.kind === "group" ? stage.subject.group : null;
	const base = { phase, given, failed, group };
	const asked = unitOfSubject(view, inspected);
	if (asked !== null) {
		return { ...base, group: asked.group, given: false, lens: asked, emphasis: emphasisOf(asked), scene: null };
	}
	const parameter = parameterOfSubject(view, inspected);
	const extra = parameter === null ? {} : { parameter };
	const fine = view.depth === "unit" || view.depth === "term";
	const computed = group !== null && (group.role === "hidden" || group.role === "output" || group.role === "input");
	const { unit } = view.leaf;
	if (failed && group !== null && unit !== null && (phase === "forward" || phase === "backward")) {
		const lens: LensSubject = { kind: "hazard", group, unit };
		const emphasis = emphasisOf({ ...lens, kind: phase });
		return { ...base, lens, emphasis, scene: null };
	}
	if (given) return { ...base, lens: null, emphasis: { lit: "all", next: nextUnit(view), ...extra }, scene: null };
	if (phase === "forward" || phase === "backward") {
		if (!computed || view.depth === "phase" || view.depth === "iteration") {
			return { ...base, lens: null, emphasis: { lit: "all", errors: withErrors(phase), ...extra }, scene: null };
		}
		if (fine && unit !== null) {
			const lens: LensSubject = { kind: phase, group, unit };
			return { ...base, lens, emphasis: { ...emphasisOf(lens), ...extra }, scene: null };
		}
		const side = phase === "forward" ? "in" : "out";
		const emphasis: PictureEmphasis = { lit: { group, unit: "all", side }, errors: withErrors(phase), ...extra };
		return { ...base, lens: null, emphasis, scene: null };
	}
	return { ...base, lens: null, emphasis: { lit: "all", errors: withErrors(phase), ...extra }, scene: phase };
}

/** Whether a loss is fused to this output's probabilities: its error is its δ, there is no valve. */
export function isFused(view: View, group: Group): boolean {
	const loss = lossOf(view.timeline.structure, group);
	return loss?.head.run.internals.probability !== undefined && outputLayer(group) === group.head;
}
