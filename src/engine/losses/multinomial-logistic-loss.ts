import { apply, constant, maximum, named, negative, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { log } from "../numerics/log.ts";
import { EngineError } from "../problem.ts";
import { countOf, shapeText } from "../shape.ts";

/** Below this a probability's logarithm is clamped: 1e-20 as a float32, as in Caffe. */
export const LOG_THRESHOLD = Math.fround(1e-20);

const sizes = ({ bottoms: [scores] }: LayerRun<object>) => ({
	samples: scores.shape[0],
	classes: countOf(scores.shape, 1),
});

/**
 * MultinomialLogisticLoss over probabilities: `loss = −Σ ln max(x_label, τ)/N`, `dx_label = −ω/(N max(x_label, τ))`, all
 * others 0. Source: Caffe, MultinomialLogisticLossLayer.
 */
export const multinomialLogisticLossLayer = defineLayer({
	type: "MultinomialLogisticLoss",
	settings: {},
	bottoms: 2,
	tops: 1,
	picture: "loss",
	isLoss: true,
	labelBottoms: [1],
	plan(_settings, [scores, labels], layer) {
		if (scores.length === 0 || countOf(labels) !== scores[0]) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "label",
				expected: `${scores[0] ?? 1}`,
				found: shapeText(labels),
			});
		}
		return { tops: [[]] };
	},
	forward(run) {
		const {
			bottoms: [{ data: x }, { data: labels }],
			tops: [top],
		} = run;
		const { samples, classes } = sizes(run);
		let total = 0;
		for (let n = 0; n < samples; n++) total += -log(Math.max(x[n * classes + Math.trunc(labels[n])], LOG_THRESHOLD));
		top.data[0] = total / samples;
	},
	backward(run) {
		const {
			bottoms: [{ data: x, diff: dx }, { data: labels }],
			tops: [top],
			bottomNeedsDiff,
		} = run;
		if (!bottomNeedsDiff[0]) return;
		const { samples, classes } = sizes(run);
		const scale = top.diff[0] / samples;
		dx.fill(0);
		for (let n = 0; n < samples; n++) {
			const at = n * classes + Math.trunc(labels[n]);
			dx[at] = (-1 / Math.max(x[at], LOG_THRESHOLD)) * scale;
		}
	},
	explain: {
		top(scope) {
			const { samples, classes } = sizes(scope.run);
			const terms = Array.from({ length: samples }, (_, n) => {
				const x = scope.bottom(0, n * classes + Math.trunc(scope.bottomValue(1, n)));
				return negative(apply("log", maximum(x, constant(LOG_THRESHOLD))));
			});
			return quotient(sum(terms, "samples"), constant(samples));
		},
		bottomDiff(scope, _slot, index) {
			const { samples, classes } = sizes(scope.run);
			const label = Math.trunc(scope.bottomValue(1, Math.floor(index / classes)));
			if (index % classes !== label) return constant(0);
			const inverse = quotient(constant(-1), maximum(scope.bottom(0, index), constant(LOG_THRESHOLD)));
			return product(inverse, named("loss-scale", quotient(constant(scope.lossWeight(0)), constant(samples))));
		},
	},
});
