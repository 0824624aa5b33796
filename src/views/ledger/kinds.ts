import type { Expression, FunctionName } from "../../engine/expression.ts";
import { elementaryFunctions } from "../../engine/functions.ts";
import type { ScalarReference } from "../../engine/reference.ts";

/** The slope that a fully open valve has. */
export const largestSlope = (name: FunctionName): number => elementaryFunctions[name].largestSlope;

export type ProductKind =
	/** W·a: one term of a pre-activation. */
	| { readonly name: "push"; readonly weight: ScalarReference; readonly from: ScalarReference }
	/** W·δ: what an edge carries back. */
	| { readonly name: "message"; readonly weight: ScalarReference; readonly from: ScalarReference };

/** What a product of two scalars is in a net; null for any other expression. */
export function productKind(expression: Expression): ProductKind | null {
	if (expression.kind !== "product" || expression.factors.length !== 2) return null;
	const [weight, from] = expression.factors;
	if (weight.kind !== "scalar" || from.kind !== "scalar") return null;
	if (weight.reference.kind !== "parameter" || from.reference.kind !== "top") return null;
	const name = from.reference.side === "diff" ? "message" : "push";
	return { name, weight: weight.reference, from: from.reference };
}
