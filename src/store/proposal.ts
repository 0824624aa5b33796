import { type Change, type ChangedIterations, createChangedIterations } from "../engine/changed-iteration.ts";
import { EngineError, type EngineProblem } from "../engine/problem.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { yieldToPage } from "../engine/yield-to-page.ts";
import type { Subject } from "../explain/reading.ts";
import { discardProposal, pause } from "./actions.ts";
import { withDataValue } from "./data-edits.ts";
import { checkLimit } from "./edit-limits.ts";
import { type Editable, type EditPlace, editableOf, placesOf, referenceOf } from "./editable.ts";
import { applyEdit } from "./edits.ts";
import { type Experiment, withEdit } from "./experiment.ts";
import { compareParameters } from "./most-changed.ts";
import { replayOptions } from "./run.ts";
import { type Lock, type Opened, openTrace, type Run, type SessionState, sessionStore } from "./session.ts";
import { inSlices } from "./slices.ts";
import { SOLVER_FIELDS, SOLVER_LIMITS, withSolver } from "./solver-edits.ts";

const { getState, setState } = sessionStore;

function placeOf(run: Run, opened: Opened): EditPlace {
	return { structure: run.structure, trace: opened.trace, samples: run.experiment.data.source.samples };
}

const LOCK_OF: Readonly<Record<Editable["kind"], Lock>> = { parameter: "weights", data: "data", solver: "solver" };

/** What would have to be edited for a number to be another; null where nothing is open, and for what is computed or locked. */
export function editableAt({ run, opened, locked }: SessionState, subject: Subject | null): Editable | null {
	if (run === null || opened === null || subject === null) return null;
	const editable = editableOf(placeOf(run, opened), subject);
	return editable === null || locked.has(LOCK_OF[editable.kind]) ? null : editable;
}

/** The experiment with an editable number changed. @throws EngineError where it may not be so */
function withValue(experiment: Experiment, editable: Editable, value: number): Experiment {
	switch (editable.kind) {
		case "parameter":
			return withEdit(experiment, { ...editable, value });
		case "data":
			return withDataValue(experiment, editable.blob, editable.sample, editable.index, value);
		case "solver":
			return withSolver(experiment, editable.iteration, { [editable.setting]: value });
	}
}

/** What {@link withValue} would refuse, without building anything. */
function checkValue(editable: Editable, value: number): void {
	if (editable.kind === "solver") {
		checkLimit("solver", SOLVER_FIELDS[editable.setting], value, SOLVER_LIMITS[editable.setting]);
	} else if (editable.kind === "data" && editable.classes !== null) {
		checkLimit(editable.blob, "value", value, { minimum: 0, maximum: editable.classes - 1, whole: true });
	} else if (!Number.isFinite(value)) {
		const layer = editable.kind === "data" ? editable.blob : editable.layer;
		throw new EngineError({ code: "setting", layer, setting: "value", expected: "number", found: String(value) });
	}
}

function changeOf(editable: Editable, value: number): Change {
	return editable.kind === "solver"
		? { kind: "solver", change: { [editable.setting]: value } }
		: { ...editable, value };
}

const besides = new WeakMap<Run, ChangedIterations>();

/** An iteration of a run that is done in place, once more with one number changed. */
export function traceWith(run: Run, trace: IterationTrace, editable: Editable, value: number): IterationTrace {
	const changed = besides.get(run) ?? createChangedIterations(replayOptions(run.experiment));
	besides.set(run, changed);
	return changed.traceWith(trace, changeOf(editable, value));
}

/** What stands in an editable number's place in an iteration. */
function formerValue(place: EditPlace, run: Run, editable: Editable): number {
	switch (editable.kind) {
		case "parameter": {
			const owner = run.structure.net.learnable.find(
				({ layer, slot }) => layer === editable.layer && slot === editable.slot,
			);
			return place.trace.parameters[owner?.index ?? 0].before[editable.index];
		}
		case "solver":
			return place.trace.settings[editable.setting];
		case "data": {
			const { values } = run.experiment.data.source.blobs[editable.blob];
			return values[editable.sample * (values.length / place.samples) + editable.index];
		}
	}
}

