import { apply, constant, negative, quotient, sum } from "../expressions.ts";
import { elementaryFunctions } from "../functions.ts";
import { exp } from "../numerics/exp.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

const softplus = elementaryFunctions.softplus.value;

/** Beyond this e^x is not taken further, as in Caffe: the slope is 1 to the last bit anyway. */
const THRESHOLD = 50;

/**
 * BNLL (softplus): `y = max(x, 0) + ln(1 + e^{−|x|})`, `dx = dy · e/(e + 1)` with `e = e^{min(x, 50)}`. Any shape. In
 * place, backward finds y where x was. Source: Caffe, BNLLLayer.
 */
export const bnllLayer = elementwiseFormulaLayer({
	type: "BNLL",
	settings: {},
	inPlace: true,
	wrongInPlace: true,
	backwardReads: "bottom",
	function: () => ({
		value: (x) => (x > 0 ? x + softplus(-x) : softplus(x)),
		slope(x) {
			const e = exp(Math.min(x, THRESHOLD));
			return e / (e + 1);
		},
	}),
	explain: {
		value: (_scope, { x, xValue }) => (xValue > 0 ? sum([x, apply("softplus", negative(x))]) : apply("softplus", x)),
		slope(_scope, { x, xValue }) {
			const e = apply("exp", xValue > THRESHOLD ? constant(THRESHOLD) : x);
			return quotient(e, sum([e, constant(1)]));
		},
	},
});
