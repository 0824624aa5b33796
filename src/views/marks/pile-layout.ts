import type { Sign } from "./scales.ts";
import { signOf } from "./scales.ts";

/** One sliver on the pile's axis, in the scale's pixels; up is positive. */
export interface Sliver {
	readonly index: number;
	readonly sign: Sign;
	/** The end nearer to zero and the farther one. */
	readonly base: number;
	readonly tip: number;
	/** How much of it has arrived, 0 … 1. */
	readonly arrived: number;
}

/**
 * Stacks signed values on one axis: positive ones up from 0, negative ones down, in order. At `t` the first
 * `t·count` of them have arrived, the one arriving grows; a value that is not known (`undefined`) takes no room.
 * The arrived lengths, signed, add up to the partial sum, and at t = 1 to the sum.
 */
export function pileLayout(
	values: readonly (number | undefined)[],
	scale: (value: number) => number,
	t = 1,
): readonly Sliver[] {
	const slivers: Sliver[] = [];
	let above = 0;
	let below = 0;
	for (const [index, value] of values.entries()) {
		if (value === undefined || !Number.isFinite(value)) continue;
		const arrived = Math.min(1, Math.max(0, t * values.length - index));
		const length = scale(value) * arrived;
		const base = value < 0 ? below : above;
		const tip = base + length;
		if (value < 0) below = tip;
		else above = tip;
		slivers.push({ index, sign: signOf(value), base, tip, arrived });
	}
	return slivers;
}

/** The largest reach of a pile on either side of zero, in values: what an axis must hold. */
export function pileReach(values: readonly (number | undefined)[]): number {
	let above = 0;
	let below = 0;
	for (const value of values) {
		if (value === undefined || !Number.isFinite(value)) continue;
		if (value < 0) below -= value;
		else above += value;
	}
	return Math.max(above, below);
}
