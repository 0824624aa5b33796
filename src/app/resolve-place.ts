import { type AddressProblem, parseAddress } from "../timeline/address.ts";
import type { Cursor, Depth } from "../timeline/cursor.ts";
import { nodeAt, placeOf, startOf } from "../timeline/cursor.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { leafOfPlace } from "../views/timeline/place.ts";

export type PlaceProblem = AddressProblem | "out-of-range";

export interface ResolvedPlace {
	readonly cursor: Cursor;
	readonly problem: PlaceProblem | null;
}

const LEVELS: readonly Depth[] = ["iteration", "phase", "layer", "unit", "term"];

/** How coarse the stage is that a text names. */
function levelOf(text: string, depth: Depth): Depth {
	if (Object.hasOwn(WORDS, text)) return "phase";
	if (text === "start" || text === "end") return "term";
	if (/^\d+$/.test(text)) return depth;
	const named = text.split(".").filter((part) => !/^[ipt]\d+$/.test(part));
	return LEVELS[Math.min(named.length, LEVELS.length - 1)];
}

/** Where one stands before the stage that a text names has begun: all of it is still to come. */
export function resolveStart(timeline: Timeline, iteration: number, depth: Depth, text: string): ResolvedPlace {
	const { cursor, problem } = resolvePlace(timeline, iteration, depth, text);
	const { first } = nodeAt(timeline, cursor.leaf, levelOf(text.trim(), depth));
	return { cursor: { iteration: cursor.iteration, leaf: Math.max(0, first - 1) }, problem };
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
