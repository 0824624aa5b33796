import type { ScalarReference } from "../engine/reference.ts";
import type { Cursor } from "../timeline/cursor.ts";
import { sampleOf } from "../timeline/sample-of.ts";
import { becomingOf } from "../timeline/stage-of.ts";
import { cut, here } from "./actions.ts";
import { clampCursor, fetchIteration } from "./arrival.ts";
import { holdFrame } from "./clock.ts";
import { sessionStore } from "./session.ts";

const { getState, setState } = sessionStore;

/** Follows an operand to the stage that made it, in whatever iteration; the way back is kept. */
export async function follow(reference: ScalarReference): Promise<void> {
	const { run } = getState();
	if (run === null) return;
	const entry = here();
	const opened = await fetchIteration(run, reference.iteration);
	if (opened === null) return;
	const becoming = becomingOf(opened.timeline, reference);
	const leaf = becoming === "given" || becoming === "never" ? inputLeaf(reference, entry.cursor) : becoming;
	holdFrame();
	const sample = sampleOf(opened.timeline.structure, reference);
	setState({
		opened,
		cursor: clampCursor(opened, { iteration: reference.iteration, leaf }),
		leaving: null,
		inspected: reference,
		trail: [...getState().trail, entry],
		...(sample === null ? {} : { sample }),
	});
	cut();
}

/** What is given was there before the first stage; parameters are looked at where one stands. */
function inputLeaf(reference: ScalarReference, cursor: Cursor): number {
	return reference.kind === "top" || reference.iteration !== cursor.iteration ? 0 : cursor.leaf;
}

/** One step back along the way one came, to the exact place. */
export async function goBack(): Promise<void> {
	const { run, trail } = getState();
	const entry = trail.at(-1);
	if (run === null || entry === undefined) return;
	const opened = await fetchIteration(run, entry.cursor.iteration);
	if (opened === null) return;
	holdFrame();
	setState({
		opened,
		cursor: entry.cursor,
		sample: entry.sample,
		depth: entry.depth,
		inspected: entry.subject,
		trail: trail.slice(0, -1),
		leaving: null,
	});
	cut();
}
