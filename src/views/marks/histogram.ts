/** Counts over equal bins that lie symmetrically about zero; an odd number of bins has one about zero itself. */
export interface Histogram {
	readonly maximum: number;
	readonly counts: readonly number[];
}

export function histogram(values: readonly number[], bins: number): Histogram {
	const finite = values.filter((value) => Number.isFinite(value));
	const maximum = finite.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
	const counts = Array.from({ length: bins }, () => 0);
	for (const value of finite) {
		const bin = Math.min(bins - 1, Math.floor(((value / maximum + 1) / 2) * bins));
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return { maximum, counts };
}
