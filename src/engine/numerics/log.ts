import { float, HIGH_WORD, powersOfTwo, SMALLEST_EXPONENT, words } from "./bits.ts";
import { logOfRatio, nearest, truncated } from "./fixed-point.ts";

/**
 * ln(z · 2^e) = e ln 2 + ln(1/q) + ln(1 + r) with z in 1 … 2, q a number of 13 bits near 1/z and r = q z − 1, which is
 * exact in two parts. A table over the seven leading bits of z gives q and ln(1/q); |r| ≤ 1/240.
 */
const STEPS = 128;

/** q, the part of ln(1/q) that is a multiple of 2^−42, the rest, and nothing. */
export const logTable = new Float64Array(4 * (STEPS + 1));
{
	let logarithm = 0n;
	let before = 4096;
	for (let j = 0; j <= STEPS; j++) {
		const q = Math.round((4096 * STEPS) / (STEPS + j));
		logarithm += logOfRatio(BigInt(before), BigInt(q));
		before = q;
		const high = truncated(logarithm, 42n);
		logTable[4 * j] = q / 4096;
		logTable[4 * j + 1] = nearest(high);
		logTable[4 * j + 2] = nearest(logarithm - high);
	}
}

/** ln 2 is the table's last entry: e ln 2 + ln(1/q) is exactly 0 for numbers just below 1, too. */
export const LN2_HIGH = logTable[4 * STEPS + 1];
export const LN2_LOW = logTable[4 * STEPS + 2];

export const SMALLEST_NORMAL = powersOfTwo[-1022 - SMALLEST_EXPONENT];
const TWO_TO_54 = powersOfTwo[54 - SMALLEST_EXPONENT];

/** Added and subtracted again, it leaves a number in 1 … 2 its 21 leading bits. */
export const TO_21_BITS = 3 * powersOfTwo[31 - SMALLEST_EXPONENT];

/** e ln 2 + ln(1/q) + ln(1 + r + rTail), with the table's entry at j. */
function sumOfLogs(e: number, j: number, r: number, rTail: number): number {
	const base = e * LN2_HIGH + logTable[j + 1];
	const head = base + r;
	const headTail = base - head + r;
	const curve = r * r * (-1 / 2 + r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7))))));
	return head + (headTail + (rTail + (e * LN2_LOW + logTable[j + 2])) + curve);
}

/** ln x for a normal x; `exponent` is added to the binary exponent. */
function logOfNormal(x: number, exponent: number): number {
	float[0] = x;
	const high = words[HIGH_WORD];
	const shift = (high >>> 20) - 1023;
	const j = (((high & 0xfffff) + 0x1000) >>> 13) << 2;
	const z = x * powersOfTwo[-shift - SMALLEST_EXPONENT];
	const q = logTable[j];
	const zHead = z + TO_21_BITS - TO_21_BITS;
	const a = zHead * q - 1;
	const b = (z - zHead) * q;
	const r = a + b;
	return sumOfLogs(shift + exponent, j, r, a - r + b);
}

/** ln x, within 1 ulp. */
export function log(x: number): number {
	if (x >= SMALLEST_NORMAL && x < Number.POSITIVE_INFINITY) return logOfNormal(x, 0);
	if (x > 0) return x === Number.POSITIVE_INFINITY ? x : logOfNormal(x * TWO_TO_54, -54);
	return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
}

/** ln(x + tail) for a normal x and a tail below its last bit. */
function logOfSum(x: number, tail: number): number {
	float[0] = x;
	const high = words[HIGH_WORD];
	const shift = (high >>> 20) - 1023;
	const j = (((high & 0xfffff) + 0x1000) >>> 13) << 2;
	const scale = powersOfTwo[-shift - SMALLEST_EXPONENT];
	const z = x * scale;
	const q = logTable[j];
	const zHead = z + TO_21_BITS - TO_21_BITS;
	const a = zHead * q - 1;
	const b = (z - zHead) * q + tail * scale * q;
	const r = a + b;
	const moved = r - a;
	return sumOfLogs(shift, j, r, a - (r - moved) + (b - moved));
}

/** ln(1 + x), within 1 ulp. */
export function log1p(x: number): number {
	if (!(x > -1 && x < Number.POSITIVE_INFINITY)) {
		if (x === Number.POSITIVE_INFINITY) return x;
		return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
	}
	if (x === 0) return x;
	const sum = 1 + x;
	return logOfSum(sum, x < 1 ? x - (sum - 1) : 1 - (sum - x));
}
