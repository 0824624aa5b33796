import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTypedNumber } from "../../explain/number-text.ts";
import { fitNumber, textWidth } from "./fit-number.ts";
import { histogram } from "./histogram.ts";

describe("fitNumber", () => {
	it("gives up digits, then the zero before the mark, then a line, then the number", () => {
		expect(fitNumber(0.7344, 4, { digits: 3 }, 1)).toEqual(["0.734"]);
		expect(fitNumber(0.7344, 2.5, { digits: 3 }, 1)).toEqual(["0.73"]);
		expect(fitNumber(0.7344, 1.7, { digits: 3 }, 1)).toEqual([".73"]);
		expect(fitNumber(1.67e174, 3.3, { digits: 3 }, 2)).toEqual(["1.67", "·10¹⁷⁴"]);
		expect(fitNumber(1.67e174, 3.3, { digits: 3 }, 1)).toBeUndefined();
		expect(fitNumber(0.7344, 0.5, { digits: 3 }, 2)).toBeUndefined();
	});

	it("never gives a text wider than its room, nor one that reads as another number", () => {
		fc.assert(
			fc.property(
				fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
				fc.double({ noNaN: true, min: 0.5, max: 8 }),
				(value, width) => {
					const lines = fitNumber(value, width, { digits: 3 }, 2);
					if (!lines) return;
					for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
					const parsed = parseTypedNumber(lines.join(""));
					expect(parsed.ok && Math.abs(parsed.value - value)).toBeLessThanOrEqual(0.05 * Math.abs(value) + 1e-300);
				},
			),
		);
	});
});

describe("histogram", () => {
	it("counts every value once, symmetrically about zero", () => {
		expect(histogram([-2, -0.1, 0, 0.1, 2, 2, Number.NaN], 5)).toEqual({ maximum: 2, counts: [1, 0, 3, 0, 2] });
		fc.assert(
			fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
				expect(histogram(values, 13).counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
			}),
		);
	});
});
