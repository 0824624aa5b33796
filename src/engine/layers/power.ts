import type { Expression } from "../expression.ts";
import { constant, power, product, quotient, sum } from "../expressions.ts";
import { pow } from "../numerics/pow.ts";
import { float } from "../settings.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

interface Settings {
	readonly power: number;
	readonly scale: number;
	readonly shift: number;
}

/** `shift + scale · x` without the parts that do nothing. */
function inner({ scale, shift }: Settings, x: Expression): Expression {
	const scaled = scale === 1 ? x : product(constant(scale), x);
	return shift === 0 ? scaled : sum([scaled, constant(shift)]);
}

/**
 * Power: `y = (b + ax)^p`; with p·a = 0 the constant 1 (p = 0) or b^p, whose slope is 0. The slope is a for p = 1,
 * `2a(b + ax)` for p = 2, `py/x` for b = 0, else `pay/(b + ax)`. Any shape. In place, backward finds y where x was and
 * loses dy. Source: Caffe, PowerLayer.
 */
export const powerLayer = elementwiseFormulaLayer({
	type: "Power",
	parameterField: "power_param",
	settings: { power: float(1), scale: float(1), shift: float(0) },
	inPlace: true,
	wrongInPlace: true,
	backwardReads({ power: p, scale: a }) {
		if (p * a === 0 || p === 1) return "none";
		return p === 2 ? "bottom" : "both";
	},
	slopeFirst: true,
	function({ power: p, scale: a, shift: b }) {
		const steepness = p * a;
		if (steepness === 0) {
			const value = p === 0 ? 1 : pow(b, p);
			return { value: () => value, slope: () => 0 };
		}
		if (p === 1) return { value: (x) => a * x + b, slope: () => steepness };
		const value = (x: number) => pow(a * x + b, p);
		if (p === 2) return { value, slope: (x) => steepness * a * x + steepness * b };
		if (b === 0) return { value, slope: (x, y) => (y / x) * p };
		return { value, slope: (x, y) => (y / (a * x + b)) * steepness };
	},
	explain: {
		value({ run: { settings } }, { x }) {
			const { power: p, scale, shift } = settings;
			if (p * scale === 0) return p === 0 ? constant(1) : power(constant(shift), constant(p));
			return p === 1 ? inner(settings, x) : power(inner(settings, x), constant(p));
		},
		slope({ run: { settings } }, { x, y }) {
			const { power: p, scale, shift } = settings;
			const steepness = constant(p * scale);
			if (p * scale === 0 || p === 1) return steepness;
			if (p === 2) {
				const rise = product(steepness, constant(scale), x);
				return shift === 0 ? rise : sum([rise, product(steepness, constant(shift))]);
			}
			if (shift === 0) return product(quotient(y, x), constant(p));
			return product(quotient(y, inner(settings, x)), steepness);
		},
	},
});
