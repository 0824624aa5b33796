import { EngineError, type EngineProblem } from "../engine/problem.ts";
import { type Edit, type Experiment, withoutEdit } from "./experiment.ts";
import { commitExperiment } from "./history.ts";
import { sessionStore } from "./session.ts";

/** Whether a change leaves all that came before an iteration as it was: it is an entry of the log. */
function isLogged(before: Experiment, after: Experiment): boolean {
	return (
		before.net === after.net &&
		before.data === after.data &&
		before.seed === after.seed &&
		before.start === after.start &&
		before.solver === after.solver
	);
}

/**
 * Makes an edit and keeps it, undoably. The reader stays at the same place; what cannot leave earlier iterations as
 * they were starts again at iteration 1. Returns why it was refused, and then nothing has changed.
 */
export async function applyEdit(change: (experiment: Experiment) => Experiment): Promise<EngineProblem | null> {
	const { run, cursor } = sessionStore.getState();
	if (run === null) return null;
	try {
		const edited = change(run.experiment);
		if (edited === run.experiment) return null;
		const place = isLogged(run.experiment, edited) ? cursor : { ...cursor, iteration: 1 };
		await commitExperiment(edited, place);
		const { problem } = sessionStore.getState();
		// It is said where the edit was made, not a second time for the whole page.
		if (problem !== null) sessionStore.setState({ problem: null });
		return problem;
	} catch (error) {
		if (error instanceof EngineError) return error.problem;
		throw error;
	}
}

/** Takes an entry out of the log. */
export function removeEdit(edit: Edit): Promise<EngineProblem | null> {
	return applyEdit((experiment) => withoutEdit(experiment, edit));
}
