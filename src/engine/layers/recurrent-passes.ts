import type { Blob } from "../blob.ts";
import {
	addColumnSums,
	addMultiplyTransposed,
	addOuterProducts,
	addToRows,
	multiply,
	multiplyTransposed,
} from "../kernels/gemm.ts";
import { joinedProduct } from "../kernels/joined-product.ts";
import {
	addRecurrentTransposed,
	addStepGradients,
	type PullBackTarget,
	recurrentPullBack,
} from "../kernels/recurrent-product.ts";
import { addKeptDiff, keepState, repeatRow, startsWithZeros } from "../kernels/recurrent-state.ts";
import { allFinite } from "../kernels/sparse-product.ts";
import { cutByTime, type RecurrentRun, type RecurrentSizes, recurrentSlot } from "./recurrent.ts";

/** Internals of an unrolled layer whose units have `rows` inputs (H, or four gates' 4H) a sequence. */
interface RecurrentBlobs {
	/** `W x_t + b`, `[T, N, rows]`. */
	readonly fromInputs: Blob;
	/** `W_static x_static`, `[N, rows]`. */
	readonly fromStatic: Blob | undefined;
	/** a_t, what the units' functions are taken of, `[T, N, rows]`. */
	readonly a: Blob;
	/** The state that a sequence starts from, and of each time step. */
	readonly start: Blob;
	readonly state: Blob;
	/** `k_t h_{t−1}`. */
	readonly kept: Blob;
}

/** What LSTM and RNN do around their units; time steps are taken in order, backward from the last to the first. */
interface RecurrentSums {
	/** What the inputs of all time steps give. */
	beginForward(): void;
	/** `a_t = W x_t + b + W_h (k_t h_{t−1}) (+ W_static x_static)`. */
	sum(t: number): void;
	/** `toParameters`: only what leads to the gradients is needed, and the diffs of inputs where another layer reads them. */
	beginBackward(toParameters: boolean): void;
	/** Adds what the next time step sends back to dh_t. */
	addNext(t: number): void;
	/** From da_t to the diffs of x_t and of the state that this time step kept; that of the first nothing asks for. */
	pullBack(t: number): void;
	/** Gradients of the weights that x and h_{t−1} meet, and of the bias, each summed over all time steps. */
	addGradients(): void;
	/** What is left of the diff of x, that of x_static, and the gradient of the weights that x_static meets. */
	pullBackInputs(): void;
}

export function recurrentSums(
	run: RecurrentRun,
	sizes: RecurrentSizes,
	{ fromInputs, fromStatic, a, start, state, kept }: RecurrentBlobs,
): RecurrentSums {
	const { times, sequences, inputs, outputs, staticSlot, staticInputs } = sizes;
	const steps = times * sequences;
	const rows = a.count / steps;
	const slot = recurrentSlot(sizes);
	const [x, { data: k }] = run.bottoms;
	const [weight, bias, staticWeight] = run.parameters;
	const [weightWanted, biasWanted, staticWanted] = run.parameterNeedsDiff;
	const recurrent = run.parameters[slot];
	const recurrentWanted = run.parameterNeedsDiff[slot];
	const still = fromStatic === undefined ? null : { bottom: run.bottoms[staticSlot], sums: fromStatic };
	const parts = still === null ? [] : cutByTime(a.data, sizes);
	const joined = joinedProduct(
		{ values: x.data, weight: weight.data, depth: inputs },
		bias.data,
		{ values: kept.data, weight: recurrent.data, depth: outputs },
		fromInputs.data,
		a.data,
		sequences,
		rows,
	);
	const product = addRecurrentTransposed(kept.data, recurrent.data, a.data, {
		times,
		rows: sequences,
		columns: rows,
		depth: outputs,
	});
	const backThrough = (target: PullBackTarget | null) =>
		recurrentPullBack(a.diff, { weight: recurrent.data, columns: outputs, out: kept.diff }, target, {
			times,
			rows: sequences,
			depth: rows,
		});
	const backToInputs = backThrough({ weight: weight.data, columns: inputs, out: x.diff });
	const backToParameters = run.bottomDiffIsRead[0] ? backToInputs : backThrough(null);
	let back = backToInputs;
	let isWhole = true;
	// A state of zeros adds nothing to a sum, unless it meets what is infinite or no number.
	const firstDiff = a.diff.subarray(0, sequences * rows);
	const startsAnew = () => startsWithZeros(kept.data, sequences * outputs);
	const metByState = { values: kept.data, inputs: outputs, from: 0, diff: recurrent.diff };
	const met = [
		...(weightWanted ? [{ values: x.data, inputs, from: 0, diff: weight.diff }] : []),
		...(recurrentWanted ? [metByState] : []),
	];
	return {
		beginForward() {
			if (joined === null) {
				repeatRow(bias.data, fromInputs.data);
				addMultiplyTransposed(x.data, weight.data, fromInputs.data, steps, rows, inputs);
				a.data.set(fromInputs.data);
			}
			if (still !== null) {
				const { bottom, sums } = still;
				multiplyTransposed(bottom.data, staticWeight.data, sums.data, sequences, rows, staticInputs);
			}
			(joined ?? product).begin();
		},
		sum(t) {
			keepState(k, start.data, state.data, kept.data, t, sequences, outputs);
			if (t === 0 && joined !== null && startsAnew() && allFinite(recurrent.data)) joined.stepFromZeros();
			else (joined ?? product).step(t);
			if (still !== null) addToRows(still.sums.data, parts[t], 1, still.sums.count);
		},
		beginBackward(toParameters) {
			isWhole = !toParameters;
			back = isWhole ? backToInputs : backToParameters;
			back.begin();
		},
		addNext(t) {
			if (t + 1 < times) addKeptDiff(k, kept.diff, state.diff, t, sequences, outputs);
		},
		pullBack: (t) => back.step(t),
		addGradients() {
			if (isWhole) fromInputs.diff.set(a.diff);
			metByState.from = startsAnew() && allFinite(firstDiff) ? sequences : 0;
			addStepGradients(a.diff, steps, rows, met);
			if (biasWanted) addColumnSums(a.diff, bias.diff, steps, rows);
		},
		pullBackInputs() {
			back.end();
			if (still === null) return;
			const { bottom, sums } = still;
			sums.diff.fill(0);
			addColumnSums(a.diff, sums.diff, times, sums.count);
			if (staticWanted) addOuterProducts(sums.diff, bottom.data, staticWeight.diff, sequences, rows, staticInputs);
			if (!isWhole && !run.bottomDiffIsRead[staticSlot]) return;
			multiply(sums.diff, staticWeight.data, bottom.diff, sequences, staticInputs, rows);
		},
	};
}

/** Copies between a layer's states and its bottoms and tops: `starts` from the exposed ones, `ends` to them. */
export function stateCopies(
	run: RecurrentRun,
	{ stateSlot, times }: RecurrentSizes,
	states: readonly { readonly start: Blob; readonly all: Blob; readonly end: Blob }[],
): { begin(): void; end(): void } {
	const given = stateSlot < 0 ? [] : states.map(({ start }, k) => ({ from: run.bottoms[stateSlot + k], to: start }));
	const left = states.map(({ all, end }, k) => ({
		last: all.data.subarray((all.count / times) * (times - 1)),
		end,
		top: stateSlot < 0 ? null : run.tops[1 + k],
	}));
	return {
		begin() {
			for (const { from, to } of given) to.data.set(from.data);
		},
		end() {
			for (const { last, end, top } of left) {
				end.data.set(last);
				top?.data.set(last);
			}
		},
	};
}
