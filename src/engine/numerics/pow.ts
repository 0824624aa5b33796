import { float, HIGH_WORD, powersOfTwo, SMALLEST_EXPONENT, SPLITTER, words } from "./bits.ts";
import { expOfSum } from "./exp.ts";
import { LN2_HIGH, LN2_LOW, logTable, SMALLEST_NORMAL, TO_21_BITS } from "./log.ts";

const TWO_TO_54 = powersOfTwo[54 - SMALLEST_EXPONENT];
const TWO_TO_64 = powersOfTwo[64 - SMALLEST_EXPONENT];

/** x^y = e^(y ln x) for x > 0, finite, and y ≠ 0, finite: ln x and the product each in two parts. */
function powOfPositive(x: number, y: number): number {
	if (x === 1) return 1;
	// |ln x| is at least 2^−53, so that such a power is beyond all doubles.
	if (y >= TWO_TO_64 || y <= -TWO_TO_64) return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
	const scaled = x < SMALLEST_NORMAL ? x * TWO_TO_54 : x;
	float[0] = scaled;
	const high = words[HIGH_WORD];
	const shift = (high >>> 20) - 1023;
	const j = (((high & 0xfffff) + 0x1000) >>> 13) << 2;
	const z = scaled * powersOfTwo[-shift - SMALLEST_EXPONENT];
	const q = logTable[j];
	const zHead = z + TO_21_BITS - TO_21_BITS;
	const a = zHead * q - 1;
	const b = (z - zHead) * q;
	const r = a + b;
	const rTail = a - r + b;
	const e = x < SMALLEST_NORMAL ? shift - 54 : shift;
	const base = e * LN2_HIGH + logTable[j + 1];

	// ln(1 + r) = r − r²/2 + …, the square exactly in two parts.
	const rUpper = r * SPLITTER - (r * SPLITTER - r);
	const rLower = r - rUpper;
	const square = -0.5 * rUpper * rUpper;
	const sum = base + r;
	const sumTail = base - sum + r;
	const head = sum + square;
	const headTail = sum - head + square;
	const curve = r * r * r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 + r * (-1 / 8))))));
	const small =
		sumTail + headTail + (rTail - r * rTail + (e * LN2_LOW + logTable[j + 2])) - 0.5 * rLower * (r + rUpper) + curve;
	const logarithm = head + small;
	const rest = head - logarithm + small;

	const product = y * logarithm;
	if (!(product > -746 && product < 711)) return expOfSum(product, 0);
	const yUpper = y * SPLITTER - (y * SPLITTER - y);
	const yLower = y - yUpper;
	const upper = logarithm * SPLITTER - (logarithm * SPLITTER - logarithm);
	const lower = logarithm - upper;
	const productTail = yUpper * upper - product + yUpper * lower + yLower * upper + yLower * lower;
	return expOfSum(product, productTail + y * rest);
}

/** −1: odd, 1: even, 0: no integer. */
function parity(y: number): number {
	if (!Number.isInteger(y)) return 0;
	return y % 2 === 0 ? 1 : -1;
}

/** x to the power y, within 2 ulp; the special cases are those of JavaScript's own power. */
export function pow(x: number, y: number): number {
	if (y === 0) return 1;
	if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
	const size = x < 0 ? -x : x;
	if (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY) {
		if (size === 1) return Number.NaN;
		return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
	}
	if (size === 0 || size === Number.POSITIVE_INFINITY) {
		const negative = parity(y) === -1 && (x < 0 || 1 / x < 0);
		const value = (size === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
		return negative ? -value : value;
	}
	if (x > 0) return powOfPositive(x, y);
	const sign = parity(y);
	return sign === 0 ? Number.NaN : sign * powOfPositive(size, y);
}
