import type { Subject } from "../explain/reading.ts";
import { parseAddress } from "../timeline/address.ts";
import { type Cursor, DEPTHS, type Depth, stepBack, stepForward } from "../timeline/cursor.ts";
import { clampCursor, fetchIteration } from "./arrival.ts";
import { frameStore, holdFrame, moveFrame } from "./clock.ts";
import { isAtEnd, nearestIn } from "./range.ts";
import { sessionStore, type TrailEntry } from "./session.ts";
import { settingsStore } from "./settings.ts";

const { getState, setState } = sessionStore;

/** How long the picture of one step of each depth moves, in milliseconds at speed 1. */
const MOVE_MS: Readonly<Record<Depth, number>> = { iteration: 0, phase: 800, layer: 800, unit: 700, term: 300 };

/** Text first, then the movement: how long a played stage stands still before the next. */
const REST_MS: Readonly<Record<Depth, number>> = { iteration: 250, phase: 1200, layer: 1200, unit: 900, term: 450 };

function movesAllowed(): boolean {
	const { motion } = settingsStore.getState();
	if (motion !== "auto") return motion === "full" && !prefersReducedMotion();
	return !prefersReducedMotion();
}

function prefersReducedMotion(): boolean {
	return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

/** Goes to a cursor without moving through what lies between; no further than the range that is shown. */
export async function goTo(asked: Cursor): Promise<void> {
	const { run, range } = getState();
	if (run === null) return;
	const cursor = nearestIn(range, asked);
	const opened = await fetchIteration(run, Math.max(1, cursor.iteration));
	if (opened === null) return;
	holdFrame();
	setState({ opened, cursor: clampCursor(opened, cursor), leaving: null, inspected: null, trail: [] });
	cut();
}

/** Goes to an address. Returns whether it was taken as it stands. */
export async function goToAddress(text: string): Promise<boolean> {
	const { opened } = getState();
	if (opened === null) return false;
	const { cursor, problem } = parseAddress(opened.timeline, text.trim());
	if (problem !== null) return false;
	await goTo(cursor);
	return true;
}

/** The picture at its full stop, without moving there. */
export function cut(): void {
	moveFrame(0, 1, 0, () => {});
}

/** Whether the iteration stops before what the next step would show, or the author's range does. */
export function isStopped(): boolean {
	const { opened, cursor, range } = getState();
	return (opened?.failure != null && cursor.leaf >= opened.failure.leaf) || isAtEnd(range, cursor);
}

/** One step on, of the chosen depth or another. The picture moves, the text does not. */
export async function stepOn(depth: Depth = getState().depth): Promise<void> {
	const { run, opened, cursor } = getState();
	if (run === null || opened === null) return;
	if (isStopped()) {
		pause();
		return;
	}
	const { range } = getState();
	const target = beforeBreakpoint(cursor, nearestIn(range, stepForward(opened.timeline, cursor, depth)));
	const next = target.iteration === cursor.iteration ? opened : await fetchIteration(run, target.iteration);
	if (next === null) return;
	setState({ opened: next, cursor: clampCursor(next, target), leaving: null, inspected: null, trail: [] });
	const { playing, speed } = getState();
	moveFrame(0, 1, movesAllowed() ? MOVE_MS[depth] / speed : 0, () => {
		if (playing) scheduleNext(depth);
	});
}

/** A played step ends at the first breakpoint on its way, however coarse it is. */
function beforeBreakpoint(from: Cursor, to: Cursor): Cursor {
	const { playing, breakpoints } = getState();
	const start = to.iteration === from.iteration ? from.leaf : -1;
	const onTheWay = [...breakpoints].filter((leaf) => leaf > start && leaf < to.leaf);
	return playing && onTheWay.length > 0 ? { ...to, leaf: Math.min(...onTheWay) } : to;
}

/** One step back, exactly to what was seen before; the picture runs backwards first. */
export async function stepOff(depth: Depth = getState().depth): Promise<void> {
	const { run, opened, cursor } = getState();
	if (run === null || opened === null) return;
	pause();
	const target = nearestIn(getState().range, stepBack(opened.timeline, cursor, depth));
	if (target.iteration !== cursor.iteration) {
		await goTo(target);
		return;
	}
	if (!movesAllowed() || target.leaf === cursor.leaf) {
		setState({ cursor: target, leaving: null, inspected: null, trail: [] });
		cut();
		return;
	}
	setState({ cursor: target, leaving: cursor, inspected: null, trail: [] });
	moveFrame(1, 0, MOVE_MS[depth] / getState().speed, () => {
		setState({ leaving: null });
		cut();
	});
}

let resting: ReturnType<typeof setTimeout> | null = null;

function scheduleNext(depth: Depth): void {
	const { opened, cursor, breakpoints, playing, speed } = getState();
	if (!playing || opened === null) return;
	if (breakpoints.has(cursor.leaf) || isStopped()) {
		pause();
		return;
	}
	restBefore(depth, REST_MS[depth] / speed);
}

function restBefore(depth: Depth, milliseconds: number): void {
	resting = setTimeout(() => {
		if (getState().playing) void stepOn(depth);
	}, milliseconds);
}

/** Plays on: a movement that was held goes on from where it stands. */
export function play(): void {
	const { playing, depth, leaving, speed } = getState();
	const { t, moving } = frameStore.getState();
	if (playing || (isStopped() && t === 1)) return;
	setState({ playing: true });
	// The button answers first; the step comes in a task of its own.
	if (t === 1 || moving || leaving !== null) restBefore(depth, 0);
	else moveFrame(t, 1, movesAllowed() ? ((1 - t) * MOVE_MS[depth]) / speed : 0, () => scheduleNext(depth));
}

/** Plays no further; a stage in motion comes to its full stop. */
export function pause(): void {
	if (resting !== null) clearTimeout(resting);
	resting = null;
	if (getState().playing) setState({ playing: false });
}

/** Holds the picture at this very instant, or plays on. */
export function togglePlay(): void {
	if (getState().playing) {
		pause();
		holdFrame();
	} else {
		play();
	}
}

export function setSpeed(speed: number): void {
	setState({ speed });
}

/** How much one step covers. Never changes where one is. */
export function setDepth(depth: Depth): void {
	setState({ depth });
}

/** One depth finer (+1) or coarser (−1), if there is one. */
export function shiftDepth(by: 1 | -1): void {
	const next = DEPTHS[DEPTHS.indexOf(getState().depth) + by];
	if (next !== undefined) setDepth(next);
}

export function selectSample(sample: number): void {
	setState({ sample });
}

/** Sets or lifts a breakpoint on a leaf: playing stops there, in every iteration. */
export function toggleBreakpoint(leaf: number): void {
	const breakpoints = new Set(getState().breakpoints);
	if (!breakpoints.delete(leaf)) breakpoints.add(leaf);
	setState({ breakpoints });
}

/** Where one stands, to come back to. */
export function here(): TrailEntry {
	const { inspected, cursor, sample, depth } = getState();
	return { subject: inspected, cursor, sample, depth };
}

/** Opens the explanation of a number where one stands. */
export function inspect(subject: Subject): void {
	setState({ trail: [...getState().trail, here()], inspected: subject });
}

/** Closes the explanation: the ledger shows the stage again. */
export function closeInspection(): void {
	setState({ inspected: null, trail: [] });
}

/** Forgets the edit that is proposed: nothing had changed. */
export function discardProposal(): void {
	if (getState().proposal !== null) setState({ proposal: null });
}
