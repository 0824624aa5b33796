import { ROUNDER } from "./bits.ts";
import { circleConstant } from "./fixed-point.ts";

/**
 * x = k π/64 + b with |b| ≤ π/128; sin x = sin a cos b + cos a sin b with a = k π/64 from a table over the whole turn,
 * so that nothing branches on the quadrant. The table's cosine and b are cut so short that sin a + cos a · b is exact
 * in two parts; the rest is small beside it. cos x = sin (x + π/2).
 *
 * k π/64 is subtracted in three parts, of which k times the first two are exact. Beyond LARGE, and where so much cancels
 * that those bits are not enough, exact integers reduce x.
 */
const STEPS = 128;
const QUARTER = STEPS / 4;
const LARGE = 400000;

/** Enough for the largest double and what it can cancel. */
const BITS = 1340n;
const CIRCLE = circleConstant(BITS);
const STEPS_IN_UNIT = (BigInt(STEPS / 2) << (2n * BITS)) / CIRCLE;

/** A value with BITS fraction bits as the nearest double; 300 of them are more than any result here needs. */
function toDouble(value: bigint): number {
	return Number(value >> (BITS - 300n)) / Number(1n << 300n);
}

/** The largest multiple of 2^−bits not above π/64. */
function stepTo(bits: bigint): bigint {
	const dropped = BITS - bits;
	return (CIRCLE >> (dropped + 6n)) << dropped;
}

const FIRST = toDouble(stepTo(34n));
const SECOND = toDouble(stepTo(64n) - stepTo(34n));
const THIRD = toDouble((CIRCLE >> 6n) - stepTo(64n));
const STEPS_PER_UNIT = toDouble(STEPS_IN_UNIT);

/** Added and subtracted again, they leave a cosine 26 bits and b 27. */
const SHORT_COSINE = ROUNDER / 67108864;
const SHORT_REST = ROUNDER / 4294967296;

/** sin a and what its double leaves over, the short cosine and what it leaves over. */
const table = new Float64Array(4 * STEPS);
{
	const bits = BITS - 1200n;
	const one = 1n << bits;
	const step = CIRCLE >> 1206n;
	for (let k = 0; k < STEPS; k++) {
		const angle = BigInt(k) * step;
		let term = one;
		const sums = [0n, 0n];
		for (let n = 0n; term !== 0n; n++) {
			sums[Number(n & 1n)] += n & 2n ? -term : term;
			term = ((term * angle) >> bits) / (n + 1n);
		}
		const [cosine, sine] = sums.map((sum) => (k % QUARTER === 0 && abs(sum) < one >> 100n ? 0n : sum << 1200n));
		const short = toDouble(cosine) + SHORT_COSINE - SHORT_COSINE;
		table[4 * k] = toDouble(sine);
		table[4 * k + 1] = toDouble(sine - fromDouble(table[4 * k]));
		table[4 * k + 2] = short;
		table[4 * k + 3] = toDouble(cosine - fromDouble(short));
	}
}

function abs(value: bigint): bigint {
	return value < 0n ? -value : value;
}

/** A double above 2^−200 with BITS fraction bits. */
function fromDouble(value: number): bigint {
	return BigInt(value * Number(1n << 300n)) << (BITS - 300n);
}

/** sin(k π/64 + b + tail). */
function sineAt(k: number, b: number, tail: number): number {
	const at = (k & (STEPS - 1)) << 2;
	const sine = table[at];
	const cosine = table[at + 2];
	const short = b + SHORT_REST - SHORT_REST;
	const product = cosine * short;
	const head = sine + product;
	const headTail = sine - head + product;
	const square = b * b;
	const sineCurve = b * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040)));
	const cosineCurve = square * (-1 / 2 + square * (1 / 24 + square * (-1 / 720 + square * (1 / 40320))));
	const left = b - short + tail;
	return (
		head +
		(headTail +
			(table[at + 1] + (cosine * left + table[at + 3] * b) + (cosine + table[at + 3]) * sineCurve + sine * cosineCurve))
	);
}

/** The same by exact integers, for any finite x. */
function sineExactly(x: number, quarter: number): number {
	let exponent = 0;
	let mantissa = x;
	while (!Number.isInteger(mantissa)) {
		mantissa *= 2;
		exponent--;
	}
	const steps = (BigInt(mantissa) * STEPS_IN_UNIT) >> BigInt(-exponent);
	const k = (steps + (1n << (BITS - 1n))) >> BITS;
	const angle = ((steps - (k << BITS)) * CIRCLE) >> (BITS + 6n);
	const b = toDouble(angle);
	return sineAt(Number(k & BigInt(STEPS - 1)) + quarter, b, toDouble(angle - fromDouble(b)));
}

/** sin(x + quarter · π/64). */
function sine(x: number, quarter: number): number {
	if (!(x > -LARGE && x < LARGE)) return Number.isFinite(x) ? sineExactly(x, quarter) : Number.NaN;
	const k = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
	const a = x - k * FIRST;
	const second = k * SECOND;
	const difference = a - second;
	const moved = difference - a;
	const tail = a - (difference - moved) - (second + moved) - k * THIRD;
	const b = difference + tail;
	if (k !== 0 && b > -1e-9 && b < 1e-9) return sineExactly(x, quarter);
	return sineAt((k | 0) + quarter, b, difference - b + tail);
}

/** sin x, within 1 ulp, for every finite x. */
export function sin(x: number): number {
	return x === 0 ? x : sine(x, 0);
}

/** cos x, within 1 ulp, for every finite x. */
export function cos(x: number): number {
	return sine(x, QUARTER);
}
