import { powersOfTwo, ROUNDER, SMALLEST_EXPONENT } from "./bits.ts";
import { logOfRatio, nearest, ONE, remainder, squareRoot, times, truncated } from "./fixed-point.ts";

/**
 * e^x = 2^(k/128) · e^r with k the integer nearest to 128 x / ln 2, so that |r| ≤ ln 2 / 256. With k = 128 q + j the
 * table gives 2^(j/128) to more than 100 bits, a polynomial e^r − 1.
 */
const STEPS = 128;

const LN2 = logOfRatio(2n, 1n);
/** ln 2 / 128 in two parts; the first has 35 bits, so that k times it is exact. */
const STEP_HIGH = nearest(truncated(LN2, 35n)) / STEPS;
const STEP_LOW = nearest(LN2 - truncated(LN2, 35n)) / STEPS;
const STEPS_PER_UNIT = STEPS / nearest(LN2);

/** 2^(j/128), and what the double leaves over relative to it. */
const table = new Float64Array(2 * STEPS);
{
	let root = 2n * ONE;
	for (let steps = STEPS; steps > 1; steps /= 2) root = squareRoot(root);
	let power = ONE;
	for (let j = 0; j < STEPS; j++) {
		table[2 * j] = nearest(power);
		table[2 * j + 1] = remainder(power) / nearest(power);
		power = times(power, root);
	}
}

/** Above it e^x is no double any more; below the other it is 0. */
const LARGEST_ARGUMENT = 709.782712893384;
const SMALLEST_ARGUMENT = -745.2;

/** e^(x + tail) for any x, in two scalings, so that only the last may round or overflow. NaN gives NaN. */
export function expOfSum(x: number, tail: number): number {
	if (x > LARGEST_ARGUMENT + 1) return Number.POSITIVE_INFINITY;
	if (x < SMALLEST_ARGUMENT) return 0;
	const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
	const k = rounded | 0;
	const r = x - rounded * STEP_HIGH - (rounded * STEP_LOW - tail);
	const j = (k & (STEPS - 1)) << 1;
	const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
	const value = table[j] + table[j] * (table[j + 1] + p);
	const half = k >> 8;
	return value * powersOfTwo[half - SMALLEST_EXPONENT] * powersOfTwo[(k >> 7) - half - SMALLEST_EXPONENT];
}

/** e^x, within 1 ulp. */
export function exp(x: number): number {
	if (!(x > -708 && x < 709)) return expOfSum(x, 0);
	const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
	const k = rounded | 0;
	const r = x - rounded * STEP_HIGH - rounded * STEP_LOW;
	const j = (k & (STEPS - 1)) << 1;
	const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
	return (table[j] + table[j] * (table[j + 1] + p)) * powersOfTwo[(k >> 7) - SMALLEST_EXPONENT];
}

/**
 * e^x − 1, within 1 ulp: with t = 2^(k/128), (t − 1) + r is added exactly and what is left,
 * r (t − 1) + t (e^r − 1 − r), is small beside it.
 */
export function expm1(x: number): number {
	if (!(x > -40 && x < 700)) {
		return x < 0 ? -1 : expOfSum(x, 0);
	}
	if (x === 0) return x;
	const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
	const k = rounded | 0;
	const exact = x - rounded * STEP_HIGH;
	const low = rounded * STEP_LOW;
	const r = exact - low;
	const rTail = exact - r - low;
	const j = (k & (STEPS - 1)) << 1;
	const scale = powersOfTwo[(k >> 7) - SMALLEST_EXPONENT];
	const t = table[j] * scale;
	const tail = table[j + 1];
	const less = t - 1;
	const moved = less - t;
	const lessTail = t - (less - moved) - (1 + moved);
	const head = less + r;
	const headTail = less - head + r;
	const curve = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
	return head + (headTail + (rTail + lessTail + (r * less + t * (tail + tail * r + curve))));
}
