import type { Expression } from "../expression.ts";
import { constant, product, sum } from "../expressions.ts";
import type { GradientShares, LayerDefinition } from "../layer.ts";
import {
	type RecurrentScope,
	type RecurrentSizes,
	type recurrentSettings,
	recurrentSlot,
	sizesOf,
} from "./recurrent.ts";

type Explanation = Pick<
	LayerDefinition<typeof recurrentSettings>["explain"],
	"top" | "bottomDiff" | "gradient" | "internal"
>;

/** Names of the internals around a layer's units, and what only its units have. */
interface RecurrentDraft {
	/** Each state: where a sequence starts, its values at all time steps, where it ends. */
	readonly states: readonly { readonly start: string; readonly all: string; readonly end: string }[];
	/** `W x_t + b`, and `W_static x_static`. */
	readonly fromInputs: string;
	readonly fromStatic: string;
	/** a_t, what the units' functions are taken of. */
	readonly a: string;
	/** Inputs of functions a unit. */
	readonly parts: number;
	top(scope: RecurrentScope, slot: number, index: number): Expression;
	/** Every other internal value. */
	value(scope: RecurrentScope, sizes: RecurrentSizes, name: string, index: number): Expression;
	/** Every other internal diff. */
	diff(scope: RecurrentScope, sizes: RecurrentSizes, name: string, index: number): Expression;
	/** Of parameters after the recurrent weights. */
	gradient?(scope: RecurrentScope, sizes: RecurrentSizes, slot: number, index: number): GradientShares;
}

/** The explanations of a recurrent layer: what LSTM and RNN have in common is written here. */
export function explainRecurrent(draft: RecurrentDraft): Explanation {
	const { states, fromInputs, fromStatic, a, parts } = draft;
	const sizesIn = ({ run }: RecurrentScope) => sizesOf(run, states.length);

	function value(scope: RecurrentScope, name: string, index: number): Expression | null {
		const sizes = sizesIn(scope);
		const { times, sequences, outputs, stateSlot } = sizes;
		const size = sequences * outputs;
		for (const [place, { start, all, end }] of states.entries()) {
			if (name === end) return scope.internal(all, (times - 1) * size + index);
			if (name !== start) continue;
			// Handed in, or left by the pass before.
			return stateSlot < 0 ? scope.earlier(end, index) : scope.bottom(stateSlot + place, index);
		}
		const rows = parts * outputs;
		switch (name) {
			case fromInputs:
				return inputExpression(scope, sizes, rows, index);
			case fromStatic:
				return staticExpression(scope, sizes, rows, index);
			case "h_conted":
				return product(
					scope.bottom(1, Math.floor(index / outputs)),
					index < size ? scope.internal("h_0", index) : scope.internal("h", index - size),
				);
			case a: {
				const row = Math.floor(index / rows);
				return sum([
					weighted(scope, recurrentSlot(sizes), index % rows, outputs, (k) =>
						scope.internal("h_conted", row * outputs + k),
					),
					scope.internal(fromInputs, index),
					...(sizes.staticSlot > 0 ? [scope.internal(fromStatic, index % (sequences * rows))] : []),
				]);
			}
			default:
				return draft.value(scope, sizes, name, index);
		}
	}

	function diff(scope: RecurrentScope, name: string, index: number): Expression {
		const sizes = sizesIn(scope);
		const { times, sequences, outputs } = sizes;
		const rows = parts * outputs;
		const diffOf = (at: number) => scope.internal(a, at, "diff");
		switch (name) {
			case fromInputs:
				return diffOf(index);
			case fromStatic:
				return sum(
					Array.from({ length: times }, (_, t) => diffOf(t * sequences * rows + index)),
					"times",
				);
			case "h_conted": {
				// Nothing asks for the diff of the state that the sequence started from.
				if (index < sequences * outputs) return constant(0);
				const row = Math.floor(index / outputs);
				return pullBack(scope, recurrentSlot(sizes), { rows, columns: outputs }, index % outputs, (k) =>
					diffOf(row * rows + k),
				);
			}
			default:
				return draft.diff(scope, sizes, name, index);
		}
	}

	return {
		top: draft.top,
		bottomDiff(scope, slot, index) {
			const sizes = sizesIn(scope);
			const rows = parts * sizes.outputs;
			const isStatic = slot === sizes.staticSlot;
			const columns = isStatic ? sizes.staticInputs : sizes.inputs;
			const row = Math.floor(index / columns);
			return pullBack(scope, isStatic ? 2 : 0, { rows, columns }, index % columns, (unit) =>
				scope.internal(isStatic ? fromStatic : a, row * rows + unit, "diff"),
			);
		},
		gradient(scope, slot, index) {
			const sizes = sizesIn(scope);
			const { times, sequences, inputs, outputs, staticInputs, staticSlot } = sizes;
			const steps = times * sequences;
			const rows = parts * outputs;
			const recurrent = recurrentSlot(sizes);
			const diffOf = (name: string, row: number, unit: number) => scope.internal(name, row * rows + unit, "diff");
			if (slot === 1) return { rows: steps, share: (row) => diffOf(a, row, index) };
			if (slot === 0) {
				return gradientShares(steps, inputs, index, {
					diff: (row, unit) => diffOf(a, row, unit),
					value: (at) => scope.bottom(0, at),
				});
			}
			if (slot === recurrent) {
				return gradientShares(steps, outputs, index, {
					diff: (row, unit) => diffOf(a, row, unit),
					value: (at) => scope.internal("h_conted", at),
				});
			}
			if (slot > recurrent && draft.gradient !== undefined)
				return draft.gradient(scope, sizes, slot - recurrent, index);
			return gradientShares(sequences, staticInputs, index, {
				diff: (row, unit) => diffOf(fromStatic, row, unit),
				value: (at) => scope.bottom(staticSlot, at),
			});
		},
		internal: (scope, name, index, side) => (side === "data" ? value(scope, name, index) : diff(scope, name, index)),
	};
}

