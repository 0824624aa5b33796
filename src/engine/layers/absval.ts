import { apply } from "../expressions.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

/** AbsVal: `y = |x|`, `dx = dy · sgn x`, 0 at 0. Any shape; in place is refused. Source: Caffe, AbsValLayer. */
export const absValLayer = elementwiseFormulaLayer({
	type: "AbsVal",
	settings: {},
	inPlace: false,
	backwardReads: "bottom",
	function: () => ({ value: Math.abs, slope: Math.sign }),
	explain: {
		value: (_scope, { x }) => apply("abs", x),
		slope: (_scope, { x }) => apply("sign", x),
	},
});
