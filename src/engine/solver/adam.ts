import { apply, constant, difference, power, product, quotient, sum } from "../expressions.ts";
import { pow } from "../numerics/pow.ts";
import type { UpdateRule } from "./rule.ts";

/**
 * Adam: `m ← μm + (1 − μ)g`, `v ← β₂v + (1 − β₂)g²`, `U = η √(1 − β₂ᵗ)/(1 − μᵗ) · m/(√v + δ)` with t = iteration + 1;
 * histories m, v. Source: Caffe, AdamSolver.
 */
export const adam: UpdateRule = {
	type: "Adam",
	slots: 2,
	updateIsHistory: false,
	historyHoldsRate: false,
	takesMomentum: true,
	apply({ diff, history: [means, squares], settings: { delta, momentum, momentum2 }, rate, iteration }) {
		const t = iteration + 1;
		const corrected = rate * (Math.sqrt(1 - pow(momentum2, t)) / (1 - pow(momentum, t)));
		for (let i = 0; i < diff.length; i++) {
			means[i] = momentum * means[i] + (1 - momentum) * diff[i];
			squares[i] = momentum2 * squares[i] + (1 - momentum2) * (diff[i] * diff[i]);
			diff[i] = corrected * (means[i] / (Math.sqrt(squares[i]) + delta));
		}
	},
	explain: {
		history: (scope, slot) => {
			const kept = scope.setting(slot === 0 ? "momentum" : "momentum2");
			const value = slot === 0 ? scope.gradient : apply("square", scope.gradient);
			return sum([product(kept, scope.historyBefore(slot)), product(difference(constant(1), kept), value)]);
		},
		update: (scope) => {
			const t = constant(scope.iteration + 1);
			const left = (name: "momentum" | "momentum2") => difference(constant(1), power(scope.setting(name), t));
			return product(
				scope.rate,
				quotient(apply("sqrt", left("momentum2")), left("momentum")),
				quotient(scope.history(0), sum([apply("sqrt", scope.history(1)), scope.setting("delta")])),
			);
		},
	},
};
