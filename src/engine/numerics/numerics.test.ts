import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { exp, expm1 } from "./exp.ts";
import { log, log1p } from "./log.ts";
import { pow } from "./pow.ts";
import { cos, sin } from "./sin-cos.ts";
import { tanh } from "./tanh.ts";

/** An exact or nearly exact number: integer · 2^exponent. */
interface Exact {
	readonly integer: bigint;
	readonly exponent: number;
}

const BITS = 320;

function exactly(x: number): Exact {
	let exponent = 0;
	let integer = x;
	while (!Number.isInteger(integer)) {
		integer *= 2;
		exponent--;
	}
	return { integer: BigInt(integer), exponent };
}

function sizeOf(integer: bigint): number {
	return (integer < 0n ? -integer : integer).toString(2).length;
}

function scaled({ integer, exponent }: Exact, bits: number): bigint {
	const shift = BigInt(exponent + bits);
	return shift >= 0n ? integer << shift : integer >> -shift;
}

/** The distance of a double from a value in units of the value's last place as a double. */
function ulps(got: number, want: Exact): number {
	const last = Math.max(sizeOf(want.integer) + want.exponent - 53, -1074);
	if (!Number.isFinite(got)) return sizeOf(want.integer) + want.exponent > 1024 ? 0 : Number.POSITIVE_INFINITY;
	const found = exactly(got);
	const unit = Math.min(found.exponent, want.exponent, last - 20);
	const difference = scaled(found, -unit) - scaled(want, -unit);
	const size = difference < 0n ? -difference : difference;
	return Number((size * 4096n) >> BigInt(last - unit)) / 4096;
}

function arctan(numerator: bigint, denominator: bigint, bits: number): bigint {
	let power = (numerator << BigInt(bits)) / denominator;
	let total = 0n;
	for (let k = 1n; power !== 0n; k += 2n) {
		total += k % 4n === 1n ? power / k : -(power / k);
		power = (power * numerator * numerator) / (denominator * denominator);
	}
	return total;
}

/** ln m/n by the series of the inverse hyperbolic tangent. */
function logRatio(m: bigint, n: bigint, bits: number): bigint {
	let power = ((m - n) << BigInt(bits)) / (m + n);
	const square = (power * power) >> BigInt(bits);
	let total = 0n;
	for (let k = 1n; power !== 0n; k += 2n) {
		total += power / k;
		power = (power * square) >> BigInt(bits);
	}
	return 2n * total;
}

const LN2 = logRatio(2n, 1n, BITS + 1200) >> 1200n;
const LN2_LONG = logRatio(2n, 1n, BITS + 1200);

/** e^(angle · 2^−bits), by halving and the series. */
function exactExp(argument: bigint, bits: number): Exact {
	const ln2 = bits === BITS ? LN2 : LN2_LONG >> BigInt(BITS + 1200 - bits);
	const q = (2n * argument + ln2) / (2n * ln2) - (argument < 0n ? 1n : 0n);
	const r = argument - q * ln2;
	const one = 1n << BigInt(bits);
	let term = one;
	let total = one;
	for (let k = 1n; term !== 0n && term !== -1n; k++) {
		term = ((term * r) >> BigInt(bits)) / k;
		total += term;
	}
	return { integer: total, exponent: Number(q) - bits };
}

/** ln of an exact positive number, with `bits` fraction bits. */
function exactLog(value: Exact, bits: number): bigint {
	const size = sizeOf(value.integer);
	const one = 1n << BigInt(size - 1);
	return (
		logRatio(value.integer, one, bits) + BigInt(value.exponent + size - 1) * (LN2_LONG >> BigInt(BITS + 1200 - bits))
	);
}

function plus(a: Exact, b: Exact): Exact {
	const exponent = Math.min(a.exponent, b.exponent);
	return { integer: scaled(a, -exponent) + scaled(b, -exponent), exponent };
}

