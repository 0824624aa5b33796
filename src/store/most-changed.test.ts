import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyDenseRun } from "../engine/testing/dense-nets.ts";
import { createTraining } from "../engine/training.ts";
import { compareParameters, mostChanged, mostChangedElements } from "./most-changed.ts";

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

	it("of a parameter are those since the iteration that is asked about, whatever it was compared with before", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const training = createTraining(options);
				const [first, second, third] = [training.record(), training.record(), training.record()];
				expect([...compareParameters(first, third)]).toHaveLength(2 * third.parameters.length);
				for (const earlier of [first, second, first]) {
					for (const [learnable, { after }] of third.parameters.entries()) {
						const expected = mostChanged(earlier.parameters[learnable].after, after, 2);
						expect(mostChangedElements(earlier, third, learnable, "after")).toEqual(expected);
					}
				}
			}),
			{ numRuns: 20 },
		);
	});
});
