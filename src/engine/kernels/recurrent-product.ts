import { addMultiplyTransposed, addOuterProducts, multiply } from "./gemm.ts";
import { canHold, heldSize, hold, packRows, tiles, wholePanels } from "./held-product.ts";

/**
 * The products of a recurrent layer: of a weight with the rows of one time step after the other, and of the diffs of all
 * time steps with what each weight met. What is too large to be held is left to the products of any size.
 */

/** A product with the same weight at every time step of a pass. */
export interface RecurrentProduct {
	/** Once a pass, before its first step: weights may have changed, and other layers hold theirs in the same place. */
	begin(): void;
	step(t: number): void;
}

/** What goes back at every time step, and what can wait until all have been taken. */
interface RecurrentPullBack extends RecurrentProduct {
	end(): void;
}

/** A weight `[depth, columns]` and what the pull-back through it makes, `[times, rows, columns]`. */
export interface PullBackTarget {
	readonly weight: Float64Array;
	readonly columns: number;
	readonly out: Float64Array;
}

/** Rows of a step (sequences), columns of what is made, terms of a sum. */
export interface RecurrentProductSizes {
	readonly times: number;
	readonly rows: number;
	readonly columns: number;
	readonly depth: number;
}

/** `out[t][m, n] += Σ_k a[t][m, k] · weight[n, k]`; each sum is added as a whole. */
export function addRecurrentTransposed(
	a: Float64Array,
	weight: Float64Array,
	out: Float64Array,
	sizes: RecurrentProductSizes,
): RecurrentProduct {
	const { rows, columns, depth } = sizes;
	if (!canHold(rows, columns, depth)) {
		return productOfParts(a, out, sizes, (from, to) => addMultiplyTransposed(from, weight, to, rows, columns, depth));
	}
	return {
		begin: () => hold(weight, depth, 1, columns, depth, 0),
		step(t) {
			packRows(a, t * rows * depth, depth, 1, rows, depth);
			tiles(out, t * rows * columns, columns, 1, rows, columns, depth, 0, true);
		},
	};
}

/**
 * `out[t][m, n] = Σ_k a[t][m, k] · weight[k, n]`: through the weight of the state for every time step but the first, of
 * whose state before nothing asks the diff, and through that of the inputs, where there are some, for each.
 */
export function recurrentPullBack(
	a: Float64Array,
	state: PullBackTarget,
	inputs: PullBackTarget | null,
	{ times, rows, depth }: Omit<RecurrentProductSizes, "columns">,
): RecurrentPullBack {
	/** Where the inputs' columns begin: their panels are their own. */
	const first = wholePanels(state.columns);
	if (!canHold(rows, first + (inputs?.columns ?? 0), depth)) {
		const { weight, columns, out } = state;
		const steps = productOfParts(a, out, { times, rows, columns, depth }, (from, to) =>
			multiply(from, weight, to, rows, columns, depth),
		);
		return {
			begin() {},
			step(t) {
				if (t > 0) steps.step(t);
			},
			end() {
				if (inputs !== null) multiply(a, inputs.weight, inputs.out, times * rows, inputs.columns, depth);
			},
		};
	}
	const second = heldSize(state.columns, depth);
	return {
		begin() {
			hold(state.weight, 1, state.columns, state.columns, depth, 0);
			if (inputs !== null) hold(inputs.weight, 1, inputs.columns, inputs.columns, depth, second);
		},
		step(t) {
			if (t === 0 && inputs === null) return;
			packRows(a, t * rows * depth, depth, 1, rows, depth);
			if (t > 0) tiles(state.out, t * rows * state.columns, state.columns, 1, rows, state.columns, depth, 0, false);
			if (inputs === null) return;
			tiles(inputs.out, t * rows * inputs.columns, inputs.columns, 1, rows, inputs.columns, depth, second, false);
		},
		end() {},
	};
}

/** What a weight `[units, inputs]` met at every time step, `[steps, inputs]`, and where its gradient is. */
export interface MetValues {
	readonly values: Float64Array;
	readonly inputs: number;
	/** Rows of `values` before this one are 0 and their diffs finite: adding their products would change no bit. */
	readonly from: number;
	readonly diff: Float64Array;
}

/** `diff[u, i] += Σ_s unitDiff[s, u] · values[s, i]` for each of `met`; each sum is added as a whole. */
export function addStepGradients(
	unitDiff: Float64Array,
	steps: number,
	units: number,
	met: readonly MetValues[],
): void {
	if (!met.every(({ inputs }) => canHold(inputs, units, steps))) {
		for (const { values, inputs, diff } of met) addOuterProducts(unitDiff, values, diff, steps, units, inputs);
		return;
	}
	hold(unitDiff, 1, units, units, steps, 0);
	for (const { values, inputs, from, diff } of met) {
		packRows(values, from * inputs, 1, inputs, inputs, steps - from);
		tiles(diff, 0, 1, inputs, inputs, units, steps - from, from, true, steps);
	}
}

function productOfParts(
	a: Float64Array,
	out: Float64Array,
	{ times, rows, columns, depth }: RecurrentProductSizes,
	product: (from: Float64Array, to: Float64Array) => void,
): RecurrentProduct {
	const parts = Array.from({ length: times }, (_, t) => ({
		from: a.subarray(t * rows * depth, (t + 1) * rows * depth),
		to: out.subarray(t * rows * columns, (t + 1) * rows * columns),
	}));
	return {
		begin() {},
		step(t) {
			const { from, to } = parts[t];
			product(from, to);
		},
	};
}