/** Opens "what if" on a number, at the value that it has. False where it is computed and cannot be edited. */
export function propose(subject: Subject): boolean {
	const state = getState();
	const { run, opened } = state;
	const editable = editableAt(state, subject);
	if (run === null || opened === null || editable === null) return false;
	const place = placeOf(run, opened);
	const reference = referenceOf(place, editable);
	if (reference === null) return false;
	pause();
	const former = formerValue(place, run, editable);
	setState({ proposal: { editable, former, value: former, opened, shown: former, reference } });
	return true;
}

/** Proposes another value: nothing is kept, everything shows what would be. Returns why it may not be, if so. */
export function proposeValue(value: number): EngineProblem | null {
	const { run, opened, proposal } = getState();
	if (run === null || opened === null || proposal === null || value === proposal.value) return null;
	const { editable, former } = proposal;
	try {
		checkValue(editable, value);
	} catch (error) {
		if (error instanceof EngineError) return error.problem;
		throw error;
	}
	const instead = { ...proposal, value };
	if (value === former) setState({ proposal: { ...instead, opened, shown: value } });
	else if (run.runner.traceWith === null) {
		setState({
			proposal: { ...instead, opened: openTrace(run, traceWith(run, opened.trace, editable, value)), shown: value },
		});
	} else {
		setState({ proposal: instead });
		void catchUp();
	}
	return null;
}

/** A large net's proposed iteration with what showing it needs, so that drawing it is all that is left. */
function* openBeside(run: Run, { trace }: Opened, proposed: IterationTrace): Generator<void, Opened> {
	const opened = openTrace(run, proposed);
	yield;
	yield* compareParameters(trace, proposed);
	return opened;
}

let catchingUp = false;

/** Where iterations are run elsewhere: asks for what is proposed until that is shown, one after the other. */
async function catchUp(): Promise<void> {
	if (catchingUp) return;
	catchingUp = true;
	try {
		for (;;) {
			const { run, opened, proposal } = getState();
			if (run === null || opened === null || proposal === null || proposal.shown === proposal.value) return;
			const { editable, value } = proposal;
			const trace = await run.runner.traceWith?.(opened.trace.iteration, changeOf(editable, value));
			if (trace === undefined) return;
			const instead = await inSlices(openBeside(run, opened, trace));
			await yieldToPage();
			const now = getState();
			if (now.opened !== opened || now.proposal?.editable !== editable) continue;
			// The former value may have been taken back meanwhile, and is shown already.
			if (now.proposal.value === now.proposal.shown) return;
			setState({ proposal: { ...now.proposal, opened: instead, shown: value } });
		}
	} catch (error) {
		if (error instanceof DOMException && error.name === "AbortError") return;
		discardProposal();
		throw error;
	} finally {
		catchingUp = false;
	}
}

/** Keeps what is proposed as an edit, undoably. A number that stands already is no edit. */
export async function keepProposal(): Promise<EngineProblem | null> {
	const { proposal } = getState();
	if (proposal === null) return null;
	const { editable, former, value } = proposal;
	if (value === former) {
		discardProposal();
		return null;
	}
	return applyEdit((experiment) => withValue(experiment, editable, value));
}

/** Where a proposed number of a sample stands in the iteration's batches. */
export function proposedPlaces(run: Run, opened: Opened, editable: Extract<Editable, { readonly kind: "data" }>) {
	return placesOf(placeOf(run, opened), editable);
}

// A proposal is about one iteration; leaving it leaves the proposal.
sessionStore.subscribe((state, before) => {
	const { proposal, opened } = state;
	if (proposal === null || opened === before.opened) return;
	if (opened?.trace.iteration !== proposal.opened.trace.iteration) discardProposal();
});
