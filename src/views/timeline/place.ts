import type { Depth } from "../../timeline/cursor.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import { cellEnd } from "./layout.ts";

/** The leaf at which the k-th node of a depth ends (from 0); the inverse of `placeOf`. Out of range is clamped. */
export function leafOfPlace(timeline: Timeline, place: number, depth: Depth): number {
	const wanted = Math.max(0, Math.floor(place));
	const end = (node: { readonly first: number; readonly leaves: number } | undefined) =>
		node === undefined ? timeline.leaves - 1 : node.first + node.leaves - 1;
	switch (depth) {
		case "iteration":
			return timeline.leaves - 1;
		case "phase":
			return end(timeline.phases[wanted]);
		case "layer":
			return end(timeline.groups[wanted]);
		case "unit": {
			let rest = wanted;
			for (const group of timeline.groups) {
				if (rest < group.units) return cellEnd(group, rest);
				rest -= group.units;
			}
			return timeline.leaves - 1;
		}
		case "term":
			return Math.min(timeline.leaves - 1, wanted);
	}
}
