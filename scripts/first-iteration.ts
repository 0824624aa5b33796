import { createRunner } from "../src/engine/runner.ts";
import type { IterationTrace } from "../src/engine/trace.ts";
import { scheduledEdits } from "../src/store/experiment.ts";
import { openingExperiment } from "../src/store/open-experiment.ts";

/** A value of a trace as JavaScript: bit for bit, which JSON is not for −0. `f` makes an array of doubles. */
function codeOf(value: unknown): string {
	if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
	if (value instanceof Float64Array) return `f(${Array.from(value, codeOf).join()})`;
	if (Array.isArray(value)) return `[${value.map(codeOf).join()}]`;
	if (typeof value === "object" && value !== null) {
		return `{${Object.entries(value)
			.map(([name, part]) => `${JSON.stringify(name)}:${codeOf(part)}`)
			.join()}}`;
	}
	return JSON.stringify(value);
}

/** The first iteration of the experiment that the page opens with, as the engine records it. */
export function recordFirstIteration(): Promise<IterationTrace> {
	const { data, ...experiment } = openingExperiment;
	const options = { ...experiment, data: data.source, edits: scheduledEdits(openingExperiment) };
	return createRunner(options).trace(1);
}

/** A module that holds a trace. */
export function moduleOf(trace: IterationTrace): string {
	return `const f = (...values) => Float64Array.from(values);\nexport const firstIteration = ${codeOf(trace)};\n`;
}
