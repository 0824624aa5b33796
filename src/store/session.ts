import { subscribeWithSelector } from "zustand/middleware";
import { createStore } from "zustand/vanilla";
import { EngineError, type EngineProblem } from "../engine/problem.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { IterationTrace } from "../engine/trace.ts";
import type { NotationId } from "../explain/notation.ts";
import type { Subject } from "../explain/reading.ts";
import { addressText, parseAddress } from "../timeline/address.ts";
import type { Cursor, Depth } from "../timeline/cursor.ts";
import type { Structure } from "../timeline/structure.ts";
import { createTimeline, type Timeline } from "../timeline/timeline.ts";
import type { Editable } from "./editable.ts";
import type { Experiment } from "./experiment.ts";
import type { Failure } from "./failure.ts";
import type { OpenRunner } from "./open-runner.ts";
import type { Range } from "./range.ts";
import { createView, type View } from "./view.ts";

/** A step along "why this number?": what was looked at, and from where. */
export interface TrailEntry {
	readonly subject: Subject | null;
	readonly cursor: Cursor;
	readonly sample: number;
	readonly depth: Depth;
}

/** What one experiment needs to be stepped through; replaced as a whole when the experiment changes. */
export interface Run {
	readonly experiment: Experiment;
	readonly runner: OpenRunner;
	readonly structure: Structure;
	/** Where an iteration of it has to stop; null when all its numbers are finite. */
	readonly findFailure: (timeline: Timeline, trace: IterationTrace) => Failure | null;
}

/** What the author of a link may put out of reach. */
export type Lock = "net" | "data" | "weights" | "solver" | "seed";

/** One iteration made ready: its trace, its stages, and where it has to stop. */
export interface Opened {
	readonly trace: IterationTrace;
	readonly timeline: Timeline;
	readonly failure: Failure | null;
}

export interface SessionState {
	/** Null until the first experiment is open. */
	readonly run: Run | null;
	readonly opened: Opened | null;
	readonly cursor: Cursor;
	readonly depth: Depth;
	readonly sample: number;
	/** The iteration that is being fetched by replay, if that takes a while. */
	readonly fetching: number | null;
	/** Stage whose picture is drawn while the clock moves: where a step back comes from. */
	readonly leaving: Cursor | null;
	readonly playing: boolean;
	readonly speed: number;
	/** Leaves at which playing stops, in every iteration. */
	readonly breakpoints: ReadonlySet<number>;
	/** The number whose explanation is open; null: that of the stage. */
	readonly inspected: Subject | null;
	readonly trail: readonly TrailEntry[];
	readonly past: readonly Experiment[];
	readonly future: readonly Experiment[];
	/** Why the last edit or link was refused. */
	readonly problem: EngineProblem | null;
	/** A proposed edit, shown as a ghost and not yet kept. */
	readonly proposal: Proposal | null;
	readonly locked: ReadonlySet<Lock>;
	/** The part of the run that can be stepped through; null for all of it. */
	readonly range: Range | null;
}

/** What would be if an edit were kept: this iteration once more, with one number changed. */
export interface Proposal {
	readonly editable: Editable;
	/** What stands now, and what is proposed. */
	readonly former: number;
	readonly value: number;
	/** The iteration with one of the values proposed, the last that has been computed; in a small net that is `value`. */
	readonly opened: Opened;
	readonly shown: number;
	/** The number that is being changed. */
	readonly reference: ScalarReference;
}

export const sessionStore = createStore<SessionState>()(
	subscribeWithSelector(
		(): SessionState => ({
			run: null,
			opened: null,
			cursor: { iteration: 1, leaf: 0 },
			depth: "unit",
			sample: 0,
			fetching: null,
			leaving: null,
			playing: false,
			speed: 1,
			breakpoints: new Set(),
			inspected: null,
			trail: [],
			past: [],
			future: [],
			problem: null,
			proposal: null,
			locked: new Set(),
			range: null,
		}),
	),
);

const timelines = new WeakMap<Structure, Map<string, Timeline>>();

/** Timelines depend on the net and on which solver steps are in force; they are kept per run. */
function timelineFor(structure: Structure, trace: IterationTrace): Timeline {
	const known = timelines.get(structure) ?? new Map<string, Timeline>();
	timelines.set(structure, known);
	const key = JSON.stringify(trace.settings);
	const timeline = known.get(key) ?? createTimeline(structure, trace.settings);
	known.set(key, timeline);
	return timeline;
}

const openedTraces = new WeakMap<IterationTrace, Opened>();

export function openTrace(run: Run, trace: IterationTrace): Opened {
	const known = openedTraces.get(trace);
	if (known !== undefined) return known;
	const timeline = timelineFor(run.structure, trace);
	const opened = { trace, timeline, failure: run.findFailure(timeline, trace) };
	openedTraces.set(trace, opened);
	return opened;
}

/** The problem in an error the engine threw on purpose; anything else is a fault and thrown on. */
export function problemOf(error: unknown): EngineProblem {
	if (error instanceof EngineError) return error.problem;
	throw error;
}

interface KeptView {
	readonly parts: readonly unknown[];
	readonly view: View;
}

/** Parts of the page that are drawn one after the other see a few states at the same time. */
const MOST_VIEWS = 3;

const views: KeptView[] = [];
const proposedViews: KeptView[] = [];

/** The view of the same parts that was made last, or a new one. */
function keptView(kept: KeptView[], parts: readonly unknown[], make: () => View): View {
	const found = kept.find(({ parts: others }) => parts.every((part, index) => part === others[index]));
	if (found !== undefined) return found.view;
	const view = make();
	kept.unshift({ parts, view });
	kept.length = Math.min(kept.length, MOST_VIEWS);
	return view;
}

/** The view of a state; the same object until something it depends on changes. Null until an experiment is open. */
export function selectView(state: SessionState, notation: NotationId): View | null {
	const { run, opened, depth, sample } = state;
	if (run === null || opened === null) return null;
	const cursor = state.leaving ?? state.cursor;
	const parts = [run, opened, cursor.iteration, cursor.leaf, depth, sample, notation];
	return keptView(views, parts, () =>
		createView({
			experiment: run.experiment,
			timeline: opened.timeline,
			trace: opened.trace,
			cursor,
			depth,
			sample,
			failure: opened.failure?.leaf ?? null,
			notation,
		}),
	);
}

/**
 * The same place under the proposed edit, for ghosts: what the view shows of a scalar is the old reading, what this
 * shows of it the new one. Null while nothing is proposed, and in other iterations than the proposal's.
 */
export function selectProposedView(state: SessionState, notation: NotationId): View | null {
	const { run, proposal, depth, sample } = state;
	const cursor = state.leaving ?? state.cursor;
	if (run === null || proposal === null || proposal.opened.trace.iteration !== cursor.iteration) return null;
	const { opened } = proposal;
	const parts = [run, opened, cursor.leaf, depth, sample, notation, state.opened];
	return keptView(proposedViews, parts, () => {
		// Another solver setting may add or drop stages: the place is then the one of the same name.
		const same = state.opened === null || opened.timeline === state.opened.timeline;
		return createView({
			experiment: run.experiment,
			timeline: opened.timeline,
			trace: opened.trace,
			cursor: same ? cursor : parseAddress(opened.timeline, addressText(state.opened.timeline, cursor)).cursor,
			depth,
			sample,
			failure: opened.failure?.leaf ?? null,
			notation,
			proposed: true,
		});
	});
}
