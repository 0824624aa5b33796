import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { flag, float, type SettingsOf } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";

const settings = { normalize_variance: flag(true), across_channels: flag(false), eps: float(1e-9) };
type Run = LayerRun<SettingsOf<typeof settings>>;

/** How many rows are normalised, and the elements of one: a channel's of a sample, or all of a sample's. */
function sizes({ bottoms: [{ shape, count }], settings: { across_channels } }: Run) {
	const rows = across_channels ? (shape[0] ?? 1) : countOf(shape, 0, Math.min(2, shape.length));
	return { rows, each: count / rows };
}

function mean(values: Float64Array, from: number, each: number): number {
	let total = 0;
	for (let i = from; i < from + each; i++) total += values[i];
	return total / each;
}

const elementsOf = (row: number, each: number) => Array.from({ length: each }, (_, k) => row * each + k);

function meanExpression(row: number, each: number, value: (index: number) => Expression): Expression {
	return quotient(sum(elementsOf(row, each).map(value), "elements"), constant(each));
}

/**
 * MVN over each channel of each sample, or over each sample: `y = (x − μ)/(√v + eps)`, or `x − μ` without
 * `normalize_variance`; `dx = (dy − mean dy − y mean(dy y))/(√v + eps)`, or `dy − mean dy`. Source: Caffe, MVNLayer.
 */
export const mvnLayer = defineLayer({
	type: "MVN",
	parameterField: "mvn_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "normalised",
	backwardReads: "top",
	eagerBottoms: [0],
	plan({ across_channels }, [bottom], layer) {
		if (bottom.length > 4) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: "≤ 4 axes",
				found: shapeText(bottom),
			});
		}
		const rows = across_channels ? (bottom[0] ?? 1) : countOf(bottom, 0, Math.min(2, bottom.length));
		return { tops: [bottom], internals: { mean: [rows], deviation: [rows] } };
	},
	forward(run) {
		const {
			bottoms: [{ data: x }],
			tops: [{ data: y }],
			internals,
			settings: { normalize_variance, eps },
		} = run;
		const { rows, each } = sizes(run);
		for (let row = 0; row < rows; row++) {
			const from = row * each;
			const centre = mean(x, from, each);
			internals.mean.data[row] = centre;
			let squares = 0;
			for (let i = from; i < from + each; i++) {
				y[i] = x[i] - centre;
				squares += y[i] * y[i];
			}
			const deviation = normalize_variance ? Math.sqrt(squares / each) + eps : 1;
			internals.deviation.data[row] = deviation;
			if (normalize_variance) for (let i = from; i < from + each; i++) y[i] /= deviation;
		}
	},
	backward(run) {
		const {
			bottoms: [{ diff: dx }],
			tops: [{ data: y, diff: dy }],
			internals,
			settings: { normalize_variance },
		} = run;
		const { rows, each } = sizes(run);
		for (let row = 0; row < rows; row++) {
			const from = row * each;
			const centre = mean(dy, from, each);
			let along = 0;
			for (let i = from; i < from + each; i++) along += dy[i] * y[i];
			along /= each;
			for (let i = from; i < from + each; i++) {
				dx[i] = normalize_variance ? (dy[i] - centre - y[i] * along) / internals.deviation.data[row] : dy[i] - centre;
			}
		}
	},
	explain: {
		top(scope, _slot, index) {
			const row = Math.floor(index / sizes(scope.run).each);
			const centred = difference(scope.bottom(0, index), scope.internal("mean", row));
			return scope.run.settings.normalize_variance ? quotient(centred, scope.internal("deviation", row)) : centred;
		},
		internal(scope, name, row) {
			const { each } = sizes(scope.run);
			if (name === "mean") return meanExpression(row, each, (i) => scope.bottom(0, i));
			if (!scope.run.settings.normalize_variance) return constant(1);
			const centre = scope.internal("mean", row);
			const variance = meanExpression(row, each, (i) => apply("square", difference(scope.bottom(0, i), centre)));
			return sum([apply("sqrt", variance), constant(scope.run.settings.eps)]);
		},
		bottomDiff(scope, _slot, index) {
			const { each } = sizes(scope.run);
			const row = Math.floor(index / each);
			const dy = (i: number) => scope.top(0, i, "diff");
			const centred = difference(dy(index), meanExpression(row, each, dy));
			if (!scope.run.settings.normalize_variance) return centred;
			const along = meanExpression(row, each, (i) => product(dy(i), scope.top(0, i)));
			return quotient(difference(centred, product(scope.top(0, index), along)), scope.internal("deviation", row));
		},
	},
});
