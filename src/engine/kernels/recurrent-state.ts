/** `kept[t] = k_t · state[t − 1]`, at the first time step from `start`; k `[T, N]`, states `[T, N, H]`. */
export function keepState(
	k: Float64Array,
	start: Float64Array,
	state: Float64Array,
	kept: Float64Array,
	t: number,
	sequences: number,
	units: number,
): void {
	const from = t === 0 ? start : state;
	let at = t === 0 ? 0 : (t - 1) * sequences * units;
	let to = t * sequences * units;
	for (let n = 0; n < sequences; n++) {
		const share = k[t * sequences + n];
		for (const end = to + units; to < end; to++) {
			kept[to] = share * from[at];
			at++;
		}
	}
}

/** `stateDiff[t] += k_{t+1} · keptDiff[t + 1]`: what the next time step sends back. */
export function addKeptDiff(
	k: Float64Array,
	keptDiff: Float64Array,
	stateDiff: Float64Array,
	t: number,
	sequences: number,
	units: number,
): void {
	let to = t * sequences * units;
	let at = to + sequences * units;
	for (let n = 0; n < sequences; n++) {
		const share = k[(t + 1) * sequences + n];
		for (const end = to + units; to < end; to++) {
			stateDiff[to] += share * keptDiff[at];
			at++;
		}
	}
}

/** Whether the first `count` numbers are all 0. */
export function startsWithZeros(values: Float64Array, count: number): boolean {
	let at = 0;
	while (at < count && values[at] === 0) at = (at + 1) | 0;
	return at >= count;
}

/** Fills `out` with one row again and again, as the start of sums that are added to it. */
export function repeatRow(row: Float64Array, out: Float64Array): void {
	out.set(row);
	for (let filled = row.length; filled < out.length; filled *= 2) {
		out.copyWithin(filled, 0, Math.min(filled, out.length - filled));
	}
}
