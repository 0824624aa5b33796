import { mapReferences } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { product, scalar, sum } from "../engine/expressions.ts";
import type { ParameterMoment, ScalarReference } from "../engine/reference.ts";
import { type ExplainContext, expand, expandSubject } from "./expand.ts";
import type { Subject } from "./reading.ts";

type Parameter = Extract<ScalarReference, { readonly kind: "parameter" }>;

/** Steps between the gradient and the new value: what a chain leads through without a stop. */
const STEPS: readonly ParameterMoment[] = ["clipped", "normalized", "regularized", "history", "update"];

const isZeroMomentum = (context: ExplainContext, factor: Expression) =>
	factor.kind === "scalar" &&
	factor.reference.kind === "solver" &&
	factor.reference.name === "momentum" &&
	context.engine.settings.momentum === 0;

/** Without momentum nothing of the last step is kept: μ·v is no term worth telling. */
function withoutIdleMomentum(context: ExplainContext, expression: Expression): Expression {
	if (expression.kind !== "sum") return expression;
	const terms = expression.terms.filter(
		(term) => !(term.kind === "product" && term.factors.some((factor) => isZeroMomentum(context, factor))),
	);
	return terms.length === 1 ? terms[0] : sum(terms, expression.over);
}

/** A batch of one has one share, which is the gradient: its own product is told instead. */
function throughSingleShare(context: ExplainContext, expression: Expression): Expression {
	if (expression.kind === "product") {
		return product(...expression.factors.map((factor) => throughSingleShare(context, factor)));
	}
	if (expression.kind !== "sum" || expression.terms.length !== 1) return expression;
	const [only] = expression.terms;
	if (only.kind !== "scalar" || only.reference.kind !== "share") return expression;
	return expand(context, only.reference) ?? expression;
}

/** The update value is the step under another name; the new value is told from the step itself. */
function throughUpdate(context: ExplainContext, expression: Expression): Expression {
	return mapReferences(expression, (r) => {
		if (r.kind !== "parameter" || r.moment !== "update") return scalar(r);
		return expand(context, r) ?? scalar(r);
	});
}

/**
 * How a subject comes about, as it is told: what {@link expandSubject} gives, without terms that are idle under these
 * settings and without quantities that are another one's second name.
 */
export function tell(context: ExplainContext, subject: Subject): Expression | null {
	const expression = expandSubject(context, subject);
	// A sum of no terms is 0 and has nothing to tell: no decay, no cost of the weights.
	if (expression?.kind === "sum" && expression.terms.length === 0) return null;
	if (expression === null || subject.kind !== "parameter") return expression;
	switch (subject.moment) {
		case "gradient":
			return throughSingleShare(context, expression);
		case "history":
			return withoutIdleMomentum(context, expression);
		case "after":
			return throughUpdate(context, expression);
		default:
			return expression;
	}
}

/** A parameter's new value over its gradient: all the solver's steps in one formula. */
export function tellWholeStep(context: ExplainContext, after: Parameter): Expression | null {
	const inner = (expression: Expression): Expression =>
		mapReferences(expression, (r) => {
			if (r.kind !== "parameter" || r.iteration !== after.iteration || !STEPS.includes(r.moment)) return scalar(r);
			const made = tell(context, r);
			return made === null ? scalar(r) : inner(made);
		});
	const expression = tell(context, after);
	return expression === null ? null : inner(expression);
}
