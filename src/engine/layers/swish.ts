import { apply, constant, difference, named, product, sum } from "../expressions.ts";
import { sigmoid } from "../functions.ts";
import { defineLayer } from "../layer.ts";
import { float } from "../settings.ts";

/**
 * Swish: `y = x σ(βx)`, `dx = dy · (βy + σ(βx)(1 − βy))`. Any shape. σ(βx) is kept, so that it works in place.
 * Source: Caffe, SwishLayer.
 */
export const swishLayer = defineLayer({
	type: "Swish",
	parameterField: "swish_param",
	settings: { beta: float(1) },
	bottoms: 1,
	tops: 1,
	picture: "elementwise",
	inPlace: true,
	backwardReads: "top",
	plan: (_settings, [bottom]) => ({ tops: [bottom], internals: { sigmoid: bottom } }),
	prepare({ bottoms: [bottom], tops: [top], internals, settings: { beta }, bottomNeedsDiff: [wanted] }) {
		const gate = internals.sigmoid.data;
		return {
			forward() {
				for (let i = 0; i < gate.length; i++) {
					gate[i] = sigmoid(beta * bottom.data[i]);
					top.data[i] = bottom.data[i] * gate[i];
				}
			},
			backward() {
				if (!wanted) return;
				for (let i = 0; i < gate.length; i++) {
					const y = beta * top.data[i];
					bottom.diff[i] = top.diff[i] * (y + gate[i] * (1 - y));
				}
			},
		};
	},
	explain: {
		top: (scope, _slot, index) => product(scope.bottom(0, index), scope.internal("sigmoid", index)),
		internal: (scope, _name, index) =>
			apply("sigmoid", product(constant(scope.run.settings.beta), scope.bottom(0, index))),
		bottomDiff(scope, _slot, index) {
			const y = product(constant(scope.run.settings.beta), scope.top(0, index));
			const slope = sum([y, product(scope.internal("sigmoid", index), difference(constant(1), y))]);
			return product(scope.top(0, index, "diff"), named("slope", slope));
		},
	},
});
