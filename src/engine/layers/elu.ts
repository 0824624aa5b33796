import { apply, constant, difference, product, sum } from "../expressions.ts";
import { exp } from "../numerics/exp.ts";
import { float } from "../settings.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

/**
 * ELU: `y = x` where x > 0, else `α(eˣ − 1)`; `dx = dy · ([x > 0] + (α + y)[x ≤ 0])`: at 0 the slope is α. Any shape.
 * Source: Caffe, ELULayer.
 */
export const eluLayer = elementwiseFormulaLayer({
	type: "ELU",
	parameterField: "elu_param",
	settings: { alpha: float(1) },
	inPlace: true,
	backwardReads: "both",
	function: ({ alpha }) => ({
		value: (x) => (x > 0 ? x : alpha * (exp(x) - 1)),
		slope: (x, y) => (x > 0 ? 1 : alpha + y),
	}),
	explain: {
		value: ({ run: { settings } }, { x, xValue }) =>
			xValue > 0 ? x : product(constant(settings.alpha), difference(apply("exp", x), constant(1))),
		slope: ({ run: { settings } }, { y, xValue }) => (xValue > 0 ? constant(1) : sum([constant(settings.alpha), y])),
	},
});
