import { product, sum } from "../expressions.ts";
import type { UpdateRule } from "./rule.ts";

/** SGD with momentum: `h ← μh + ηg`, `U = h`. The rate stands inside the history. Source: Caffe, SGDSolver. */
export const sgd: UpdateRule = {
	type: "SGD",
	slots: 1,
	updateIsHistory: true,
	historyHoldsRate: true,
	takesMomentum: true,
	apply({ diff, history: [history], settings: { momentum }, rate }) {
		for (let i = 0; i < diff.length; i++) {
			history[i] = momentum * history[i] + rate * diff[i];
			diff[i] = history[i];
		}
	},
	advance(data, decay, run) {
		const { diff, rate } = run;
		const history = run.history[0];
		const { momentum } = run.settings;
		if (decay !== 0) for (let i = 0; i < diff.length; i++) diff[i] += decay * data[i];
		for (let i = 0; i < diff.length; i++) {
			const update = momentum * history[i] + rate * diff[i];
			history[i] = update;
			data[i] -= update;
			diff[i] = 0;
		}
	},
	explain: {
		history: (scope) =>
			sum([product(scope.setting("momentum"), scope.historyBefore(0)), product(scope.rate, scope.gradient)]),
		update: (scope) => scope.history(0),
	},
};
