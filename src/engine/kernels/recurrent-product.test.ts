import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { addMultiplyTransposed, addOuterProducts, multiply } from "./gemm.ts";
import { joinedProduct } from "./joined-product.ts";
import { addRecurrentTransposed, addStepGradients, recurrentPullBack } from "./recurrent-product.ts";

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

	it("two at once, the second on what the first and the bias gave", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const [first, second] = [5, depth].map((terms) => factorOf(drawn, times * rows, columns, terms));
			const bias = drawn(columns);
			const [sums, total] = [drawn(times * rows * columns), drawn(times * rows * columns)];
			const product = joinedProduct(first, bias, second, sums, total, rows, columns);
			if (product === null) return;
			const wantSums = sums.map((_, at) => bias[at % columns]);
			addMultiplyTransposed(first.values, first.weight, wantSums, times * rows, columns, 5);
			const wantTotal = wantSums.slice();
			addMultiplyTransposed(second.values, second.weight, wantTotal, times * rows, columns, depth);
			product.begin();
			for (let t = 0; t < times; t++) product.step(t);
			expect(Array.from(sums)).toEqual(Array.from(wantSums));
			expect(Array.from(total)).toEqual(Array.from(wantTotal));
		});
	});

	it("a · b through two weights, the first time step's state left out", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const a = drawn(times * rows * depth);
			const [state, inputs] = [columns, 5].map((columns) => ({
				weight: drawn(depth * columns),
				columns,
				out: drawn(times * rows * columns),
			}));
			const [wantState, wantInputs] = [state.out.slice(), inputs.out.slice()];
			const back = recurrentPullBack(a, state, inputs, { times, rows, depth });
			back.begin();
			for (let t = times - 1; t >= 0; t--) {
				back.step(t);
				const from = part(a, t, times);
				if (t > 0) multiply(from, state.weight, part(wantState, t, times), rows, columns, depth);
				multiply(from, inputs.weight, part(wantInputs, t, times), rows, inputs.columns, depth);
			}
			back.end();
			expect(Array.from(state.out)).toEqual(Array.from(wantState));
			expect(Array.from(inputs.out)).toEqual(Array.from(wantInputs));
		});
	});

	it("gradients of several weights that met the same diffs", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const steps = times * depth;
			const unitDiff = drawn(steps * columns);
			const met = [rows, rows + 1].map((inputs) => ({
				values: drawn(steps * inputs),
				inputs,
				from: 0,
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

	it("leaves the products of a state of zeros out", () => {
		holds(({ times, rows, columns, depth }, drawn) => {
			const [first, second] = [5, depth].map((terms) => factorOf(drawn, times * rows, columns, terms));
			second.values.fill(-0, 0, rows * depth);
			const [sums, total] = [drawn(times * rows * columns), drawn(times * rows * columns)];
			const product = joinedProduct(first, drawn(columns), second, sums, total, rows, columns);
			if (product === null) return;
			product.begin();
			product.step(0);
			const want = [Array.from(sums), Array.from(total)];
			sums.fill(0, 0, rows * columns);
			total.fill(0, 0, rows * columns);
			product.stepFromZeros();
			expect([Array.from(sums), Array.from(total)]).toEqual(want);
		});
		holds(({ times, rows, columns, depth }, drawn) => {
			const steps = times * depth;
			const unitDiff = drawn(steps * columns);
			const values = drawn(steps * rows).fill(0, 0, depth * rows);
			const diff = drawn(columns * rows);
			const want = diff.slice();
			addStepGradients(unitDiff, steps, columns, [{ values, inputs: rows, from: depth, diff }]);
			addStepGradients(unitDiff, steps, columns, [{ values, inputs: rows, from: 0, diff: want }]);
			expect(Array.from(diff)).toEqual(Array.from(want));
		});
	});

	it("holds the weights as they are when a pass begins, whatever was held before", () => {
		const drawn = drawnFrom(1);
		const size = { times: 1, rows: 2, columns: 4, depth: 3 };
		const [a, weight, other] = [drawn(6), drawn(12), drawn(12)];
		const out = new Float64Array(8);
		const own = addRecurrentTransposed(a, weight, out, size);
		own.begin();
		weight.set(drawn(12));
		addRecurrentTransposed(a, other, new Float64Array(8), size).begin();
		own.begin();
		own.step(0);
		const want = new Float64Array(8);
		addMultiplyTransposed(a, weight, want, 2, 4, 3);
		expect(Array.from(out)).toEqual(Array.from(want));
	});
});

const factorOf = (drawn: DrawnArrays, steps: number, columns: number, terms: number) => ({
	values: drawn(steps * terms),
	weight: drawn(columns * terms),
	depth: terms,
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
