import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, sum } from "../expressions.ts";
import { GATES } from "../kernels/lstm-unit.ts";
import type { RecurrentScope, RecurrentSizes } from "./recurrent.ts";
import { explainRecurrent, withNext } from "./recurrent-explanation.ts";

const one = constant(1);

/** A gate's value, for the unit whose state is element `own` of [T, N, H]. */
function gateOf(scope: RecurrentScope, { outputs }: RecurrentSizes, own: number, gate: number): Expression {
	const row = Math.floor(own / outputs);
	return scope.internal("gates", (row * 4 + gate) * outputs + (own % outputs));
}

/** k_t f: how much of c_{t−1} stays. */
function keptShare(scope: RecurrentScope, sizes: RecurrentSizes, own: number): Expression {
	return product(scope.bottom(1, Math.floor(own / sizes.outputs)), gateOf(scope, sizes, own, GATES.f));
}

/** ∂J/∂c_t in all: what comes back from the next step, and what h_t passes on. */
function cellDiff(scope: RecurrentScope, sizes: RecurrentSizes, own: number): Expression {
	const bent = apply("tanh", scope.internal("c", own));
	const through = product(
		scope.internal("h", own, "diff"),
		gateOf(scope, sizes, own, GATES.o),
		difference(one, product(bent, bent)),
	);
	return sum([scope.internal("c", own, "diff"), through]);
}

function cellBefore(scope: RecurrentScope, { sequences, outputs }: RecurrentSizes, own: number): Expression {
	const before = own - sequences * outputs;
	return before < 0 ? scope.internal("c_0", own) : scope.internal("c", before);
}

function gateInputDiff(scope: RecurrentScope, sizes: RecurrentSizes, index: number): Expression {
	const { outputs } = sizes;
	const row = Math.floor(index / (4 * outputs));
	const own = row * outputs + (index % outputs);
	const value = (gate: number) => gateOf(scope, sizes, own, gate);
	const [i, o, g] = [GATES.i, GATES.o, GATES.g].map(value);
	switch (Math.floor((index % (4 * outputs)) / outputs)) {
		case GATES.i:
			return product(cellDiff(scope, sizes, own), g, i, difference(one, i));
		case GATES.f: {
			const kept = keptShare(scope, sizes, own);
			return product(cellDiff(scope, sizes, own), cellBefore(scope, sizes, own), kept, difference(one, kept));
		}
		case GATES.o:
			return product(scope.internal("h", own, "diff"), apply("tanh", scope.internal("c", own)), o, difference(one, o));
		default:
			return product(cellDiff(scope, sizes, own), i, difference(one, product(g, g)));
	}
}

/** Every scalar of an LSTM as an expression, written as the passes compute it. */
export const lstmExplanation = explainRecurrent({
	states: [
		{ start: "h_0", all: "h", end: "h_T" },
		{ start: "c_0", all: "c", end: "c_T" },
	],
	fromInputs: "W_xc_x",
	fromStatic: "W_xc_x_static",
	a: "gate_input",
	parts: 4,
	top: (scope, slot, index) => scope.internal(slot === 0 ? "h" : slot === 1 ? "h_T" : "c_T", index),
	value(scope, sizes, name, index) {
		const value = (gate: number) => gateOf(scope, sizes, index, gate);
		switch (name) {
			case "gates": {
				const isCandidate = Math.floor((index % (4 * sizes.outputs)) / sizes.outputs) === GATES.g;
				return apply(isCandidate ? "tanh" : "sigmoid", scope.internal("gate_input", index));
			}
			case "c":
				return sum([
					product(scope.bottom(1, Math.floor(index / sizes.outputs)), value(GATES.f), cellBefore(scope, sizes, index)),
					product(value(GATES.i), value(GATES.g)),
				]);
			default:
				return product(value(GATES.o), apply("tanh", scope.internal("c", index)));
		}
	},
	diff(scope, sizes, name, index) {
		switch (name) {
			case "gate_input":
				return gateInputDiff(scope, sizes, index);
			case "c": {
				const { times, sequences, outputs } = sizes;
				const next = index + sequences * outputs;
				if (next >= times * sequences * outputs) return constant(0);
				return product(cellDiff(scope, sizes, next), keptShare(scope, sizes, next));
			}
			default:
				return withNext(scope, sizes, index, scope.top(0, index, "diff"));
		}
	},
});
