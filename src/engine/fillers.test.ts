import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill } from "./fill.ts";
import { fillerSchema } from "./fillers.ts";
import { createRandom } from "./random.ts";
import { type PlainSettings, readSettings } from "./settings.ts";
import { countOf, type Shape } from "./shape.ts";

function filled(shape: Shape, written: PlainSettings, seed = 1): Float64Array {
	const values = new Float64Array(countOf(shape));
	fill(values, shape, readSettings(fillerSchema, written, { layer: "test", precision: "double" }), createRandom(seed));
	return values;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
function deviation(values: Float64Array): number {
	const centre = mean(values);
	return Math.sqrt(mean(values.map((value) => (value - centre) * (value - centre))));
}

describe("fillers", () => {
	it("fill with a constant, 0 where nothing is written", () => {
		expect([...filled([2, 2], {})]).toEqual([0, 0, 0, 0]);
		expect([...filled([3], { value: 0.5 })]).toEqual([0.5, 0.5, 0.5]);
	});

	it("draw between bounds", () => {
		const values = filled([100, 100], { type: "uniform", min: -0.5, max: 1.5 });
		expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.5);
		expect(Math.max(...values)).toBeLessThan(1.5);
		expect(mean(values)).toBeCloseTo(0.5, 1);
	});

	it("draw normal values, some of them left out where they are to be sparse", () => {
		const values = filled([100, 200], { type: "gaussian", mean: 2, std: 0.5 });
		expect(mean(values)).toBeCloseTo(2, 1);
		expect(deviation(values)).toBeCloseTo(0.5, 1);
		// Each entry is kept with probability sparse ÷ shape[0].
		const sparse = filled([100, 200], { type: "gaussian", std: 1, sparse: 10 });
		expect(sparse.filter((value) => value !== 0).length / sparse.length).toBeCloseTo(0.1, 1);
	});

	it("make each slice of a unit ball sum to 1", () => {
		const values = filled([3, 4], { type: "positive_unitball" });
		for (let row = 0; row < 3; row++) expect(mean(values.subarray(4 * row, 4 * row + 4)) * 4).toBeCloseTo(1, 12);
		expect(Math.min(...values)).toBeGreaterThan(0);
	});

	it.each([
		["FAN_IN", 50],
		["FAN_OUT", 200],
		["AVERAGE", 125],
	])("scale xavier and msra by %s", (variance_norm, n) => {
		const shape = [200, 50];
		const xavier = filled(shape, { type: "xavier", variance_norm });
		const bound = Math.sqrt(3 / n);
		expect(Math.max(...xavier.map(Math.abs))).toBeLessThanOrEqual(bound);
		expect(deviation(xavier) / Math.sqrt(1 / n)).toBeCloseTo(1, 1);
		expect(deviation(filled(shape, { type: "msra", variance_norm })) / Math.sqrt(2 / n)).toBeCloseTo(1, 1);
	});

	it("interpolate bilinearly, the same in every plane", () => {
		const kernel = [0.25, 0.75, 0.75, 0.25];
		const plane = kernel.flatMap((a) => kernel.map((b) => a * b));
		expect([...filled([2, 1, 4, 4], { type: "bilinear" })]).toEqual([...plane, ...plane]);
	});

	it("draw the same from the same seed and something else from the next", () => {
		fc.assert(
			fc.property(
				fc.constantFrom("uniform", "gaussian", "positive_unitball", "xavier", "msra"),
				fc.integer(),
				(type, seed) => {
					expect(filled([4, 3], { type }, seed)).toEqual(filled([4, 3], { type }, seed));
					expect(filled([4, 3], { type }, seed)).not.toEqual(filled([4, 3], { type }, seed + 1));
				},
			),
		);
	});
});
