import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { addMultiplyTransposed, addOuterProducts } from "./gemm.ts";
import { addCol2im, columnCount, columnRows, im2col, imageSize, type WindowGeometry } from "./im2col.ts";
import { addSparseGradient, addSparsePullBack, allFinite, fitsSparse, isSparse, packWeight } from "./sparse-product.ts";
import { padImage, unpadImage, windowTable } from "./window-table.ts";

const bits = (numbers: Float64Array) => Array.from(new BigUint64Array(numbers.buffer));

/** Random numbers, a share of them 0 or −0. */
function randomNumbers(count: number, seed: number, zeros: number): Float64Array {
	const random = createRandom(seed);
	return Float64Array.from({ length: count }, () => {
		const value = 2 * random.uniform() - 1;
		if (random.uniform() >= zeros) return value;
		return value < 0 ? -0 : 0;
	});
}

/** Both ways back, through whole products and through what is not 0, from the same numbers. */
function waysBack(window: WindowGeometry, outputs: number, zeros: number, seed: number) {
	const rows = columnRows(window);
	const places = columnCount(window);
	const image = randomNumbers(imageSize(window), seed, 0);
	const weight = randomNumbers(outputs * rows, seed + 1, 0);
	const diff = randomNumbers(outputs * places, seed + 2, zeros);
	const start = randomNumbers(outputs * rows, seed + 3, 0);

	const columns = new Float64Array(rows * places);
	const whole = { gradient: start.slice(), imageDiff: new Float64Array(image.length) };
	im2col(image, columns, window);
	addMultiplyTransposed(diff, columns, whole.gradient, outputs, rows, places);
	columns.fill(0);
	addOuterProducts(weight, diff, columns, outputs, rows, places);
	addCol2im(columns, whole.imageDiff, window);

	const sizes = { outputs, places, rows };
	expect(fitsSparse(sizes)).toBe(true);
	const table = windowTable(window);
	const padded = new Float64Array(table.size);
	const sparse = { gradient: start.slice(), imageDiff: new Float64Array(image.length) };
	if (table.rowStarts === null) padded.set(image);
	else padImage(image, table.rowStarts, padded);
	addSparseGradient(sizes, table, diff, padded, sparse.gradient);
	padded.fill(0);
	packWeight(sizes, weight);
	addSparsePullBack(sizes, table, diff, padded);
	if (table.rowStarts === null) sparse.imageDiff.set(padded);
	else unpadImage(padded, table.rowStarts, sparse.imageDiff);
	return { whole, sparse };
}

describe("a convolution's way back over what is not 0", () => {
	const size = fc.integer({ min: 1, max: 3 });
	const axis = fc.record({
		kernel: size,
		stride: size,
		dilation: fc.integer({ min: 1, max: 2 }),
		pad: fc.integer({ min: 0, max: 2 }),
		out: fc.integer({ min: 1, max: 6 }),
		spare: fc.integer({ min: 0, max: 1 }),
	});
	const anyWindow = fc
		.record({ channels: size, axes: fc.array(axis, { minLength: 1, maxLength: 3 }) })
		.map(({ channels, axes }): WindowGeometry => {
			const image = axes.map(({ kernel, stride, dilation, pad, out, spare }) =>
				Math.max(1, (out - 1) * stride + dilation * (kernel - 1) + 1 + Math.min(spare, stride - 1) - 2 * pad),
			);
			const axesOut = axes.map(({ kernel, stride, dilation, pad }, k) =>
				Math.floor((image[k] + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1),
			);
			return {
				channels,
				image,
				out: axesOut,
				kernel: axes.map(({ kernel }) => kernel),
				stride: axes.map(({ stride }) => stride),
				pad: axes.map(({ pad }) => pad),
				dilation: axes.map(({ dilation }) => dilation),
			};
		});

	it("gives the bits of the whole products, whatever the window and the share of zeros", () => {
		fc.assert(
			fc.property(
				anyWindow,
				fc.integer({ min: 1, max: 12 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.integer({ min: 1, max: 1e6 }),
				(window, outputs, zeros, seed) => {
					const { whole, sparse } = waysBack(window, outputs, zeros, seed);
					expect(bits(sparse.gradient)).toEqual(bits(whole.gradient));
					expect(bits(sparse.imageDiff)).toEqual(bits(whole.imageDiff));
				},
			),
			{ numRuns: 200 },
		);
	});

	it("does so where the image is larger than what is packed at once", () => {
		const window = {
			channels: 3,
			image: [54, 54],
			out: [50, 50],
			kernel: [5, 5],
			stride: [1, 1],
			pad: [0, 0],
			dilation: [1, 1],
		};
		const { whole, sparse } = waysBack(window, 4, 0.75, 5);
		expect(bits(sparse.gradient)).toEqual(bits(whole.gradient));
		expect(bits(sparse.imageDiff)).toEqual(bits(whole.imageDiff));
	});

	it("is refused to what does not fit", () => {
		expect(fitsSparse({ outputs: 1, places: 20000, rows: 9 })).toBe(false);
		expect(fitsSparse({ outputs: 256, places: 16, rows: 1152 })).toBe(false);
		expect(fitsSparse({ outputs: 70, places: 1000, rows: 9 })).toBe(false);
	});
});

describe("when zeros may be left out", () => {
	it("few numbers are other than 0", () => {
		expect(isSparse(Float64Array.of(0, 1, -0, 0, 2))).toBe(true);
		expect(isSparse(Float64Array.of(0, 1, 0, 2))).toBe(false);
		expect(isSparse(Float64Array.of(0, Number.NaN, Number.NaN))).toBe(false);
	});

	it("all factors are finite, since 0 times another is no number", () => {
		expect(allFinite(Float64Array.of(1, -Number.MAX_VALUE, 0))).toBe(true);
		for (const other of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
			expect(allFinite(Float64Array.of(0, other, 1))).toBe(false);
	});
});
