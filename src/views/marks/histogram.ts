/** Counts over equal bins that lie symmetrically about zero; an odd number of bins has one about zero itself. */
export interface Histogram {
	readonly maximum: number;
	readonly counts: readonly number[];
}

export function histogram(values: ArrayLike<number>, bins: number): Histogram {
	let largest = 0;
	for (let place = 0; place < values.length; place++) {
		const size = Math.abs(values[place]);
		if (size > largest && Number.isFinite(size)) largest = size;
	}
	const maximum = largest || 1;
	const counts = Array.from({ length: bins }, () => 0);
	for (let place = 0; place < values.length; place++) {
		if (!Number.isFinite(values[place])) continue;
		const bin = Math.min(bins - 1, Math.floor(((values[place] / maximum + 1) / 2) * bins));
		counts[bin]++;
	}
	return { maximum, counts };
}
