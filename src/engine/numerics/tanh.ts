import { ROUNDER } from "./bits.ts";
import { expOfReciprocal, FRACTION_BITS, nearest, ONE, remainder, times } from "./fixed-point.ts";

/**
 * With x = a + b, a = k/16 and |b| ≤ 1/32: tanh x = tanh a + tanh b − q, where
 * q = tanh a · tanh b · (tanh a + tanh b) / (1 + tanh a · tanh b). tanh a comes from a table to more than 100 bits,
 * tanh b = b + … from a polynomial; tanh a + b is added exactly and the rest is small beside it. Signed a, so that
 * nothing branches on the sign.
 */
const STEPS = 16;

/** From this k on tanh is 1 to the last bit. */
const LAST = 305;
const LIMIT = LAST / STEPS;

/** Added and subtracted again, it rounds x to a multiple of 1/16. */
const TO_STEPS = ROUNDER / STEPS;

/** tanh(k/16) and what the double leaves over, for k = −LAST … LAST. */
const table = new Float64Array(2 * (2 * LAST + 1));
{
	const factor = expOfReciprocal(BigInt(STEPS / 2));
	let power = ONE;
	for (let k = 0; k <= LAST; k++) {
		const value = ((power - ONE) << FRACTION_BITS) / (power + ONE);
		for (const sign of [1, -1]) {
			table[2 * (LAST + sign * k)] = sign * nearest(value);
			table[2 * (LAST + sign * k) + 1] = sign * remainder(value);
		}
		power = times(power, factor);
	}
}

/** tanh x, within 1 ulp. */
export function tanh(x: number): number {
	if (!(x > -LIMIT && x < LIMIT)) {
		if (x > 0) return 1;
		return x < 0 ? -1 : x;
	}
	if (x === 0) return x;
	const a = x + TO_STEPS - TO_STEPS;
	const index = ((a * STEPS + LAST) | 0) << 1;
	const tanhA = table[index];
	const b = x - a;
	const square = b * b;
	// Written so that as little as possible waits for something else.
	const low = -1 / 3 + square * (2 / 15);
	const high = -17 / 315 + square * (62 / 2835);
	const curve = b * square * (low + square * square * high);
	const tanhB = b + curve;
	const product = tanhA * tanhB;
	const q = (product * (tanhA + tanhB)) / (1 + product);
	const head = tanhA + b;
	const headTail = tanhA - head + b;
	return head + (headTail + table[index + 1] + curve - q);
}