/** Of a weight `[units, columns]`: a row's share is its unit's diff times what the weight was multiplied with. */
export function gradientShares(
	rows: number,
	columns: number,
	index: number,
	of: { diff(row: number, unit: number): Expression; value(at: number): Expression },
): GradientShares {
	const unit = Math.floor(index / columns);
	return { rows, share: (row) => product(of.diff(row, unit), of.value(row * columns + (index % columns))) };
}

/** `Σ_k W[unit, k] · value(k)`. */
export function weighted(
	scope: RecurrentScope,
	slot: number,
	unit: number,
	columns: number,
	value: (k: number) => Expression,
): Expression {
	return sum(
		Array.from({ length: columns }, (_, k) => product(scope.parameter(slot, unit * columns + k), value(k))),
		"inputs",
	);
}

/** `Σ_unit W[unit, column] · diff[unit]`: what one row of diffs sends back through a weight. */
export function pullBack(
	scope: RecurrentScope,
	slot: number,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
	column: number,
	diff: (unit: number) => Expression,
): Expression {
	return sum(
		Array.from({ length: rows }, (_, unit) => product(scope.parameter(slot, unit * columns + column), diff(unit))),
		"outputs",
	);
}

/** dh of one element of [T, N, H]: what its own time step sends back, and the next one through the state it kept. */
export function withNext(
	scope: RecurrentScope,
	{ times, sequences, outputs }: RecurrentSizes,
	index: number,
	own: Expression,
): Expression {
	const next = index + sequences * outputs;
	if (next >= times * sequences * outputs) return own;
	return sum([own, product(scope.bottom(1, Math.floor(next / outputs)), scope.internal("h_conted", next, "diff"))]);
}

/** `W x + b` of one element of [T·N, rows]. */
function inputExpression(scope: RecurrentScope, { inputs }: RecurrentSizes, rows: number, index: number): Expression {
	const row = Math.floor(index / rows);
	const unit = index % rows;
	const terms = Array.from({ length: inputs }, (_, input) =>
		product(scope.parameter(0, unit * inputs + input), scope.bottom(0, row * inputs + input)),
	);
	return sum([...terms, scope.parameter(1, unit)], "inputs");
}

/** `W_static x_static` of one element of [N, rows]. */
function staticExpression(scope: RecurrentScope, sizes: RecurrentSizes, rows: number, index: number): Expression {
	const { staticInputs, staticSlot } = sizes;
	const sequence = Math.floor(index / rows);
	return weighted(scope, 2, index % rows, staticInputs, (input) =>
		scope.bottom(staticSlot, sequence * staticInputs + input),
	);
}
