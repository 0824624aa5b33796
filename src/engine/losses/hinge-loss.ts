import type { Expression } from "../expression.ts";
import { apply, constant, named, negative, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { choice, message, type SettingsOf } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";

/** Caffe counts its norms from 1. */
const settings = { hinge_loss_param: message({ norm: choice(["L1", "L2"], "L1", 1) }) };
type Run = LayerRun<SettingsOf<typeof settings>>;

const sizes = ({ bottoms: [scores] }: Run) => ({ samples: scores.shape[0], classes: countOf(scores.shape, 1) });
const isSquared = ({ settings: { hinge_loss_param } }: Run) => hinge_loss_param.norm === "L2";

/**
 * HingeLoss, one against all: with z = −x for the label and x for all others, `h = max(0, 1 + z)`,
 * `loss = Σh/N` (L2: `Σh²/N`), `dx = ± sgn h ω/N` (L2: `± 2h ω/N`), − for the label; 0 at the kink. Scores `[N, …]`.
 * Source: Caffe, HingeLossLayer.
 */
export const hingeLossLayer = defineLayer({
	type: "HingeLoss",
	settings,
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
		return { tops: [[]], internals: { margin: scores } };
	},
	forward(run) {
		const {
			bottoms: [scores, labels],
			internals: { margin },
		} = run;
		const { samples, classes } = sizes(run);
		let total = 0;
		for (let i = 0; i < scores.count; i++) {
			const isLabel = i % classes === Math.trunc(labels.data[Math.floor(i / classes)]);
			const h = Math.max(0, 1 + (isLabel ? -scores.data[i] : scores.data[i]));
			margin.data[i] = h;
			total += isSquared(run) ? h * h : h;
		}
		run.tops[0].data[0] = total / samples;
	},
	backward(run) {
		if (!run.bottomNeedsDiff[0]) return;
		const {
			bottoms: [scores, labels],
			internals: { margin },
		} = run;
		const { samples, classes } = sizes(run);
		const scale = run.tops[0].diff[0] / samples;
		for (let i = 0; i < scores.count; i++) {
			const isLabel = i % classes === Math.trunc(labels.data[Math.floor(i / classes)]);
			const pull = isSquared(run) ? 2 * margin.data[i] : Math.sign(margin.data[i]);
			scores.diff[i] = (isLabel ? -pull : pull) * scale;
		}
	},
	explain: {
		top(scope) {
			const { samples } = sizes(scope.run);
			const terms = Array.from({ length: scope.run.bottoms[0].count }, (_, i): Expression => {
				const h = scope.internal("margin", i);
				return isSquared(scope.run) ? apply("square", h) : h;
			});
			return quotient(sum(terms, "elements"), constant(samples));
		},
		internal(scope, _name, index) {
			const { classes } = sizes(scope.run);
			const isLabel = index % classes === Math.trunc(scope.bottomValue(1, Math.floor(index / classes)));
			const x = scope.bottom(0, index);
			return apply("relu", sum([constant(1), isLabel ? negative(x) : x]));
		},
		bottomDiff(scope, _slot, index) {
			const { samples, classes } = sizes(scope.run);
			const h = scope.internal("margin", index);
			const pull = isSquared(scope.run) ? product(constant(2), h) : apply("sign", h);
			const isLabel = index % classes === Math.trunc(scope.bottomValue(1, Math.floor(index / classes)));
			const scale = quotient(constant(scope.lossWeight(0)), constant(samples));
			return product(isLabel ? negative(pull) : pull, named("loss-scale", scale));
		},
	},
});
