import type { Expression } from "../expression.ts";
import { apply, difference, maximum, quotient, sum } from "../expressions.ts";
import { competitors } from "../kernels/softmax.ts";

/** `exp(x_c − max x) ÷ Σ_k exp(x_k − max x)`, as the kernel computes it. */
export function softmaxExpression(
	bottom: (index: number) => Expression,
	index: number,
	classes: number,
	inner: number,
): Expression {
	const all = competitors(index, classes, inner);
	const largest = maximum(...all.map(bottom));
	const shifted = (element: number) => apply("exp", difference(bottom(element), largest));
	return quotient(shifted(index), sum(all.map(shifted), "classes"));
}
