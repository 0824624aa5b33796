import { type AddressProblem, parseAddress } from "../timeline/address.ts";
import type { Cursor, Depth } from "../timeline/cursor.ts";
import { placeOf, startOf } from "../timeline/cursor.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { leafOfPlace } from "../views/timeline/place.ts";

export type PlaceProblem = AddressProblem | "out-of-range";

export interface ResolvedPlace {
	readonly cursor: Cursor;
	readonly problem: PlaceProblem | null;
}

const WORDS: Readonly<Record<string, string>> = {
	forward: "forward",
	loss: "loss",
	backward: "backward",
	update: "solver",
};

/**
 * A place as a person or a link writes it: a stage number of the chosen depth, `start`, `end`, a phase, or an address
 * (without its iteration: of the one shown). Never throws; what does not exist is clamped and named.
 */
export function resolvePlace(timeline: Timeline, iteration: number, depth: Depth, text: string): ResolvedPlace {
	const wanted = text.trim();
	if (wanted === "start") return { cursor: startOf(iteration), problem: null };
	if (wanted === "end") return { cursor: { iteration, leaf: timeline.leaves - 1 }, problem: null };
	if (/^\d{1,9}$/.test(wanted)) {
		const { count } = placeOf(timeline, 0, depth);
		const place = Math.min(count, Math.max(1, Number(wanted)));
		return {
			cursor: { iteration, leaf: leafOfPlace(timeline, place - 1, depth) },
			problem: place === Number(wanted) ? null : "out-of-range",
		};
	}
	const phase = WORDS[wanted];
	if (phase !== undefined) return parseAddress(timeline, `i${iteration}.${phase}`);
	const complete = /^i\d/.test(wanted) ? wanted : `i${iteration}.${wanted}`;
	return parseAddress(timeline, complete);
}
