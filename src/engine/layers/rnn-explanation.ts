import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, sum } from "../expressions.ts";
import { recurrentSlot } from "./recurrent.ts";
import { explainRecurrent, gradientShares, pullBack, weighted, withNext } from "./recurrent-explanation.ts";

/** 1 − y², the slope of y = tanh. */
const slope = (value: Expression) => difference(constant(1), product(value, value));

/** Every scalar of an RNN as an expression, written as the passes compute it. */
export const rnnExplanation = explainRecurrent({
	states: [{ start: "h_0", all: "h", end: "h_T" }],
	fromInputs: "W_xh_x",
	fromStatic: "W_xh_x_static",
	a: "h_neuron_input",
	parts: 1,
	top: (scope, slot, index) => scope.internal(slot === 0 ? "o" : "h_T", index),
	value(scope, sizes, name, index) {
		const { outputs } = sizes;
		const first = index - (index % outputs);
		const slot = recurrentSlot(sizes) + 1;
		switch (name) {
			case "h":
				return apply("tanh", scope.internal("h_neuron_input", index));
			case "o_neuron_input":
				return sum([
					weighted(scope, slot, index % outputs, outputs, (k) => scope.internal("h", first + k)),
					scope.parameter(slot + 1, index % outputs),
				]);
			default:
				return apply("tanh", scope.internal("o_neuron_input", index));
		}
	},
	diff(scope, sizes, name, index) {
		const { outputs } = sizes;
		const first = index - (index % outputs);
		switch (name) {
			case "h_neuron_input":
				return product(scope.internal("h", index, "diff"), slope(scope.internal("h", index)));
			case "h": {
				const square = { rows: outputs, columns: outputs };
				const out = pullBack(scope, recurrentSlot(sizes) + 1, square, index % outputs, (k) =>
					scope.internal("o_neuron_input", first + k, "diff"),
				);
				return withNext(scope, sizes, index, out);
			}
			case "o_neuron_input":
				return product(scope.top(0, index, "diff"), slope(scope.internal("o", index)));
			default:
				return scope.top(0, index, "diff");
		}
	},
	gradient(scope, { times, sequences, outputs }, after, index) {
		const diff = (at: number) => scope.internal("o_neuron_input", at, "diff");
		const rows = times * sequences;
		if (after === 2) return { rows, share: (row) => diff(row * outputs + index) };
		return gradientShares(rows, outputs, index, {
			diff: (row, unit) => diff(row * outputs + unit),
			value: (at) => scope.internal("h", at),
		});
	},
});
