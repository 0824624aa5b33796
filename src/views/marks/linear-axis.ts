/** One linear axis: where zero stands and how many pixels a unit has. */
export interface LinearAxis {
	readonly zero: number;
	readonly pixels: number;
	readonly scale: (value: number) => number;
	/** Round values on the axis, with a sign. */
	readonly ticks: readonly number[];
}

/** Numbers of an axis stand at least so far apart. */
const LEAST_STEP = 16;

/**
 * An axis between two heights that holds a size above zero and one below it, and keeps `least` pixels free on either
 * side of zero.
 */
export function linearAxis(
	wantedUp: number,
	wantedDown: number,
	top: number,
	bottom: number,
	least: number,
): LinearAxis {
	const up = bounded(wantedUp);
	const down = bounded(wantedDown);
	const height = bottom - top;
	const free = Math.max(1, height - 2);
	const whole = up + down;
	const even = whole === 0 ? 1 : free / whole;
	const roomUp = Math.max(least, Math.min(height - least, up * even));
	// With nothing to show zero stands in the middle.
	const zero = whole === 0 ? top + height / 2 : top + roomUp;
	const above = up === 0 ? Number.POSITIVE_INFINITY : roomUp / up;
	const below = down === 0 ? Number.POSITIVE_INFINITY : (bottom - zero) / down;
	const pixels = whole === 0 ? 1 : Math.min(above, below);
	const step = whole === 0 ? 0 : niceStep(Math.max(up, down) / 2);
	const ticks =
		step === 0
			? []
			: (step * pixels < LEAST_STEP ? [-2, 2] : [-2, -1, 1, 2])
					.map((k) => k * step)
					.filter((v) => zero - v * pixels >= top - 1 && zero - v * pixels <= bottom + 1);
	return { zero, pixels, scale: (value) => value * pixels, ticks };
}

/** Beyond these a sum or a quotient of the axis's own would leave the doubles. */
function bounded(value: number): number {
	return value < 1e-290 ? 0 : Math.min(value, 1e300);
}

/** The largest of 1, 2, 5 · 10^k that is not above a number. */
export function niceStep(wanted: number): number {
	if (!(wanted > 0) || !Number.isFinite(wanted)) return 0;
	const power = 10 ** Math.floor(Math.log10(wanted));
	const lead = wanted / power;
	return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

/** How far a part of a movement has come: 0 before `from`, 1 from `to` on. */
export function part(t: number, from: number, to: number): number {
	return Math.min(1, Math.max(0, (t - from) / (to - from)));
}
