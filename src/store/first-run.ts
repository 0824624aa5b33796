import { buildNet } from "../engine/net.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { structureOf } from "../timeline/structure.ts";
import type { Experiment } from "./experiment.ts";
import { openingExperiment } from "./open-experiment.ts";
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
	return runFrom(first, experiment);
}

function runFrom(trace: IterationTrace, experiment: Experiment): Run {
	const losses = trace.passes.map(({ dataLoss }) => dataLoss);
	let engine: Promise<OpenRunner> | null = null;
	let whole: Run | null = null;
	let closed = false;
	async function open(): Promise<OpenRunner> {
		const { buildRun } = await import("./run.ts");
		whole ??= buildRun(experiment);
		if (closed) whole.runner.close();
		return whole.runner;
	}
	const net = buildNet(experiment.net);
	const runner: OpenRunner = {
		net,
		get losses() {
			return whole !== null && whole.runner.losses.length > 0 ? whole.runner.losses : losses;
		},
		settingsAt: () => experiment.solver,
		peek: (iteration) => (iteration === trace.iteration ? trace : whole?.runner.peek(iteration)),
		async trace(iteration) {
			if (iteration === trace.iteration) return trace;
			engine ??= open();
			try {
				return await (await engine).trace(iteration);
			} finally {
				// What could not be fetched is fetched again for the next step.
				if (whole === null) engine = null;
			}
		},
		traceWith: null,
		close() {
			closed = true;
			whole?.runner.close();
		},
	};
	return {
		experiment,
		runner,
		structure: structureOf(net),
		// The first was finite when the page was built, and others come from the engine.
		findFailure: (timeline, other) => whole?.findFailure(timeline, other) ?? null,
	};
}
