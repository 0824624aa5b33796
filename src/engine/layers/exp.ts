import { apply, constant, product } from "../expressions.ts";
import { exp } from "../numerics/exp.ts";
import { pow } from "../numerics/pow.ts";
import { type BaseSettings, baseSettings, checkBase, isNatural, logOfBase } from "./base.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

/** `base^(shift + scale x) = outer · e^(inner x)`. */
function factors(settings: BaseSettings) {
	const { base, scale, shift } = settings;
	const outer = shift === 0 ? 1 : isNatural(settings) ? exp(shift) : pow(base, shift);
	return { outer, inner: logOfBase(settings) * scale };
}

/** Exp: `y = base^(shift + scale x)`, `dx = dy · y · scale · ln base`. Any shape. Source: Caffe, ExpLayer. */
export const expLayer = elementwiseFormulaLayer({
	type: "Exp",
	parameterField: "exp_param",
	settings: baseSettings,
	inPlace: true,
	backwardReads: "top",
	check: checkBase,
	function(settings) {
		const { outer, inner } = factors(settings);
		return { value: (x) => outer * exp(inner * x), slope: (_x, y) => y * inner };
	},
	explain: {
		value({ run: { settings } }, { x }) {
			const { outer, inner } = factors(settings);
			const power = apply("exp", inner === 1 ? x : product(constant(inner), x));
			return outer === 1 ? power : product(constant(outer), power);
		},
		slope({ run: { settings } }, { y }) {
			const { inner } = factors(settings);
			return inner === 1 ? y : product(y, constant(inner));
		},
	},
});
