import type { ReplayOptions } from "../engine/replay.ts";
import { structureOf } from "../timeline/structure.ts";
import { type Experiment, scheduledEdits } from "./experiment.ts";
import { findFailure } from "./failure.ts";
import { openRunner } from "./open-runner.ts";
import type { Run } from "./session.ts";

/** What decides every number of an experiment's run. */
export function replayOptions(experiment: Experiment): ReplayOptions {
	const { net, solver, data, seed, start } = experiment;
	return { net, solver, data: data.source, seed, start, edits: scheduledEdits(experiment) };
}

/** Builds the run of an experiment. @throws EngineError where the net, its solver or its data cannot be. */
export function buildRun(experiment: Experiment): Run {
	const runner = openRunner(replayOptions(experiment));
	return { experiment, runner, structure: structureOf(runner.net), findFailure };
}
