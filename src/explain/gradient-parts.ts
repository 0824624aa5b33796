import { evaluate, referencesOf } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { product, sum } from "../engine/expressions.ts";
import type { ScalarReference } from "../engine/reference.ts";
import { type ExplainContext, expand, shownValue } from "./expand.ts";

export type ShareReference = Extract<ScalarReference, { readonly kind: "share" }>;

/** What one pass (and one of several layers that share the parameter) adds to a gradient. */
export interface Contribution {
	/** What each sample adds. */
	readonly shares: readonly ShareReference[];
	readonly sum: Expression;
	/** The sum times the scale where the notation has it outside. */
	readonly whole: Expression;
}

export interface GradientParts {
	readonly contributions: readonly Contribution[];
	/** ω ÷ D where the notation has it outside the sum, and its value; null where it stands in the shares or is 1. */
	readonly scale: Expression | null;
	readonly scaleValue: number;
}

/**
 * How the notation puts a gradient together: shares of samples, sums of passes, and the mean where it is taken outside.
 * The scale times the sum of all contributions is the gradient.
 */
export function gradientParts(context: ExplainContext, gradient: ScalarReference): GradientParts {
	const expression = expand(context, gradient) ?? sum([]);
	const factors = expression.kind === "product" ? expression.factors : [expression];
	const found = factors.find((factor) => factor.kind === "named" && factor.role === "loss-scale");
	const total = factors.find((factor) => factor !== found) ?? expression;
	const sums = total.kind === "sum" && total.over === "passes" ? total.terms : [total];
	const scaleValue = found === undefined ? 1 : evaluate(found, (reference) => shownValue(context, reference));
	const scale = found === undefined || scaleValue === 1 ? null : found;
	const contributions = sums.map(
		(part): Contribution => ({
			shares: referencesOf(part).filter((reference) => reference.kind === "share"),
			sum: part,
			whole: scale === null ? part : product(scale, part),
		}),
	);
	return { contributions, scale, scaleValue };
}
