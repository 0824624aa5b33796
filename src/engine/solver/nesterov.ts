import { constant, difference, product, sum } from "../expressions.ts";
import type { UpdateRule } from "./rule.ts";

/** Nesterov's momentum: `h' = h`, `h ← μh' + ηg`, `U = (1 + μ)h − μh'`. Source: Caffe, NesterovSolver. */
export const nesterov: UpdateRule = {
	type: "Nesterov",
	slots: 1,
	updateIsHistory: false,
	historyHoldsRate: true,
	takesMomentum: true,
	apply({ diff, history: [history], settings: { momentum }, rate }) {
		for (let i = 0; i < diff.length; i++) {
			const before = history[i];
			history[i] = momentum * before + rate * diff[i];
			diff[i] = (1 + momentum) * history[i] - momentum * before;
		}
	},
	explain: {
		history: (scope) =>
			sum([product(scope.setting("momentum"), scope.historyBefore(0)), product(scope.rate, scope.gradient)]),
		update: (scope) =>
			difference(
				product(sum([constant(1), scope.setting("momentum")]), scope.history(0)),
				product(scope.setting("momentum"), scope.historyBefore(0)),
			),
	},
};
