import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, quotient, sum } from "../expressions.ts";
import type { RuleScope, UpdateRule } from "./rule.ts";

/** `u = g √((k + δ)/(h + δ))` with the k of the iteration before. */
function stepOf(scope: RuleScope): Expression {
	const delta = scope.setting("delta");
	const ratio = quotient(sum([scope.historyBefore(1), delta]), sum([scope.history(0), delta]));
	return product(scope.gradient, apply("sqrt", ratio));
}

/** `μ · old + (1 − μ) · new²`. */
function mean(scope: RuleScope, slot: number, value: Expression): Expression {
	const momentum = scope.setting("momentum");
	return sum([
		product(momentum, scope.historyBefore(slot)),
		product(difference(constant(1), momentum), apply("square", value)),
	]);
}

/**
 * AdaDelta: `h ← μh + (1 − μ)g²`, `u = g √((k + δ)/(h + δ))`, `k ← μk + (1 − μ)u²`, `U = ηu`; histories h, k.
 * Source: Caffe, AdaDeltaSolver.
 */
export const adaDelta: UpdateRule = {
	type: "AdaDelta",
	slots: 2,
	updateIsHistory: false,
	historyHoldsRate: false,
	takesMomentum: true,
	apply({ diff, history: [squares, steps], settings: { delta, momentum }, rate }) {
		for (let i = 0; i < diff.length; i++) {
			squares[i] = momentum * squares[i] + (1 - momentum) * (diff[i] * diff[i]);
			const step = diff[i] * Math.sqrt((steps[i] + delta) / (squares[i] + delta));
			steps[i] = momentum * steps[i] + (1 - momentum) * (step * step);
			diff[i] = rate * step;
		}
	},
	explain: {
		history: (scope, slot) => (slot === 0 ? mean(scope, 0, scope.gradient) : mean(scope, 1, stepOf(scope))),
		update: (scope) => product(scope.rate, stepOf(scope)),
	},
};
