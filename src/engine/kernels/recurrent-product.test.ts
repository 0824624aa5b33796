import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { addMultiplyTransposed, addOuterProducts, multiply } from "./gemm.ts";
import { addRecurrentTransposed, addStepGradients, recurrentProduct } from "./recurrent-product.ts";

/** Tiles' edges on both sides, one row, and weights too large to be held. */
const sizes = fc.record({
	times: fc.integer({ min: 1, max: 4 }),
	rows: fc.integer({ min: 1, max: 7 }),
	columns: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 13 }) }, fc.integer({ min: 300, max: 700 })),
	depth: fc.integer({ min: 1, max: 160 }),
});

describe("a product taken at every time step gives the bits of the dense products", () => {
	const holds = (
		check: (size: { times: number; rows: number; columns: number; depth: number }, drawn: DrawnArrays) => void,
	) =>
		fc.assert(
			fc.property(sizes, fc.integer(), (size, seed) => check(size, drawnFrom(seed))),
			{ numRuns: 40, examples: [[{ times: 2, rows: 4, columns: 600, depth: 150 }, 1]] },
		);

	it("a · bᵀ, added to what stands there", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const a = drawn(times * rows * depth);
			const weight = drawn(columns * depth);
			const out = drawn(times * rows * columns);
			const want = out.slice();
			const product = addRecurrentTransposed(a, weight, out, { times, rows, columns, depth });
			product.begin();
			for (let t = 0; t < times; t++) {
				product.step(t);
				addMultiplyTransposed(part(a, t, times), weight, part(want, t, times), rows, columns, depth);
			}
			expect(Array.from(out)).toEqual(Array.from(want));
		});
	});

	it("a · b", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const a = drawn(times * rows * depth);
			const weight = drawn(columns * depth);
			const out = drawn(times * rows * columns);
			const want = out.slice();
			const product = recurrentProduct(a, weight, out, { times, rows, columns, depth });
			product.begin();
			for (let t = times - 1; t >= 0; t--) {
				product.step(t);
				multiply(part(a, t, times), weight, part(want, t, times), rows, columns, depth);
			}
			expect(Array.from(out)).toEqual(Array.from(want));
		});
	});

	it("gradients of several weights that met the same diffs", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const steps = times * depth;
			const unitDiff = drawn(steps * columns);
			const met = [rows, rows + 1].map((inputs) => ({
				values: drawn(steps * inputs),
				inputs,
				diff: drawn(columns * inputs),
			}));
			const want = met.map(({ diff }) => diff.slice());
			addStepGradients(unitDiff, steps, columns, met);
			met.forEach(({ values, inputs, diff }, k) => {
				addOuterProducts(unitDiff, values, want[k], steps, columns, inputs);
				expect(Array.from(diff)).toEqual(Array.from(want[k]));
			});
		});
	});

	it("holds the weights as they are when a pass begins, whatever was held before", () => {
		const drawn = drawnFrom(1);
		const size = { times: 1, rows: 2, columns: 4, depth: 3 };
		const [a, first, second] = [drawn(6), drawn(12), drawn(12)];
		const [out, other] = [new Float64Array(8), new Float64Array(8)];
		const own = recurrentProduct(a, first, out, size);
		own.begin();
		recurrentProduct(a, second, other, size).begin();
		first.set(second);
		own.begin();
		own.step(0);
		multiply(a, second, other, 2, 4, 3);
		expect(Array.from(out)).toEqual(Array.from(other));
	});
});

type DrawnArrays = (count: number) => Float64Array;

function drawnFrom(seed: number): DrawnArrays {
	const random = createRandom(seed);
	return (count) => Float64Array.from({ length: count }, () => random.normal());
}

function part(buffer: Float64Array, t: number, times: number): Float64Array {
	const size = buffer.length / times;
	return buffer.subarray(t * size, (t + 1) * size);
}
