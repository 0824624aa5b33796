import { product, sum } from "../expressions.ts";
import type { UpdateRule } from "./rule.ts";

/** Up to so many numbers a loop is faster than a call of `fill`. */
const SHORT = 64;

/** One element through the update. */
function move(
	data: Float64Array,
	diff: Float64Array,
	history: Float64Array,
	i: number,
	momentum: number,
	rate: number,
): void {
	const update = momentum * history[i] + rate * diff[i];
	history[i] = update;
	data[i] -= update;
}

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
		const count = diff.length | 0;
		if (decay !== 0) for (let i = 0; i < count; i++) diff[i] += decay * data[i];
		// Four elements at once share what looking the arrays up costs.
		const whole = count & ~3;
		for (let i = 0; i < whole; i += 4) {
			move(data, diff, history, i, momentum, rate);
			move(data, diff, history, i + 1, momentum, rate);
			move(data, diff, history, i + 2, momentum, rate);
			move(data, diff, history, i + 3, momentum, rate);
		}
		for (let i = whole; i < count; i++) move(data, diff, history, i, momentum, rate);
		if (count > SHORT) diff.fill(0);
		else for (let i = 0; i < count; i++) diff[i] = 0;
	},
	explain: {
		history: (scope) =>
			sum([product(scope.setting("momentum"), scope.historyBefore(0)), product(scope.rate, scope.gradient)]),
		update: (scope) => scope.history(0),
	},
};
