import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostChanged } from "./changes.ts";

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5));

describe("the most changed numbers", () => {
	it("are those that sorting all by their change would put first", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(value, value), { maxLength: 40 }),
				fc.integer({ min: 1, max: 4 }),
				(pairs, count) => {
					const expected = pairs
						.map(([before, after], index) => ({ index, size: Math.abs(after - before) }))
						.filter(({ size }) => size > 0)
						.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size))
						.slice(0, count)
						.map(({ index }) => index)
						.sort((a, b) => a - b);
					const [before, after] = [pairs.map(([was]) => was), pairs.map(([, is]) => is)];
					expect(mostChanged(before, after, count)).toEqual(expected);
				},
			),
		);
	});
});
