import { apply, constant, difference, named, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { countOf, shapeText } from "../shape.ts";

/** Caffe divides by axis 0 of bottom 0; a bottom without axes counts as one sample. */
const samplesOf = (run: LayerRun<object>) => run.bottoms[0].shape[0] ?? 1;

/** Σ (a − b)². A loop over what it is handed is twice as fast as one over what a closure holds. */
function squaredDistance(a: Float64Array, b: Float64Array): number {
	let total = 0;
	for (let i = 0; i < a.length; i++) {
		const error = a[i] - b[i];
		total += error * error;
	}
	return total;
}

function scaleDifference(a: Float64Array, b: Float64Array, scale: number, out: Float64Array): void {
	for (let i = 0; i < out.length; i++) out[i] = (a[i] - b[i]) * scale;
}

/**
 * EuclideanLoss ("one-half squared error"): `loss = Σ (a − b)² / (2N)` with N = axis 0,
 * `da = (a − b) ω/N`, `db = −(a − b) ω/N`, ω the loss weight. Bottoms need equal N and count.
 * Source: Caffe, EuclideanLossLayer; UFLDL's J has the same value, with 1/m outside the sum.
 */
export const euclideanLossLayer = defineLayer({
	type: "EuclideanLoss",
	settings: {},
	bottoms: 2,
	tops: 1,
	picture: "loss",
	isLoss: true,
	plan(_settings, [prediction, target], layer) {
		if ((prediction[0] ?? 1) !== (target[0] ?? 1) || countOf(prediction) !== countOf(target)) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: shapeText(prediction),
				found: shapeText(target),
			});
		}
		return { tops: [[]] };
	},
	prepare(run) {
		const samples = samplesOf(run);
		const { data: a, diff: da } = run.bottoms[0];
		const { data: b, diff: db } = run.bottoms[1];
		const { data: loss, diff: weight } = run.tops[0];
		const [aWanted, bWanted] = run.bottomNeedsDiff;
		return {
			forward() {
				loss[0] = squaredDistance(a, b) / (2 * samples);
			},
			backward() {
				const scale = weight[0] / samples;
				if (aWanted) scaleDifference(a, b, scale, da);
				if (bWanted) scaleDifference(a, b, -scale, db);
			},
		};
	},
	explain: {
		top(scope) {
			const squares = Array.from({ length: scope.run.bottoms[0].count }, (_, i) =>
				apply("square", difference(scope.bottom(0, i), scope.bottom(1, i))),
			);
			return quotient(sum(squares, "elements"), constant(2 * samplesOf(scope.run)));
		},
		bottomDiff(scope, slot, index) {
			const scale = quotient(constant(scope.lossWeight(0)), constant(samplesOf(scope.run)));
			// (a − b)(−ω/N) and (b − a) ω/N are the same bits, and the second keeps the scale outside δ.
			return product(difference(scope.bottom(slot, index), scope.bottom(1 - slot, index)), named("loss-scale", scale));
		},
	},
});
