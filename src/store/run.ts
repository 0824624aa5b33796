import { structureOf } from "../timeline/structure.ts";
import { type Experiment, scheduledEdits } from "./experiment.ts";
import { findFailure } from "./failure.ts";
import { openRunner } from "./open-runner.ts";
import type { Run } from "./session.ts";

/** Builds the run of an experiment. @throws EngineError where the net, its solver or its data cannot be. */
export function buildRun(experiment: Experiment): Run {
	const runner = openRunner({
		net: experiment.net,
		solver: experiment.solver,
		data: experiment.data.source,
		seed: experiment.seed,
		start: experiment.start,
		edits: scheduledEdits(experiment),
	});
	return { experiment, runner, structure: structureOf(runner.net), findFailure };
}
