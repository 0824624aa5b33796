import { evaluate, referencesOf } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";
import { type ExplainContext, shownDivisor, shownValue } from "../explain/expand.ts";
import type { NotationId } from "../explain/notation.ts";
import { makeReading, type Reading } from "../explain/reading.ts";
import type { View } from "./view.ts";

/** What explanations are made in: this view's run, in a notation. */
export function explainIn(view: View, notation: NotationId): ExplainContext {
	return { structure: view.timeline.structure, engine: view.context, notation };
}

const status = (reading: Reading) => (reading.status === "not-finite" ? "known" : reading.status);

/** A scalar as the notation shows it; under a name of its own where that is not the recorded number. */
export function shownReading(view: View, notation: NotationId, reference: ScalarReference): Reading {
	const context = explainIn(view, notation);
	const recorded = view.read(reference);
	if (shownDivisor(context, reference) === 1) return recorded;
	const suffix = notation === "ufldl" ? "delta" : "buffer";
	return makeReading(`${recorded.id}#${suffix}`, reference, status(recorded), shownValue(context, reference));
}

/** The value of a part of a formula; known as soon as all its operands are. */
export function partReading(view: View, notation: NotationId, id: string, part: Expression): Reading {
	const context = explainIn(view, notation);
	const operands = referencesOf(part).map((reference) => status(view.read(reference)));
	const known = operands.find((operand) => operand !== "known") ?? "known";
	return makeReading(id, null, known, evaluate(part, (reference) => shownValue(context, reference)));
}

/** The id of a part of a scalar's formula. */
export function partId(owner: ScalarReference, part: string): string {
	return `${referenceText(owner)}#${part}`;
}
