import type { Preset } from "../../../data/preset.ts";
import type { SolverSettings } from "../../../engine/specification.ts";
import { createTraining, type TrainingOptions } from "../../../engine/training.ts";
import { readNet, readSolver } from "../../prototxt/index.ts";
import type { Iteration } from "../python/script.ts";

/** An iteration of a run, recorded. */
export function iterationOf(options: TrainingOptions, number: number, title = "test"): Iteration {
	const training = createTraining(options);
	for (let k = 1; k < number; k++) training.step();
	return { net: training.net, trace: training.record(), title };
}

/** A preset's run, with some of its solver's settings changed. */
export async function presetOptions(preset: Preset, change: Partial<SolverSettings> = {}): Promise<TrainingOptions> {
	return {
		net: readNet(preset.net, { precision: "double" }),
		solver: { ...readSolver(preset.solver, { precision: "double" }), ...change },
		data: (await preset.data()).source,
		seed: preset.seed,
		...(preset.start === undefined ? {} : { start: preset.start }),
	};
}
