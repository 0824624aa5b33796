import { apply, constant, product, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { choice, float, integer, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";

/** Caffe counts its operations from 1. */
const settings = { operation: choice(["SUM", "ASUM", "SUMSQ", "MEAN"], "SUM", 1), axis: integer(0), coeff: float(1) };

/** How many elements go into one, and what their sum is multiplied by. */
function sizes({ bottoms: [bottom], settings: { axis, coeff, operation } }: LayerRun<SettingsOf<typeof settings>>) {
	const size = countOf(bottom.shape, canonicalAxis(axis, bottom.shape.length));
	return { size, factor: operation === "MEAN" ? coeff / size : coeff };
}

/**
 * Reduction over all axes from `axis` on, times κ = `coeff`: SUM `κ Σx`, ASUM `κ Σ|x|`, SUMSQ `κ Σx²`, MEAN `κ/n Σx`;
 * dx is `κ dy`, `κ dy sgn x`, `2κ dy x`, `κ/n dy`. The top keeps the axes before. Source: Caffe, ReductionLayer.
 */
export const reductionLayer = defineLayer({
	type: "Reduction",
	parameterField: "reduction_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "dense",
	plan({ axis }, [bottom], layer) {
		const first = canonicalAxis(axis, bottom.length);
		if (first < 0 || first > bottom.length) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "axis",
				expected: shapeText(bottom),
				found: String(axis),
			});
		}
		return { tops: [bottom.slice(0, first)] };
	},
	forward(run) {
		const {
			bottoms: [{ data: x }],
			tops: [{ data: y }],
			settings: { operation },
		} = run;
		const { size, factor } = sizes(run);
		for (let row = 0; row < y.length; row++) {
			let total = 0;
			for (let i = row * size; i < (row + 1) * size; i++) {
				total += operation === "ASUM" ? Math.abs(x[i]) : operation === "SUMSQ" ? x[i] * x[i] : x[i];
			}
			y[row] = factor * total;
		}
	},
	backward(run) {
		const {
			bottoms: [{ data: x, diff: dx }],
			tops: [{ diff: dy }],
			settings: { operation },
			bottomNeedsDiff,
		} = run;
		if (!bottomNeedsDiff[0]) return;
		const { size, factor } = sizes(run);
		for (let i = 0; i < dx.length; i++) {
			const own = factor * dy[Math.floor(i / size)];
			dx[i] = operation === "ASUM" ? own * Math.sign(x[i]) : operation === "SUMSQ" ? 2 * own * x[i] : own;
		}
	},
	explain: {
		top(scope, _slot, index) {
			const { size, factor } = sizes(scope.run);
			const { operation } = scope.run.settings;
			const terms = Array.from({ length: size }, (_, k) => {
				const x = scope.bottom(0, index * size + k);
				return operation === "ASUM" ? apply("abs", x) : operation === "SUMSQ" ? apply("square", x) : x;
			});
			const total = sum(terms, "elements");
			return factor === 1 ? total : product(constant(factor), total);
		},
		bottomDiff(scope, _slot, index) {
			const { size, factor } = sizes(scope.run);
			const { operation } = scope.run.settings;
			const dy = scope.top(0, Math.floor(index / size), "diff");
			const own = factor === 1 ? dy : product(constant(factor), dy);
			if (operation === "ASUM") return product(own, apply("sign", scope.bottom(0, index)));
			return operation === "SUMSQ" ? product(constant(2), own, scope.bottom(0, index)) : own;
		},
	},
});