const ONE: Exact = { integer: 1n, exponent: 0 };
const MINUS_ONE: Exact = { integer: -1n, exponent: 0 };

/** Fraction bits that leave a number of this size its BITS. */
function bitsFor(x: number): number {
	return BITS + (Math.abs(x) < 1 ? Math.ceil(-Math.log2(Math.abs(x))) : 0);
}

function expReference(x: number): Exact {
	return exactExp(scaled(exactly(x), BITS), BITS);
}

function expm1Reference(x: number): Exact {
	const bits = bitsFor(x);
	return plus(exactExp(scaled(exactly(x), bits), bits), MINUS_ONE);
}

function tanhReference(x: number): Exact {
	const bits = bitsFor(x);
	const power = exactExp(scaled(exactly(2 * x), bits), bits);
	const above = plus(power, MINUS_ONE);
	const below = plus(power, ONE);
	return { integer: (above.integer << BigInt(bits)) / below.integer, exponent: above.exponent - below.exponent - bits };
}

function logReference(x: number): Exact {
	return { integer: exactLog(exactly(x), BITS), exponent: -BITS };
}

function log1pReference(x: number): Exact {
	const bits = bitsFor(x);
	return { integer: exactLog(plus(ONE, exactly(x)), bits), exponent: -bits };
}

function powReference(x: number, y: number): Exact {
	const power = exactLog(exactly(x), BITS) * exactly(y).integer;
	return exactExp(scaled({ integer: power, exponent: exactly(y).exponent - BITS }, BITS), BITS);
}

const TURN_BITS = 1600;
/** Gauss's formula. */
const HALF_TURN =
	48n * arctan(1n, 18n, TURN_BITS) + 32n * arctan(1n, 57n, TURN_BITS) - 20n * arctan(1n, 239n, TURN_BITS);

/** sin of x + quarters · π/2. */
function sineReference(x: number, quarters: number): Exact {
	const small = Math.abs(x) < 1e-9;
	const bits = Math.abs(x) > 1e15 || small ? TURN_BITS : 500;
	const halfTurn = HALF_TURN >> BigInt(TURN_BITS - bits);
	const angle = scaled(exactly(x), bits) + (BigInt(quarters) * halfTurn) / 2n;
	const turns = (angle + (angle < 0n ? -halfTurn : halfTurn)) / (2n * halfTurn);
	const r = angle - 2n * turns * halfTurn;
	const square = (r * r) >> BigInt(bits);
	let term = r;
	let total = r;
	for (let k = 2n; term !== 0n && term !== -1n; k += 2n) {
		term = -((term * square) >> BigInt(bits)) / (k * (k + 1n));
		total += term;
	}
	return { integer: total, exponent: -bits };
}

const draws = createRandom(20261124);
const between = (low: number, high: number) => low + (high - low) * draws.uniform();
const many = (count: number, draw: () => number) => Array.from({ length: count }, draw);

/** Doubles of every size: a random exponent in a range, a random mantissa, both signs. */
const sizes = (count: number, low: number, high: number) =>
	many(count, () => between(1, 2) * 2 ** Math.floor(between(low, high)) * (draws.uniform() < 0.5 ? -1 : 1));

function worst(f: (x: number) => number, reference: (x: number) => Exact, arguments_: readonly number[]) {
	let error = 0;
	let at = 0;
	for (const x of arguments_) {
		const own = ulps(f(x), reference(x));
		if (!(own <= error)) {
			error = own;
			at = x;
		}
	}
	return { error, at };
}

const same = (f: (x: number) => number, pairs: readonly (readonly [number, number])[]) => {
	for (const [x, want] of pairs) expect(Object.is(f(x), want), `f(${x}) is ${f(x)}, not ${want}`).toBe(true);
};

const INFINITY = Number.POSITIVE_INFINITY;
const SMALLEST = Number.MIN_VALUE;
const NORMAL = 2 ** -1022;
const NEXT_TO_ONE = [1 + 2 ** -52, 1 - 2 ** -53, 1 + 2 ** -30, 1 - 2 ** -30, 1 + 2 ** -8, 1 - 2 ** -8];

