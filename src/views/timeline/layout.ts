import { unitPlace } from "../../timeline/cursor.ts";
import { placeFirst, placeTerms, type StageGroup, type StagePhase, type Timeline } from "../../timeline/timeline.ts";

/** A stage group on the line: equal cells, or one bar where a cell would be too narrow to hit. */
export interface GroupBox {
	readonly stage: StageGroup;
	readonly x: number;
	readonly width: number;
	readonly bar: boolean;
}

/** A phase with its groups; or passes that are not shown, folded into one box. */
export type TimelineBlock =
	| {
			readonly kind: "phase";
			readonly phase: StagePhase;
			readonly x: number;
			readonly width: number;
			readonly groups: readonly GroupBox[];
	  }
	| {
			readonly kind: "passes";
			readonly from: number;
			readonly to: number;
			readonly first: number;
			readonly last: number;
			readonly x: number;
			readonly width: number;
	  };

export interface TimelineLayout {
	readonly width: number;
	readonly blocks: readonly TimelineBlock[];
	readonly groups: readonly GroupBox[];
}

interface Metrics {
	readonly phaseGap: number;
	readonly groupGap: number;
	/** Below this width of a cell its group becomes one bar. */
	readonly smallestCell: number;
	readonly smallestGroup: number;
	readonly passes: number;
}

function metricsFor(width: number): Metrics {
	return width >= 600
		? { phaseGap: 10, groupGap: 4, smallestCell: 12, smallestGroup: 22, passes: 56 }
		: { phaseGap: 5, groupGap: 2, smallestCell: 7, smallestGroup: 8, passes: 22 };
}

type Draft =
	| { readonly kind: "phase"; readonly phase: StagePhase }
	| {
			readonly kind: "passes";
			readonly from: number;
			readonly to: number;
			readonly first: number;
			readonly last: number;
	  };

/** Where an iteration has several passes, only the one that is seen stands open. */
function drafts(timeline: Timeline, pass: number): Draft[] {
	const folded = (from: number, to: number): Draft[] => {
		const inside = timeline.phases.filter((phase) => phase.pass !== null && phase.pass >= from && phase.pass <= to);
		const [start] = inside;
		const end = inside.at(-1);
		return start && end ? [{ kind: "passes", from, to, first: start.first, last: end.first + end.leaves - 1 }] : [];
	};
	const passes = timeline.settings.iterSize;
	return [
		...(pass > 0 ? folded(0, pass - 1) : []),
		...timeline.phases.filter((phase) => phase.pass === pass).map((phase): Draft => ({ kind: "phase", phase })),
		...(pass < passes - 1 ? folded(pass + 1, passes - 1) : []),
		...timeline.phases.filter((phase) => phase.pass === null).map((phase): Draft => ({ kind: "phase", phase })),
	];
}

/** Widths in proportion to the units, none below the smallest; they add up to what is there. */
function shareOut(units: readonly number[], available: number, smallest: number): number[] {
	const least = Math.min(smallest, available / Math.max(1, units.length));
	const small = new Set<number>();
	for (;;) {
		const rest = units.reduce((total, count, index) => (small.has(index) ? total : total + count), 0);
		const each = rest === 0 ? 0 : (available - small.size * least) / rest;
		const narrow = units.findIndex((count, index) => !small.has(index) && count * each < least - 1e-9);
		if (narrow < 0) return units.map((count, index) => (small.has(index) ? least : count * each));
		small.add(narrow);
	}
}

/**
 * Places the stages of an iteration on a line of the given width (pixels). The cells of all groups are equally wide
 * where at least 12 px are left for each, else groups are as wide as their units ask for.
 */
export function layoutTimeline(timeline: Timeline, pass: number, width: number): TimelineLayout {
	const metrics = metricsFor(width);
	const list = drafts(timeline, pass);
	const stages = list.flatMap((draft) => (draft.kind === "phase" ? draft.phase.groups : []));
	const phases = list.filter(({ kind }) => kind === "phase").length;
	const gaps = metrics.phaseGap * Math.max(0, list.length - 1) + metrics.groupGap * (stages.length - phases);
	const available = Math.max(stages.length, width - gaps - metrics.passes * (list.length - phases));
	const widths = shareOut(
		stages.map(({ units }) => units),
		available,
		metrics.smallestGroup,
	);
	let x = 0;
	let next = 0;
	const blocks = list.map((draft): TimelineBlock => {
		const begin = x;
		if (draft.kind === "passes") {
			x += metrics.passes + metrics.phaseGap;
			return { ...draft, x: begin, width: metrics.passes };
		}
		const groups = draft.phase.groups.map((stage, index): GroupBox => {
			if (index > 0) x += metrics.groupGap;
			const own = widths[next++];
			const box = { stage, x, width: own, bar: stage.units > 1 && own / stage.units < metrics.smallestCell };
			x += own;
			return box;
		});
		const block = { kind: "phase", phase: draft.phase, x: begin, width: x - begin, groups } as const;
		x += metrics.phaseGap;
		return block;
	});
	return { width, blocks, groups: blocks.flatMap((block) => (block.kind === "phase" ? block.groups : [])) };
}

/** The last leaf of a cell: where a click on it goes, and where its breakpoint lies. */
export function cellEnd(stage: StageGroup, unit: number): number {
	return placeFirst(stage, unit) + placeTerms(stage, unit) - 1;
}

/** The cell under an abscissa, or the nearest one; a folded block of passes gives its last leaf. */
export function leafAt(layout: TimelineLayout, x: number): number {
	let best = 0;
	let distance = Number.POSITIVE_INFINITY;
	for (const block of layout.blocks) {
		const boxes = block.kind === "passes" ? [block] : block.groups;
		for (const box of boxes) {
			const away = Math.max(box.x - x, x - box.x - box.width, 0);
			if (away >= distance) continue;
			distance = away;
			if (!("stage" in box)) best = box.last;
			else best = cellEnd(box.stage, unitUnder(box, x));
		}
	}
	return best;
}

export function unitUnder({ stage, x: left, width }: GroupBox, x: number): number {
	return Math.min(stage.units - 1, Math.max(0, Math.floor(((x - left) / width) * stage.units)));
}

/** Middle of the cell that holds a leaf: where the pointer stands. */
export function middleOf(layout: TimelineLayout, leaf: number): number {
	for (const block of layout.blocks) {
		if (block.kind === "passes") {
			if (leaf >= block.first && leaf <= block.last) return block.x + block.width / 2;
			continue;
		}
		for (const box of block.groups) {
			const { stage } = box;
			if (leaf < stage.first || leaf >= stage.first + stage.leaves) continue;
			return box.x + ((unitPlace(stage, leaf) + 0.5) / stage.units) * box.width;
		}
	}
	return 0;
}

/** How much of a group lies up to a leaf, in units: whole for finished cells, a fraction within one. */
export function unitsDone(stage: StageGroup, leaf: number): number {
	if (leaf < stage.first) return 0;
	if (leaf >= stage.first + stage.leaves - 1) return stage.units;
	const unit = unitPlace(stage, leaf);
	return unit + (leaf - placeFirst(stage, unit) + 1) / placeTerms(stage, unit);
}
