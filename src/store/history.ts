import { type Cursor, startOf } from "../timeline/cursor.ts";
import type { Experiment } from "./experiment.ts";
import { problemOf, sessionStore } from "./session.ts";
import { showExperiment } from "./show-experiment.ts";

const { getState, setState } = sessionStore;

/** Keeps an edited experiment, undoably; the reader stays at the same place. A refusal is told and changes nothing. */
export async function commitExperiment(experiment: Experiment, cursor: Cursor = getState().cursor): Promise<boolean> {
	const { run, past } = getState();
	if (run === null) return false;
	try {
		if (!(await showExperiment(experiment, cursor))) return false;
	} catch (error) {
		setState({ problem: problemOf(error) });
		return false;
	}
	setState({ past: [...past, run.experiment].slice(-100), future: [] });
	return true;
}

export async function undo(): Promise<void> {
	const { past, future, run, cursor } = getState();
	const previous = past.at(-1);
	if (previous === undefined || run === null) return;
	if (!(await showExperiment(previous, cursor))) return;
	setState({ past: past.slice(0, -1), future: [run.experiment, ...future] });
}

export async function redo(): Promise<void> {
	const { past, future, run, cursor } = getState();
	const [next] = future;
	if (next === undefined || run === null) return;
	if (!(await showExperiment(next, cursor))) return;
	setState({ past: [...past, run.experiment], future: future.slice(1) });
}

/** Back to the start with the same seed: the same numbers again. Edits of values and settings are taken back. */
export async function resetRun(): Promise<void> {
	const { run } = getState();
	if (run !== null) await commitExperiment({ ...run.experiment, edits: [] }, startOf(1));
}

/** A new start: the next seed draws other parameters. Settings chosen meanwhile stay. */
export async function newStart(): Promise<void> {
	const { withSeed } = await import("./net-edits.ts");
	const { run } = getState();
	if (run !== null) await commitExperiment(withSeed(run.experiment, run.experiment.seed + 1), startOf(1));
}
