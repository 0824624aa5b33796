import { traceArray } from "../engine/read-trace.ts";
import type { ScalarReference } from "../engine/reference.ts";
import { makeReading, type Reading } from "../explain/reading.ts";
import { type Group, groupScalar } from "../timeline/structure.ts";
import { judgedValue, lossPart } from "./loss-curve.ts";
import { type ComparedMoment, mostChanged, mostChangedElements } from "./most-changed.ts";
import type { Proposal } from "./session.ts";
import type { View } from "./view.ts";

/** A number that the proposed edit changes, as far as it is known where one stands. */
export interface Change {
	readonly reference: ScalarReference;
	readonly before: Reading;
	readonly after: Reading;
	/** By how much, without a sign: the direction has it. */
	readonly size: Reading;
	readonly direction: "up" | "down";
	/** It has the other sign now. */
	readonly turns: boolean;
}

/** So many units of a large layer are looked at, the most changed: no list shows more, and no picture draws them one by one. */
const OF_A_LAYER = 200;

type Quantity = { readonly what: "z" | "a"; readonly side: "data" | "diff" };

/** The most changed elements of one parameter. */
function parameterReferences(
	old: View,
	now: View,
	learnable: number,
	moment: ComparedMoment,
): readonly ScalarReference[] {
	const { layer, slot } = old.timeline.structure.net.learnable[learnable];
	return mostChangedElements(old.trace, now.trace, learnable, moment).map((index) => ({
		kind: "parameter",
		iteration: old.trace.iteration,
		layer,
		slot,
		moment,
		index,
	}));
}

/** The most changed units of a layer, for the sample in front. */
function mostChangedUnits(old: View, now: View, group: Group, { what, side }: Quantity): readonly ScalarReference[] {
	const { iteration } = old.trace;
	const first = groupScalar(group, what, { iteration, pass: old.pass, side }, old.sample, 0);
	const row = ({ timeline, trace }: View) =>
		traceArray(timeline.structure.net, trace, first)?.subarray(first.index, first.index + group.units) ?? [];
	return mostChanged(row(old), row(now), OF_A_LAYER).map((unit) => ({ ...first, index: first.index + unit }));
}

/** What an edit may change, in the order in which it is computed, for the sample in front. */
function candidates(old: View, now: View, { reference }: Proposal): readonly ScalarReference[] {
	const { structure } = old.timeline;
	const { iteration } = old.trace;
	const { pass, sample } = old;
	const computed = structure.groups.filter(({ role }) => role === "hidden" || role === "output");
	const units = (group: Group, side: "data" | "diff") => {
		const z: Quantity = { what: "z", side };
		const quantities = side === "diff" || group.elementwise.length === 0 ? [z] : [z, { ...z, what: "a" } as const];
		if (group.units > OF_A_LAYER) return quantities.flatMap((quantity) => mostChangedUnits(old, now, group, quantity));
		return Array.from({ length: group.units }, (_, unit) =>
			quantities.map(({ what }) => groupScalar(group, what, { iteration, pass, side }, sample, unit)),
		).flat();
	};
	const probabilities = structure.groups.flatMap(({ role, head }): readonly ScalarReference[] => {
		const blob = head.run.internals.probability;
		if (role !== "loss" || blob === undefined) return [];
		const size = blob.count / (blob.shape[0] ?? 1);
		return Array.from({ length: size }, (_, k) => ({
			kind: "internal",
			iteration,
			pass,
			layer: head.name,
			name: "probability",
			side: "data",
			index: sample * size + k,
		}));
	});
	const part = lossPart(old.notation);
	const every = structure.net.learnable.map(({ index }) => index);
	const own: readonly ScalarReference[] =
		reference.kind === "parameter"
			? [
					{ ...reference, moment: "gradient" },
					{ ...reference, moment: "after" },
				]
			: [];
	return [
		...computed.flatMap((group) => units(group, "data")),
		...probabilities,
		{ kind: "loss", iteration, pass, part },
		...computed.toReversed().flatMap((group) => (group.hasDelta ? units(group, "diff") : [])),
		...own,
		...every.flatMap((index) => parameterReferences(old, now, index, "gradient")),
		...every.flatMap((index) => parameterReferences(old, now, index, "after")),
		{ kind: "loss", iteration, pass: "again", part },
	];
}

function changeOf(old: View, now: View, reference: ScalarReference): Change | null {
	const [was, is] = [old.shown(reference), now.shown(reference)];
	if (was === is || (Number.isNaN(was) && Number.isNaN(is))) return null;
	const [before, after] = [old.read(reference), now.read(reference)];
	const isShown = ({ status }: Reading) => status === "known" || status === "not-finite";
	if (!isShown(before) || !isShown(after)) return null;
	return {
		reference,
		before,
		after,
		size: makeReading(`(abs (- ${after.id} ${before.id}))`, null, "known", Math.abs(is - was)),
		direction: is > was ? "up" : "down",
		turns: was * is < 0,
	};
}

interface Found {
	readonly old: View;
	readonly proposal: Proposal;
	readonly changes: readonly Change[];
}

/** The list and the picture's ghosts ask for the same, which takes a while in a large net. */
const found = new WeakMap<View, Found>();

/** The edited number itself, first, and all known numbers that it changes, in the order in which they are computed. */
export function changesOf(old: View, now: View, proposal: Proposal): readonly Change[] {
	const last = found.get(now);
	if (last !== undefined && last.old === old && last.proposal === proposal) return last.changes;
	const changes = findChanges(old, now, proposal);
	found.set(now, { old, proposal, changes });
	return changes;
}

function findChanges(old: View, now: View, proposal: Proposal): readonly Change[] {
	// Until another value is proposed; a large net's numbers are not gone through to find each equal to itself.
	if (old.trace === now.trace) return [];
	const seen = new Set<string>();
	return [proposal.reference, ...candidates(old, now, proposal)].flatMap((reference) => {
		const change = changeOf(old, now, reference);
		if (change === null || seen.has(change.before.id)) return [];
		seen.add(change.before.id);
		return [change];
	});
}

/** At most so many, the most changed, in their order; the edited number always stands first. */
export function largestChanges(changes: readonly Change[], limit: number, now: View, old: View): readonly Change[] {
	if (changes.length <= limit) return changes;
	const size = ({ reference }: Change) => Math.abs(now.shown(reference) - old.shown(reference));
	const [first, ...rest] = changes;
	const kept = new Set(rest.toSorted((a, b) => size(b) - size(a)).slice(0, limit - 1));
	return [first, ...rest.filter((change) => kept.has(change))];
}

export type LossTurn = "falls" | "rises" | "stays" | "not-finite";

/** What becomes of the loss that the edit is judged by. */
export function lossTurn(old: View, now: View, proposal: Proposal): LossTurn {
	const [before, after] = [judgedValue(old, proposal), judgedValue(now, proposal)];
	if (!Number.isFinite(after)) return "not-finite";
	if (after === before) return "stays";
	return after < before ? "falls" : "rises";
}
