import {
	type StageGroup,
	type StagePhase,
	stageUnit,
	type Timeline,
	unitAndTime,
	unitFirst,
	unitTerms,
} from "./timeline.ts";

export const DEPTHS = ["iteration", "phase", "layer", "unit", "term"] as const;
/** How much one step covers. `layer` is a stage group. */
export type Depth = (typeof DEPTHS)[number];

/**
 * Where a person stands: at the end of a leaf. What lies up to it is known, what comes after is not. Leaves count from
 * 0 within the iteration, iterations from 1.
 */
export interface Cursor {
	readonly iteration: number;
	readonly leaf: number;
}

/** A node of the tree: a range of leaves with the path that leads to it. */
export interface StageNode {
	readonly depth: Depth;
	readonly first: number;
	readonly last: number;
	readonly phase: StagePhase | null;
	readonly group: StageGroup | null;
	/** Of a layer that goes through time steps, which one; null elsewhere. */
	readonly time: number | null;
	readonly unit: number | null;
	readonly term: number | null;
}

/** Binary search for the last item whose `first` is not after the leaf. */
function holding<T extends { readonly first: number }>(items: readonly T[], leaf: number): T {
	let low = 0;
	let high = items.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (items[middle].first <= leaf) low = middle;
		else high = middle - 1;
	}
	return items[low];
}

/** The node of a depth that holds a leaf. */
export function nodeAt(timeline: Timeline, leaf: number, depth: Depth): StageNode {
	if (depth === "iteration") {
		return { depth, first: 0, last: timeline.leaves - 1, phase: null, group: null, time: null, unit: null, term: null };
	}
	const phase = holding(timeline.phases, leaf);
	if (depth === "phase") {
		return {
			depth,
			first: phase.first,
			last: phase.first + phase.leaves - 1,
			phase,
			group: null,
			time: null,
			unit: null,
			term: null,
		};
	}
	const group = holding(phase.groups, leaf);
	if (depth === "layer") {
		return {
			depth,
			first: group.first,
			last: group.first + group.leaves - 1,
			phase,
			group,
			time: null,
			unit: null,
			term: null,
		};
	}
	const place = unitPlace(group, leaf);
	const { unit, time } = unitAndTime(group, place);
	const start = unitFirst(group, unit, time);
	const where = { phase, group, unit, time: group.times === 1 ? null : time };
	if (depth === "unit")
		return { ...where, depth, first: start, last: start + unitTerms(group, unit, time) - 1, term: null };
	return { ...where, depth, first: leaf, last: leaf, term: leaf - start };
}

/** Which of a stage group's units, counted in order, holds a leaf. */
export function unitPlace(group: StageGroup, leaf: number): number {
	let place = 0;
	let begin = group.first;
	for (const { units, terms } of group.segments) {
		const inside = Math.floor((leaf - begin) / terms);
		if (inside < units) return place + inside;
		place += units;
		begin += units * terms;
	}
	return group.units - 1;
}

/** The end of the node of the given depth that holds the next leaf; after the last, the same in the next iteration. */
export function stepForward(timeline: Timeline, cursor: Cursor, depth: Depth): Cursor {
	const next = cursor.leaf + 1;
	if (next >= timeline.leaves) return { iteration: cursor.iteration + 1, leaf: nodeAt(timeline, 0, depth).last };
	return { iteration: cursor.iteration, leaf: nodeAt(timeline, next, depth).last };
}

/** The previous end of a node of the given depth; before the first of iteration 1 stays the start. */
export function stepBack(timeline: Timeline, cursor: Cursor, depth: Depth): Cursor {
	const before = nodeAt(timeline, cursor.leaf, depth).first - 1;
	if (before >= 0) return { iteration: cursor.iteration, leaf: before };
	if (cursor.iteration > 1) return { iteration: cursor.iteration - 1, leaf: timeline.leaves - 1 };
	return startOf(1);
}

/** The start of an iteration: its input is given, nothing is computed. */
export function startOf(iteration: number): Cursor {
	return { iteration, leaf: 0 };
}

/** How many nodes of a depth an iteration has, and the place of the one that holds the leaf (from 0). */
export function placeOf(
	timeline: Timeline,
	leaf: number,
	depth: Depth,
): { readonly place: number; readonly count: number } {
	const node = nodeAt(timeline, leaf, depth);
	switch (depth) {
		case "iteration":
			return { place: 0, count: 1 };
		case "phase":
			return { place: node.phase?.index ?? 0, count: timeline.phases.length };
		case "layer":
			return { place: node.group?.index ?? 0, count: timeline.groups.length };
		case "unit": {
			let place = node.group === null ? 0 : stageUnit(node.group, node.unit ?? 0, node.time ?? 0);
			let count = 0;
			for (const group of timeline.groups) {
				if (group.index < (node.group?.index ?? 0)) place += group.units;
				count += group.units;
			}
			return { place, count };
		}
		case "term":
			return { place: leaf, count: timeline.leaves };
	}
}

/** The children of a node, one depth finer, by number; none below a term. */
export function childCount(timeline: Timeline, node: StageNode): number {
	switch (node.depth) {
		case "iteration":
			return timeline.phases.length;
		case "phase":
			return node.phase?.groups.length ?? 0;
		case "layer":
			return node.group?.units ?? 0;
		case "unit":
			return node.last - node.first + 1;
		case "term":
			return 0;
	}
}

/** The k-th child of a node (from 0). */
export function childAt(timeline: Timeline, node: StageNode, k: number): StageNode {
	const finer = DEPTHS[DEPTHS.indexOf(node.depth) + 1];
	switch (node.depth) {
		case "iteration":
			return nodeAt(timeline, timeline.phases[k].first, finer);
		case "phase":
			return nodeAt(timeline, node.phase?.groups[k].first ?? node.first, finer);
		case "layer": {
			if (node.group === null) return nodeAt(timeline, node.first, finer);
			const { unit, time } = unitAndTime(node.group, k);
			return nodeAt(timeline, unitFirst(node.group, unit, time), finer);
		}
		default:
			return nodeAt(timeline, node.first + k, "term");
	}
}
