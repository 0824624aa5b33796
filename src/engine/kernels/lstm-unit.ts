import { tanh } from "../numerics/tanh.ts";

/** Gates in Caffe's order: where each stands among the four parts of a row. */
export const GATES = { i: 0, f: 1, o: 2, g: 3 } as const;

/**
 * Buffers of an LSTM's units over all time steps: k `[T, N]`, gates and their inputs `[T, N, 4H]` in the order i, f, o, g,
 * states `[T, N, H]`, the cells' start `[N, H]`.
 */
export interface LstmUnits {
	readonly sequences: number;
	readonly units: number;
	readonly k: Float64Array;
	readonly gates: Float64Array;
	readonly gateInputDiff: Float64Array;
	readonly c: Float64Array;
	readonly cDiff: Float64Array;
	readonly cStart: Float64Array;
	/** tanh c, which backward needs again. */
	readonly bent: Float64Array;
	readonly h: Float64Array;
	readonly hDiff: Float64Array;
}

function sigmoidAt(a: Float64Array, gates: Float64Array, at: number): void {
	gates[at] = 0.5 * tanh(0.5 * a[at]) + 0.5;
}

/** `i, f, o = σ(a)`, `g = tanh a` at time step t; written out, as in elementwise.ts, for the same reasons. */
export function openGates(a: Float64Array, gates: Float64Array, t: number, sequences: number, units: number): void {
	let at = (t * sequences * 4 * units) | 0;
	for (let n = 0; n < sequences; n++) {
		const end = (at + GATES.g * units) | 0;
		for (const inPairs = end - 1; at < inPairs; at = (at + 2) | 0) {
			sigmoidAt(a, gates, at);
			sigmoidAt(a, gates, (at + 1) | 0);
		}
		for (; at < end; at = (at + 1) | 0) sigmoidAt(a, gates, at);
		for (const last = (at + units) | 0; at < last; at = (at + 1) | 0) gates[at] = tanh(a[at]);
	}
}

/** `c_t = k_t f c_{t−1} + i g`, `h_t = o tanh c_t`. */
export function moveCells({ sequences, units, k, gates, c, cStart, bent, h }: LstmUnits, t: number): void {
	const from = t === 0 ? cStart : c;
	let at = t * sequences * units;
	let before = t === 0 ? 0 : at - sequences * units;
	for (let n = 0; n < sequences; n++) {
		const kept = k[t * sequences + n];
		let gate = 4 * at;
		for (const end = at + units; at < end; at++) {
			const cell = kept * gates[gate + units] * from[before] + gates[gate] * gates[gate + 3 * units];
			const value = tanh(cell);
			c[at] = cell;
			bent[at] = value;
			h[at] = gates[gate + 2 * units] * value;
			gate++;
			before++;
		}
	}
}

/** From dh_t, and dc_t as the next time step left it: the diffs of the gates' inputs, and dc_{t−1}. */
export function pullBackUnits(
	{ sequences, units, k, gates, gateInputDiff, c, cDiff, cStart, bent, hDiff }: LstmUnits,
	t: number,
): void {
	const from = t === 0 ? cStart : c;
	let at = t * sequences * units;
	let before = t === 0 ? 0 : at - sequences * units;
	for (let n = 0; n < sequences; n++) {
		const kept = k[t * sequences + n];
		let gate = 4 * at;
		for (const end = at + units; at < end; at++) {
			const i = gates[gate];
			const f = kept * gates[gate + units];
			const o = gates[gate + 2 * units];
			const g = gates[gate + 3 * units];
			const value = bent[at];
			const dh = hDiff[at];
			const dc = cDiff[at] + dh * o * (1 - value * value);
			if (t > 0) cDiff[before] = dc * f;
			gateInputDiff[gate] = dc * g * i * (1 - i);
			gateInputDiff[gate + units] = dc * from[before] * f * (1 - f);
			gateInputDiff[gate + 2 * units] = dh * value * o * (1 - o);
			gateInputDiff[gate + 3 * units] = dc * i * (1 - g * g);
			gate++;
			before++;
		}
	}
}
