import { makeReading, type Reading } from "../explain/reading.ts";
import type { Experiment } from "./experiment.ts";
import { buildRun } from "./run.ts";

/** A change of the solver that may keep a run's numbers finite. */
export interface FailureRemedy {
	readonly kind: "rate" | "clip";
	readonly value: number;
	readonly experiment: Experiment;
}

/** One significant digit: a rate that a person would type. */
const rounded = (value: number) => Number(value.toPrecision(1));

function withSolver(experiment: Experiment, change: Partial<Experiment["solver"]>): Experiment {
	const keys = new Set(Object.keys(change));
	const edits = experiment.edits.filter(
		(edit) => edit.kind !== "solver" || !Object.keys(edit.change).some((key) => keys.has(key)),
	);
	return { ...experiment, solver: { ...experiment.solver, ...change }, edits };
}

/** What to try where a number became too large: smaller steps, or a bound on the gradient. */
export function remediesFor(experiment: Experiment, baseLr: number): readonly FailureRemedy[] {
	const rates = [rounded(baseLr / 15), rounded(baseLr / 5)].filter((rate) => rate > 0);
	return [
		...rates.map(
			(value): FailureRemedy => ({ kind: "rate", value, experiment: withSolver(experiment, { baseLr: value }) }),
		),
		{ kind: "clip", value: 1, experiment: withSolver(experiment, { clipGradients: 1 }) },
	];
}

/**
 * The data loss after so many iterations of an experiment, computed beside the run that is shown and in slices, so that
 * the page goes on. The number belongs to no scalar of the run shown.
 */
export async function lossAfter(experiment: Experiment, iterations: number): Promise<Reading> {
	const trace = await buildRun(experiment).runner.trace(iterations);
	const value = trace.iteration < iterations ? Number.POSITIVE_INFINITY : (trace.again?.dataLoss ?? Number.NaN);
	return makeReading("", null, "known", value);
}
