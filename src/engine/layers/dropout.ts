import { constant, product } from "../expressions.ts";
import { defineLayer } from "../layer.ts";
import { float } from "../settings.ts";

/**
 * Dropout: in training `y = x · m/(1 − r)` with a mask drawn anew for each pass, P(m = 1) = 1 − r, and the same factor
 * for dx; in testing `y = x`. Any shape. Source: Caffe, DropoutLayer.
 */
export const dropoutLayer = defineLayer({
	type: "Dropout",
	parameterField: "dropout_param",
	settings: { dropout_ratio: float(0.5, { minimum: 0, maximum: 1 - 2 ** -24 }) },
	bottoms: 1,
	tops: 1,
	picture: "elementwise",
	inPlace: true,
	plan: (_settings, [bottom]) => ({ tops: [bottom], internals: { mask: bottom } }),
	prepare({
		bottoms: [bottom],
		tops: [top],
		internals,
		settings: { dropout_ratio },
		phase,
		random,
		bottomNeedsDiff: [wanted],
	}) {
		const mask = internals.mask.data;
		const kept = 1 - dropout_ratio;
		const scale = 1 / kept;
		if (phase === "TEST") {
			mask.fill(1);
			return {
				forward: () => top.data.set(bottom.data),
				backward() {
					if (wanted) bottom.diff.set(top.diff);
				},
			};
		}
		return {
			forward() {
				const generator = random();
				for (let i = 0; i < mask.length; i++) {
					mask[i] = generator.uniform() < kept ? 1 : 0;
					top.data[i] = bottom.data[i] * mask[i] * scale;
				}
			},
			backward() {
				if (!wanted) return;
				for (let i = 0; i < mask.length; i++) bottom.diff[i] = top.diff[i] * mask[i] * scale;
			},
		};
	},
	explain: {
		top({ run, ...scope }, _slot, index) {
			if (run.phase === "TEST") return scope.bottom(0, index);
			const scale = constant(1 / (1 - run.settings.dropout_ratio), "multiplier");
			return product(scope.bottom(0, index), scope.internal("mask", index), scale);
		},
		bottomDiff({ run, ...scope }, _slot, index) {
			const dy = scope.top(0, index, "diff");
			if (run.phase === "TEST") return dy;
			const scale = constant(1 / (1 - run.settings.dropout_ratio), "multiplier");
			return product(dy, scope.internal("mask", index), scale);
		},
		/** Drawn. */
		internal: () => null,
	},
});
