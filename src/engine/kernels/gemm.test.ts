import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { addMultiplyTransposed, addOuterProducts, multiply, multiplyTransposed } from "./gemm.ts";

/** Rows, columns and depth: tiny ones, ones at the edges of tiles, ones that are packed and cut into blocks. */
const sizes = fc.oneof(
	fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
	fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70 })),
	fc.tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 150 }), fc.integer({ min: 500, max: 1100 })),
	fc.tuple(fc.integer({ min: 60, max: 150 }), fc.integer({ min: 4, max: 9 }), fc.integer({ min: 500, max: 600 })),
);

function drawn(count: number, seed: number): Float64Array {
	const random = createRandom(seed);
	return Float64Array.from({ length: count }, () => random.normal());
}

/** Each sum from ascending k, in one accumulator. */
function plainly(
	[rows, columns, depth]: readonly [number, number, number],
	a: (m: number, k: number) => number,
	b: (n: number, k: number) => number,
	before: (at: number) => number = () => 0,
): number[] {
	return Array.from({ length: rows * columns }, (_, at) => {
		let total = 0;
		for (let k = 0; k < depth; k++) total += a(Math.floor(at / columns), k) * b(at % columns, k);
		return before(at) + total;
	});
}

describe("the dense products give the bits of plain sums over ascending k", () => {
	const holds = (check: (size: [number, number, number], seed: number) => void) =>
		fc.assert(fc.property(sizes, fc.integer(), check), { numRuns: 30, examples: [[[5, 7, 16385], 1]] });

	it("a · bᵀ", () => {
		holds((size, seed) => {
			const [rows, columns, depth] = size;
			const a = drawn(rows * depth, seed);
			const b = drawn(columns * depth, seed + 1);
			const out = new Float64Array(rows * columns).fill(7);
			const want = plainly(
				size,
				(m, k) => a[m * depth + k],
				(n, k) => b[n * depth + k],
			);
			multiplyTransposed(a, b, out, rows, columns, depth);
			expect(Array.from(out)).toEqual(want);
			const sum = out.slice();
			addMultiplyTransposed(a, b, sum, rows, columns, depth);
			expect(Array.from(sum)).toEqual(want.map((value) => value + value));
		});
	});

	it("a · b", () => {
		holds((size, seed) => {
			const [rows, columns, depth] = size;
			const a = drawn(rows * depth, seed);
			const b = drawn(columns * depth, seed + 1);
			const out = new Float64Array(rows * columns).fill(7);
			multiply(a, b, out, rows, columns, depth);
			expect(Array.from(out)).toEqual(
				plainly(
					size,
					(m, k) => a[m * depth + k],
					(n, k) => b[k * columns + n],
				),
			);
		});
	});

	it("+ aᵀ · b", () => {
		holds((size, seed) => {
			const [rows, columns, depth] = size;
			const a = drawn(rows * depth, seed);
			const b = drawn(columns * depth, seed + 1);
			const out = drawn(rows * columns, seed + 2);
			const before = out.slice();
			addOuterProducts(a, b, out, depth, rows, columns);
			expect(Array.from(out)).toEqual(
				plainly(
					size,
					(m, k) => a[k * rows + m],
					(n, k) => b[k * columns + n],
					(at) => before[at],
				),
			);
		});
	});
});
