import { apply, product, quotient, sum } from "../expressions.ts";
import type { UpdateRule } from "./rule.ts";

/** AdaGrad: `h ← h + g²`, `U = η · g/(√h + δ)`. Momentum must be 0. Source: Caffe, AdaGradSolver. */
export const adaGrad: UpdateRule = {
	type: "AdaGrad",
	slots: 1,
	updateIsHistory: false,
	historyHoldsRate: false,
	takesMomentum: false,
	apply({ diff, history: [history], settings: { delta }, rate }) {
		for (let i = 0; i < diff.length; i++) {
			history[i] += diff[i] * diff[i];
			diff[i] = rate * (diff[i] / (Math.sqrt(history[i]) + delta));
		}
	},
	explain: {
		history: (scope) => sum([scope.historyBefore(0), apply("square", scope.gradient)]),
		update: (scope) =>
			product(scope.rate, quotient(scope.gradient, sum([apply("sqrt", scope.history(0)), scope.setting("delta")]))),
	},
};
