import { evaluate, operandsOf } from "../evaluate.ts";
import { type ExplanationContext, explainScalar, gradientRows } from "../explain-scalar.ts";
import type { Expression } from "../expression.ts";
import type { Net } from "../net.ts";
import { readTrace } from "../read-trace.ts";
import { referenceText, type ScalarReference } from "../reference.ts";
import type { IterationTrace } from "../trace.ts";
import { allReferences } from "./references.ts";

/** A context that reads one iteration's trace; shares, which no trace keeps, come from their own expressions. */
export function traceContext(net: Net, trace: IterationTrace): ExplanationContext {
	const context: ExplanationContext = {
		net,
		settings: trace.settings,
		read(reference) {
			const recorded = readTrace(net, trace, reference);
			if (recorded !== undefined) return recorded;
			const expression = reference.kind === "share" ? explainScalar(context, reference) : null;
			return expression === null ? Number.NaN : evaluate(expression, context.read);
		},
	};
	return context;
}

/** Σ |terms|: what an expression comes to when nothing in its sums cancels. */
export function magnitude(expression: Expression, read: (reference: ScalarReference) => number): number {
	switch (expression.kind) {
		case "sum":
			return expression.terms.reduce((total, term) => total + magnitude(term, read), 0);
		case "difference":
			return operandsOf(expression).reduce((total, term) => total + magnitude(term, read), 0);
		case "product":
			return expression.factors.reduce((total, factor) => total * magnitude(factor, read), 1);
		case "quotient":
			return magnitude(expression.numerator, read) / Math.abs(evaluate(expression.denominator, read));
		case "named":
			return magnitude(expression.value, read);
		default:
			return Math.abs(evaluate(expression, read));
	}
}

/** How many shares each computed gradient has; none where this net computes no such gradient. */
export function shareRows(context: ExplanationContext): (layer: string, slot: number) => number {
	return (name, slot) => {
		const { needsBackward, run } = context.net.layer(name);
		return needsBackward && run.parameterNeedsDiff[slot] ? gradientRows(context, name, slot) : 0;
	};
}

/** Whether a scalar has no explanation because it comes from outside, and not because one was forgotten. */
function isGiven(net: Net, r: ScalarReference): boolean {
	if (r.kind === "solver") return r.name !== "clipNorm" && r.name !== "clipScale" && r.layer === undefined;
	if (r.kind === "parameter") return r.moment === "before" && r.iteration === 1;
	if (r.kind === "internal") return net.layer(r.layer).type === "Dropout";
	if (r.kind !== "top") return false;
	const { definition } = net.layer(r.layer);
	return r.side === "data" ? definition.picture === "given" : false;
}

/** What of a trace was explained: by kind of scalar how many, and each explanation that misses its number. */
export interface ExplanationReport {
	readonly explained: Readonly<Record<string, number>>;
	readonly wrong: readonly string[];
}

/**
 * Evaluates the explanation of every scalar of an iteration and holds it against the recorded number: bit for bit, or
 * within 1e-12 of Σ |terms| for layers that add up in an order of their own.
 */
export function checkExplanations(
	net: Net,
	trace: IterationTrace,
	loose: ReadonlySet<string> = new Set(),
): ExplanationReport {
	const context = traceContext(net, trace);
	const explained: Record<string, number> = {};
	const wrong: string[] = [];
	for (const reference of allReferences(net, trace.settings, trace.iteration, shareRows(context))) {
		const recorded = reference.kind === "share" ? context.read(reference) : readTrace(net, trace, reference);
		if (recorded === undefined) continue;
		const expression = explainScalar(context, reference);
		if (expression === null) {
			if (!isGiven(net, reference)) wrong.push(`${referenceText(reference)} has no explanation`);
			continue;
		}
		const kind = reference.kind === "parameter" ? `parameter ${reference.moment}` : reference.kind;
		explained[kind] = (explained[kind] ?? 0) + 1;
		const value = evaluate(expression, context.read);
		if (value === recorded || (Number.isNaN(value) && Number.isNaN(recorded))) continue;
		const bound = "layer" in reference && loose.has(net.layer(reference.layer ?? "").type) ? 1e-12 : 0;
		if (Math.abs(value - recorded) <= bound * magnitude(expression, context.read)) continue;
		wrong.push(`${referenceText(reference)} is ${recorded}, explained as ${value}`);
	}
	return { explained, wrong };
}
