import { apply, constant, difference, named, negative, product, quotient, sum } from "../expressions.ts";
import { sigmoid } from "../functions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { exp } from "../numerics/exp.ts";
import { log } from "../numerics/log.ts";
import { EngineError } from "../problem.ts";
import { message, type SettingsOf } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";
import { divisor, lossSettings, normalizationInForce } from "./normalization.ts";

const settings = { loss_param: message(lossSettings) };

type Run = LayerRun<SettingsOf<typeof settings>>;

/** Caffe looks at the truncated target, so that ignore_label 0 also ignores a soft target 0.5. */
function ignored(run: Run, target: number): boolean {
	return Math.trunc(target) === run.settings.loss_param.ignore_label;
}

function lossDivisor(run: Run, target: (index: number) => number): number {
	const [scores] = run.bottoms;
	let valid = 0;
	for (let i = 0; i < scores.count; i++) if (!ignored(run, target(i))) valid++;
	const mode = normalizationInForce(run.settings.loss_param, "BATCH_SIZE");
	return divisor(mode, { full: scores.count, valid, batch: scores.shape[0] ?? 1 });
}

/**
 * SigmoidCrossEntropyLoss (cross-entropy fused to its sigmoid), targets t in 0 … 1:
 * `loss = Σ (ln(1 + e^{−|x|}) − x (t − [x ≥ 0])) / D`, `dx = (σ(x) − t) ω/D`. Scores and targets of equal count,
 * D by normalization (BATCH_SIZE, axis 0, unless written). Source: Caffe, SigmoidCrossEntropyLossLayer.
 */
export const sigmoidCrossEntropyLossLayer = defineLayer({
	type: "SigmoidCrossEntropyLoss",
	settings,
	bottoms: 2,
	tops: 1,
	picture: "loss",
	isLoss: true,
	labelBottoms: [1],
	plan(_settings, [scores, targets], layer) {
		if (countOf(scores) !== countOf(targets)) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "target",
				expected: shapeText(scores),
				found: shapeText(targets),
			});
		}
		return { tops: [[]], internals: { probability: scores } };
	},
	forward(run) {
		const [scores, targets] = run.bottoms;
		const { probability } = run.internals;
		let total = 0;
		for (let i = 0; i < scores.count; i++) {
			const x = scores.data[i];
			probability.data[i] = sigmoid(x);
			if (ignored(run, targets.data[i])) continue;
			total += log(1 + exp(-Math.abs(x))) - x * (targets.data[i] - (x >= 0 ? 1 : 0));
		}
		run.tops[0].data[0] = total / lossDivisor(run, (i) => targets.data[i]);
	},
	backward(run) {
		if (!run.bottomNeedsDiff[0]) return;
		const [scores, targets] = run.bottoms;
		const { probability } = run.internals;
		const scale = run.tops[0].diff[0] / lossDivisor(run, (i) => targets.data[i]);
		for (let i = 0; i < scores.count; i++) {
			scores.diff[i] = ignored(run, targets.data[i]) ? 0 : (probability.data[i] - targets.data[i]) * scale;
		}
	},
	explain: {
		top(scope) {
			const terms = Array.from({ length: scope.run.bottoms[0].count }, (_, i) => i)
				.filter((i) => !ignored(scope.run, scope.bottomValue(1, i)))
				.map((i) => {
					const x = scope.bottom(0, i);
					return difference(
						apply("softplus", negative(apply("abs", x))),
						product(x, difference(scope.bottom(1, i), constant(scope.bottomValue(0, i) >= 0 ? 1 : 0))),
					);
				});
			const total = lossDivisor(scope.run, (i) => scope.bottomValue(1, i));
			return quotient(sum(terms, "elements"), constant(total));
		},
		bottomDiff(scope, _slot, index) {
			if (ignored(scope.run, scope.bottomValue(1, index))) return constant(0);
			const total = lossDivisor(scope.run, (i) => scope.bottomValue(1, i));
			return product(
				difference(scope.internal("probability", index), scope.bottom(1, index)),
				named("loss-scale", quotient(constant(scope.lossWeight(0)), constant(total))),
			);
		},
		internal: (scope, _name, index) => apply("sigmoid", scope.bottom(0, index)),
	},
});
