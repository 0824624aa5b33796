/**
 * Exact integers from which the tables and constants of the elementary functions are made when the program starts: a
 * value v stands as the BigInt v · 2^FRACTION_BITS. Nothing here depends on the machine.
 */
export const FRACTION_BITS = 128n;
export const ONE = 1n << FRACTION_BITS;

const UNIT = 1 / Number(ONE);

/** The double nearest to a value. */
export function nearest(value: bigint): number {
	return Number(value) * UNIT;
}

/** What the nearest double leaves over, as a double: both together hold a value to more than 100 bits. */
export function remainder(value: bigint): number {
	return nearest(value - BigInt(nearest(value) / UNIT));
}

/** The largest multiple of 2^−bits not above a value; it has few enough bits for exact products with integers. */
export function truncated(value: bigint, bits: bigint): bigint {
	const dropped = FRACTION_BITS - bits;
	return (value >> dropped) << dropped;
}

export function times(a: bigint, b: bigint): bigint {
	return (a * b) >> FRACTION_BITS;
}

/** The integer square root, by Newton's iteration from above. */
function integerRoot(value: bigint): bigint {
	let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
	for (;;) {
		const next = (root + value / root) >> 1n;
		if (next >= root) return root;
		root = next;
	}
}

export function squareRoot(value: bigint): bigint {
	return integerRoot(value << FRACTION_BITS);
}

/** ln(m / n) for close m and n, as 2 artanh((m − n) / (m + n)). */
export function logOfRatio(m: bigint, n: bigint): bigint {
	let power = (ONE * (m - n)) / (m + n);
	let total = 0n;
	for (let k = 1n; power !== 0n; k += 2n) {
		total += power / k;
		power = (power * (m - n) * (m - n)) / ((m + n) * (m + n));
	}
	return 2n * total;
}

/** e^(1/n), by its series. */
export function expOfReciprocal(n: bigint): bigint {
	let term = ONE;
	let total = 0n;
	for (let k = 1n; term !== 0n; k++) {
		total += term;
		term /= n * k;
	}
	return total;
}

/** arctan(1/n) with any number of fraction bits, by its series. */
function arctanOfReciprocal(n: bigint, fractionBits: bigint): bigint {
	let power = (1n << fractionBits) / n;
	let total = 0n;
	for (let k = 1n; power !== 0n; k += 2n) {
		total += k % 4n === 1n ? power / k : -(power / k);
		power /= n * n;
	}
	return total;
}

/** π with any number of fraction bits, by Machin's formula; the last 16 of them are not to be trusted. */
export function circleConstant(fractionBits: bigint): bigint {
	return 16n * arctanOfReciprocal(5n, fractionBits) - 4n * arctanOfReciprocal(239n, fractionBits);
}
