import { evaluate } from "../engine/evaluate.ts";
import { type ExplanationContext, explainScalar } from "../engine/explain-scalar.ts";
import type { Expression } from "../engine/expression.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { IterationTrace, PassTrace } from "../engine/trace.ts";
import { termCount } from "../timeline/stage-drafts.ts";
import { becomingOf } from "../timeline/stage-of.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { traceReader } from "./view.ts";

/** The first operation of an iteration whose result is no finite number. */
export interface Failure {
	readonly leaf: number;
	readonly reference: ScalarReference;
}

function passReferences(timeline: Timeline, trace: IterationTrace, pass: number | "again"): ScalarReference[] {
	const recorded: PassTrace | undefined = pass === "again" ? trace.again : trace.passes[pass];
	const { iteration } = trace;
	return timeline.structure.net.layers.flatMap((layer) => {
		const { tops, internals } = recorded.layers[layer.index];
		return [
			...tops.flatMap((top, slot) =>
				(["data", "diff"] as const).flatMap((side) =>
					badPlaces(top[side]).map(
						(index): ScalarReference => ({ kind: "top", iteration, pass, layer: layer.name, slot, side, index }),
					),
				),
			),
			...Object.entries(internals).flatMap(([name, values]) =>
				badPlaces(values).map(
					(index): ScalarReference => ({
						kind: "internal",
						iteration,
						pass,
						layer: layer.name,
						name,
						side: "data",
						index,
					}),
				),
			),
		];
	});
}

/** x − x is 0 where x is finite, else NaN. Four sums at a time: each waits for its last addition. */
function areFinite(values: Float64Array): boolean {
	let [first, second, third, fourth] = [0, 0, 0, 0];
	let index = 0;
	for (; index + 3 < values.length; index += 4) {
		first += values[index] - values[index];
		second += values[index + 1] - values[index + 1];
		third += values[index + 2] - values[index + 2];
		fourth += values[index + 3] - values[index + 3];
	}
	for (; index < values.length; index++) first += values[index] - values[index];
	return first + second + third + fourth === 0;
}

function badPlaces(values: Float64Array | null): number[] {
	const places: number[] = [];
	// Nearly every array is whole, and some have millions of numbers.
	if (values === null || areFinite(values)) return places;
	values.forEach((value, index) => {
		if (!Number.isFinite(value)) places.push(index);
	});
	return places;
}

function parameterReferences(timeline: Timeline, trace: IterationTrace): ScalarReference[] {
	const { iteration } = trace;
	return timeline.structure.net.learnable.flatMap(({ layer, slot, index: learnable }) => {
		const parameter = trace.parameters[learnable];
		const moments = ["gradient", "clipped", "normalized", "regularized", "update", "after"] as const;
		return [
			...moments.flatMap((moment) =>
				badPlaces(parameter[moment]).map(
					(index): ScalarReference => ({ kind: "parameter", iteration, layer, slot, moment, index }),
				),
			),
			...badPlaces(parameter.history[0] ?? null).map(
				(index): ScalarReference => ({ kind: "parameter", iteration, layer, slot, moment: "history", index }),
			),
		];
	});
}

function lossReferences(trace: IterationTrace): ScalarReference[] {
	const { iteration } = trace;
	const passes = [...trace.passes.map((_, pass) => pass), "again" as const];
	return passes.flatMap((pass) =>
		(["data", "decay", "total"] as const).map((part): ScalarReference => ({ kind: "loss", iteration, pass, part })),
	);
}

/** In a sum the first term that is not finite, or at which the running sum stops being so. */
function failingTerm(expression: Expression, context: ExplanationContext): number {
	if (expression.kind !== "sum") return 0;
	let total = 0;
	let place = 0;
	for (const term of expression.terms) {
		const value = evaluate(term, context.read);
		total += value;
		if (!Number.isFinite(total)) return place + (term.kind === "sum" ? failingTerm(term, context) : 0);
		place += termCount(term);
	}
	return Math.max(0, place - 1);
}

/** Where an iteration has to stop; null when all its numbers are finite. */
export function findFailure(timeline: Timeline, trace: IterationTrace): Failure | null {
	const references = [
		...trace.passes.flatMap((_, pass) => passReferences(timeline, trace, pass)),
		...passReferences(timeline, trace, "again"),
		...parameterReferences(timeline, trace),
		...lossReferences(trace).filter((reference) => !Number.isFinite(traceReader(timeline, trace).read(reference))),
	];
	const context = traceReader(timeline, trace);
	let first: Failure | null = null;
	for (const reference of references) {
		const becoming = becomingOf(timeline, reference);
		if (becoming === "never") continue;
		const end = becoming === "given" ? 0 : becoming;
		if (first !== null && end >= first.leaf) continue;
		const expression = explainScalar(context, reference);
		const terms = expression?.kind === "sum" ? termCount(expression) : 1;
		const leaf = expression === null ? end : Math.max(0, end - terms + 1 + failingTerm(expression, context));
		first = { leaf, reference };
	}
	return first;
}
