import { buildNet } from "../engine/net.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { structureOf } from "../timeline/structure.ts";
import { type Experiment, openingExperiment } from "./experiment.ts";
import type { OpenRunner } from "./open-runner.ts";
import type { Run } from "./session.ts";

let first: IterationTrace | null = null;

/** Hands in the first iteration of the experiment that the page opens with, as the engine recorded it when the page was built. */
export function giveFirstIteration(trace: IterationTrace): void {
	first = trace;
}

/**
 * The run that the page opens with: its first iteration is at hand, the engine is fetched for the next. Null for any
 * other experiment.
 */
export function firstRun(experiment: Experiment): Run | null {
	if (first === null || experiment !== openingExperiment) return null;
	const runner = runnerFrom(first, experiment);
	return { experiment, runner, structure: structureOf(runner.net) };
}

function runnerFrom(trace: IterationTrace, experiment: Experiment): OpenRunner {
	const losses = trace.passes.map(({ dataLoss }) => dataLoss);
	let engine: Promise<OpenRunner> | null = null;
	let opened: OpenRunner | null = null;
	let closed = false;
	async function open(): Promise<OpenRunner> {
		const { buildRun } = await import("./run.ts");
		opened ??= buildRun(experiment).runner;
		if (closed) opened.close();
		return opened;
	}
	return {
		net: buildNet(experiment.net),
		get losses() {
			return opened !== null && opened.losses.length > 0 ? opened.losses : losses;
		},
		settingsAt: () => experiment.solver,
		peek: (iteration) => (iteration === trace.iteration ? trace : opened?.peek(iteration)),
		async trace(iteration) {
			if (iteration === trace.iteration) return trace;
			engine ??= open();
			try {
				return await (await engine).trace(iteration);
			} finally {
				// What could not be fetched is fetched again for the next step.
				if (opened === null) engine = null;
			}
		},
		close() {
			closed = true;
			opened?.close();
		},
	};
}
