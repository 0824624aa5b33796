import type { Expression } from "../expression.ts";
import { apply, constant, product, quotient, sum } from "../expressions.ts";
import { log } from "../numerics/log.ts";
import { type BaseSettings, baseSettings, checkBase, logOfBase } from "./base.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

function inner({ scale, shift }: BaseSettings, x: Expression): Expression {
	const scaled = scale === 1 ? x : product(constant(scale), x);
	return shift === 0 ? scaled : sum([scaled, constant(shift)]);
}

/**
 * Log: `y = ln(shift + scale x) / ln base`, `dx = dy · scale / (ln base · (shift + scale x))`. Any shape. In place,
 * backward finds y where x was and loses dy. Source: Caffe, LogLayer.
 */
export const logLayer = elementwiseFormulaLayer({
	type: "Log",
	parameterField: "log_param",
	settings: baseSettings,
	inPlace: true,
	wrongInPlace: true,
	backwardReads: "bottom",
	slopeFirst: true,
	check: checkBase,
	function(settings) {
		const { scale, shift } = settings;
		const outer = 1 / logOfBase(settings);
		const steepness = scale * outer;
		return {
			value: (x) => log(scale * x + shift) * outer,
			slope: (x) => steepness / (scale * x + shift),
		};
	},
	explain: {
		value({ run: { settings } }, { x }) {
			const logarithm = apply("log", inner(settings, x));
			const outer = 1 / logOfBase(settings);
			return outer === 1 ? logarithm : product(logarithm, constant(outer));
		},
		slope({ run: { settings } }, { x }) {
			return quotient(constant(settings.scale * (1 / logOfBase(settings))), inner(settings, x));
		},
	},
});
