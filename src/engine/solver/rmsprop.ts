import { apply, constant, difference, product, quotient, sum } from "../expressions.ts";
import type { UpdateRule } from "./rule.ts";

/** RMSProp: `h ← ρh + (1 − ρ)g²`, `U = η · g/(√h + δ)`. Momentum must be 0. Source: Caffe, RMSPropSolver. */
export const rmsProp: UpdateRule = {
	type: "RMSProp",
	slots: 1,
	updateIsHistory: false,
	historyHoldsRate: false,
	takesMomentum: false,
	apply({ diff, history: [history], settings: { delta, rmsDecay }, rate }) {
		for (let i = 0; i < diff.length; i++) {
			history[i] = rmsDecay * history[i] + (1 - rmsDecay) * (diff[i] * diff[i]);
			diff[i] = rate * (diff[i] / (Math.sqrt(history[i]) + delta));
		}
	},
	explain: {
		history: (scope) =>
			sum([
				product(scope.setting("rmsDecay"), scope.historyBefore(0)),
				product(difference(constant(1), scope.setting("rmsDecay")), apply("square", scope.gradient)),
			]),
		update: (scope) =>
			product(scope.rate, quotient(scope.gradient, sum([apply("sqrt", scope.history(0)), scope.setting("delta")]))),
	},
};
