import type { PresetId } from "../data/preset.ts";
import { type AddressResult, addressText, parseAddress } from "../timeline/address.ts";
import { type Cursor, DEPTHS, nodeAt, startOf } from "../timeline/cursor.ts";
import { cut, pause } from "./actions.ts";
import { clampCursor, fetchIteration } from "./arrival.ts";
import { holdFrame } from "./clock.ts";
import type { Experiment } from "./experiment.ts";
import { firstRun } from "./first-run.ts";
import { openExperiment } from "./open-experiment.ts";
import { nearestIn, type Range } from "./range.ts";
import { type Opened, type SessionState, sessionStore } from "./session.ts";

const { getState, setState } = sessionStore;

/** Opens a preset at the start of iteration 1, undo history and all. */
export async function openPresetById(id: PresetId): Promise<void> {
	const experiment = await openExperiment(id);
	setState({ past: [], future: [] });
	await showExperiment(experiment, startOf(1));
}

/**
 * Puts an experiment in place of the one shown and goes to the place of the same name, in the cursor's iteration.
 * False where another iteration was asked for meanwhile.
 */
export async function showExperiment(experiment: Experiment, asked: Cursor): Promise<boolean> {
	const run = firstRun(experiment) ?? (await import("./run.ts")).buildRun(experiment);
	const before = getState();
	const cursor = nearestIn(before.range, asked);
	pause();
	holdFrame();
	const opened = await fetchIteration(run, cursor.iteration);
	if (opened === null) {
		run.runner.close();
		return false;
	}
	before.run?.runner.close();
	const { inspected, trail } = before;
	const stays =
		before.run?.experiment.net === experiment.net &&
		before.cursor.iteration === cursor.iteration &&
		before.cursor.leaf === cursor.leaf;
	setState({
		run,
		opened,
		cursor: clampCursor(opened, placeIn(opened, before, cursor).cursor),
		range: rangeIn(opened, before),
		breakpoints: new Set(
			[...before.breakpoints].flatMap((leaf) => {
				const place = placeIn(opened, before, { ...cursor, leaf });
				return place.problem === null ? [place.cursor.leaf] : [];
			}),
		),
		leaving: null,
		...(stays ? { inspected, trail } : { inspected: null, trail: [] }),
		problem: null,
		proposal: null,
		fetching: null,
	});
	cut();
	return true;
}

/** The end of the stage that has the same name among other stages: an edit may add and drop some. */
function placeIn(next: Opened, { opened, depth }: SessionState, cursor: Cursor): AddressResult {
	if (opened === null || opened.timeline === next.timeline) return { cursor, problem: null };
	const isEnd = nodeAt(opened.timeline, cursor.leaf, depth).last === cursor.leaf;
	const parts = addressText(opened.timeline, cursor).split(".");
	const name = isEnd ? parts.slice(0, parts.length + DEPTHS.indexOf(depth) - DEPTHS.indexOf("term")) : parts;
	return parseAddress(next.timeline, name.join("."));
}

/** The range between the stages of the same names. */
function rangeIn(next: Opened, before: SessionState): Range | null {
	if (before.range === null) return null;
	const { from, to } = before.range;
	return {
		from: placeIn(next, before, from).cursor,
		to: to === null ? null : placeIn(next, before, to).cursor,
	};
}