describe("the engine's elementary functions, against integers of hundreds of bits", () => {
	it("exp is within 1 ulp", () => {
		const edges = [709.782712893384, 709.79, -708.4, -740.1, -745.13, -745.134, 1e-300, SMALLEST, -SMALLEST];
		const { error, at } = worst(exp, expReference, [
			...edges,
			...many(4000, () => between(-745.13, 709.78)),
			...many(2000, () => between(-2, 2)),
			...sizes(500, -60, 9),
		]);
		expect(error, `at ${at}`).toBeLessThanOrEqual(1);
		same(exp, [
			[0, 1],
			[-0, 1],
			[INFINITY, INFINITY],
			[-INFINITY, 0],
			[Number.NaN, Number.NaN],
			[710, INFINITY],
			[1e300, INFINITY],
			[-746, 0],
			[-1e300, 0],
		]);
	});

	it("expm1 is within 1 ulp", () => {
		const { error, at } = worst(expm1, expm1Reference, [
			...[709.78, 700.5, -39.9, -40.1, -37, 1e-300, NORMAL, SMALLEST, -SMALLEST],
			...many(3000, () => between(-40, 40)),
			...many(3000, () => between(-0.02, 0.02)),
			...many(500, () => between(0, 709)),
			...sizes(500, -1074, 5),
		]);
		expect(error, `at ${at}`).toBeLessThanOrEqual(1);
		same(expm1, [
			[0, 0],
			[-0, -0],
			[INFINITY, INFINITY],
			[-INFINITY, -1],
			[Number.NaN, Number.NaN],
			[-1e300, -1],
			[710, INFINITY],
		]);
	});

	it("log is within 1 ulp", () => {
		const { error, at } = worst(log, logReference, [
			...[SMALLEST, 3 * SMALLEST, NORMAL, NORMAL / 2, Number.MAX_VALUE, 2, 0.5, 10, ...NEXT_TO_ONE],
			...many(3000, () => between(0.5, 2)),
			...many(2000, () => between(0.99, 1.01)),
			...sizes(1000, -1074, 1023).map(Math.abs),
		]);
		expect(error, `at ${at}`).toBeLessThanOrEqual(1);
		same(log, [
			[1, 0],
			[0, -INFINITY],
			[-0, -INFINITY],
			[-1, Number.NaN],
			[-SMALLEST, Number.NaN],
			[INFINITY, INFINITY],
			[-INFINITY, Number.NaN],
			[Number.NaN, Number.NaN],
		]);
	});

	it("log1p is within 1 ulp", () => {
		const { error, at } = worst(log1p, log1pReference, [
			...[
				SMALLEST,
				-SMALLEST,
				NORMAL,
				2 ** -53,
				-(2 ** -53),
				2 ** -54,
				-1 + 2 ** -53,
				Number.MAX_VALUE,
				2 ** 53,
				2 ** 53 + 2,
			],
			...many(2000, () => between(-1, 1)),
			...many(2000, () => between(-0.01, 0.01)),
			...sizes(1500, -1074, 1023).filter((x) => x > -1),
		]);
		expect(error, `at ${at}`).toBeLessThanOrEqual(1);
		same(log1p, [
			[0, 0],
			[-0, -0],
			[-1, -INFINITY],
			[-1.5, Number.NaN],
			[INFINITY, INFINITY],
			[-INFINITY, Number.NaN],
			[Number.NaN, Number.NaN],
		]);
	});

	it("tanh is within 1 ulp, and never beyond 1", () => {
		const places = [
			...[SMALLEST, -SMALLEST, NORMAL, 1e-300, 1e-20, 19.06, -19.06, 19.0625, 22, 700, 1 / 32, 3 / 32, 2 ** -27],
			...many(4000, () => between(-4, 4)),
			...many(1000, () => between(-0.1, 0.1)),
			...many(1000, () => between(-20, 20)),
			...sizes(500, -1074, 4),
		];
		const { error, at } = worst(
			tanh,
			tanhReference,
			places.filter((x) => Math.abs(x) < 300),
		);
		expect(error, `at ${at}`).toBeLessThanOrEqual(1);
		for (const x of places) expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1);
		same(tanh, [
			[0, 0],
			[-0, -0],
			[INFINITY, 1],
			[-INFINITY, -1],
			[Number.NaN, Number.NaN],
			[1e300, 1],
			[-30, -1],
		]);
	});

	it("pow is within 2 ulp", () => {
		let error = 0;
		let where = "";
		const pairs: [number, number][] = [
			[0.1, 1000 / 3],
			[1 + 2 ** -52, 2 ** 61],
			[1 - 2 ** -53, -(2 ** 62)],
			[SMALLEST, 0.3],
			[SMALLEST, -0.9],
			[Number.MAX_VALUE, 0.99],
			[2, -1073.5],
			[10, 300],
			[0.9999, 1e6],
			...many(2000, (): number => between(0, 3)).map((x): [number, number] => [x, between(-100, 100)]),
			...sizes(1000, -1074, 1023).map((x): [number, number] => [Math.abs(x), between(-1, 1)]),
			// Near 1 with large exponents, where the logarithm's last bits count most.
			...many(1000, () => between(0.99, 1.01)).map((x): [number, number] => [x, (700 / Math.log(x)) * between(-1, 1)]),
		];
		for (const [x, y] of pairs) {
			if (y === 0) continue;
			const own = ulps(pow(x, y), powReference(x, y));
			if (!(own <= error)) {
				error = own;
				where = `${x} ** ${y}`;
			}
		}
		expect(error, where).toBeLessThanOrEqual(2);
	});

	it("pow has JavaScript's special cases", () => {
		const specials = [
			0,
			-0,
			1,
			-1,
			0.5,
			-0.5,
			2,
			-2,
			3,
			-3,
			1e300,
			-1e300,
			2 ** 53 + 2,
			INFINITY,
			-INFINITY,
			Number.NaN,
			SMALLEST,
		];
		for (const x of specials) {
			for (const y of specials) {
				const want = x ** y;
				const got = pow(x, y);
				const edge = want === 0 || Math.abs(want) === 1 || !Number.isFinite(want);
				if (edge) expect(Object.is(got, want), `${x} ** ${y} is ${got}, not ${want}`).toBe(true);
				else expect(Math.abs(got / want - 1)).toBeLessThan(1e-15);
			}
		}
	});

	it("sin and cos are within 1 ulp, for arguments of every size", () => {
		const halves = Array.from({ length: 400 }, (_, n) => (n - 200) * (Math.PI / 2));
		const places = [
			...[
				SMALLEST,
				NORMAL,
				1e-300,
				Number.MAX_VALUE,
				1e22,
				6381956970095103 * 2 ** 797,
				0.7853981633974483,
				1048576,
				2 ** 53,
			],
			...halves,
			...many(2000, () => between(-8, 8)),
			...many(1000, () => between(-2e6, 2e6)),
			...sizes(300, -1074, 1023),
		];
		for (const [f, quarters] of [
			[sin, 0],
			[cos, 1],
		] as const) {
			const known = places.filter((x) => x !== 0);
			const { error, at } = worst(f, (x) => sineReference(x, quarters), known);
			expect(error, `${quarters === 0 ? "sin" : "cos"} at ${at}`).toBeLessThanOrEqual(1);
		}
		const nowhere: [number, number][] = [INFINITY, -INFINITY, Number.NaN].map((x) => [x, Number.NaN]);
		same(sin, [[0, 0], [-0, -0], ...nowhere]);
		same(cos, [[0, 1], [-0, 1], ...nowhere]);
	});
});
