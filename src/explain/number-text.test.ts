import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataValue, formatNumber, formatReading, parseTypedNumber, spokenNumber, TYPED_LIMIT } from "./number-text.ts";
import { makeReading } from "./reading.ts";

function parsed(text: string): number | string {
	const result = parseTypedNumber(text);
	return result.ok ? result.value : result.problem.code;
}

describe("formatNumber", () => {
	it.each([
		[0, "0"],
		[-0, "0"],
		[0.5 + Number.EPSILON, "0.5000"],
		[1, "1"],
		[-173, "−173"],
		[0.298371109, "0.2984"],
		[-0.03915, "−0.03915"],
		[0.75136507, "0.7514"],
		[1.015, "1.015"],
		[0.4, "0.40"],
		[0.05, "0.05"],
		[0.15, "0.15"],
		[1.5, "1.50"],
		[0.001, "0.001"],
		[0.99999, "1.000"],
		[123456, "123456"],
		[12345.6, "12350"],
		[999999.6, "1·10⁶"],
		[1e6, "1·10⁶"],
		[5.5e231, "5.5·10²³¹"],
		[-1.92e174, "−1.920·10¹⁷⁴"],
		[0.0001, "0.0001"],
		[5e-5, "5·10⁻⁵"],
		[0.00009999, "9.999·10⁻⁵"],
		[0.000099999, "0.0001000"],
		[Number.POSITIVE_INFINITY, "∞"],
		[Number.NEGATIVE_INFINITY, "−∞"],
		[Number.NaN, "NaN"],
	])("writes %d as %s", (value, text) => {
		expect(formatNumber(value)).toBe(text);
	});

	it("takes digits, a decimal comma, a plus and full precision", () => {
		expect(formatNumber(0.298371109, { digits: 6 })).toBe("0.298371");
		expect(formatNumber(5.5e231, { digits: 2 })).toBe("5.5·10²³¹");
		expect(formatNumber(-0.5123, { digits: 3, decimal: "," })).toBe("−0,512");
		expect(formatNumber(0.5, { digits: 2, plus: true })).toBe("+0.50");
		expect(formatNumber(0, { plus: true })).toBe("0");
		expect(formatNumber(0.1 + 0.2, { full: true })).toBe("0.30000000000000004");
		expect(formatNumber(1 / 3, { digits: 100 })).toBe("0.33333333");
	});
});

describe("parseTypedNumber", () => {
	it.each([
		["-1/3", -1 / 3],
		["−0,333", -0.333],
		[".5", 0.5],
		["5.", 5],
		["+2", 2],
		["1e-3", 0.001],
		["1E3", 1000],
		["1·10^-3", 0.001],
		["1 × 10^2", 100],
		["5.5·10⁻⁵", 5.5e-5],
		[" 1 / 4 ", 0.25],
		["1,5/0,5", 3],
		["−1/−4", 0.25],
		["", "empty"],
		["   ", "empty"],
		["abc", "not-a-number"],
		["1.2.3", "not-a-number"],
		["1,000,000", "not-a-number"],
		["1/2/3", "not-a-number"],
		["NaN", "not-a-number"],
		["Infinity", "not-a-number"],
		["∞", "not-a-number"],
		["0x10", "not-a-number"],
		["--1", "not-a-number"],
		["1 2", "not-a-number"],
		["/2", "not-a-number"],
		["1/", "not-a-number"],
		["1e", "not-a-number"],
		["1/0", "division-by-zero"],
		["1e301", "too-large"],
		["1e999/1e999", "too-large"],
	])("reads %j as %s", (text, expected) => {
		expect(parsed(text)).toBe(expected);
	});

	it("gives a bounded number or a problem, whatever is typed", () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789.,-−+/e·^10⁻² ") })),
				(text) => {
					const result = parseTypedNumber(text);
					if (result.ok) expect(Math.abs(result.value)).toBeLessThanOrEqual(TYPED_LIMIT);
					else expect(result.problem.code).not.toBe("");
				},
			),
		);
	});
});

describe("text and back", () => {
	const shown = fc.double({ noNaN: true, min: -1e299, max: 1e299 });

	it("parses back to the value rounded to its digits, with either decimal mark", () => {
		fc.assert(
			fc.property(shown, fc.integer({ min: 2, max: 8 }), fc.constantFrom(".", ","), (value, digits, decimal) => {
				const text = formatNumber(value, { digits, decimal: decimal === "," ? "," : "." });
				const whole = Number.isInteger(value) && Math.abs(Number(value.toPrecision(digits))) < 1e6;
				expect(parsed(text)).toBe(whole ? value + 0 : Number(value.toPrecision(digits)) + 0);
			}),
			{ numRuns: 2000 },
		);
	});

	it("parses back bit for bit from the full text", () => {
		fc.assert(
			fc.property(shown, (value) => {
				expect(parsed(formatNumber(value, { full: true }))).toBe(value + 0);
			}),
			{ numRuns: 2000 },
		);
	});

	it("never shows a hyphen, a minus before zero or an exponent letter", () => {
		fc.assert(
			fc.property(shown, (value) => {
				expect(formatNumber(value)).not.toMatch(/[-e]|^−0$/);
			}),
		);
	});
});

describe("readings", () => {
	it("are a dot while unknown, a dash where not computed, and have a full value only when known", () => {
		const known = makeReading("a", null, "known", -0.0421234567);
		const later = makeReading("b", null, "not-yet", 3);
		const never = makeReading("c", null, "not-computed", 3);
		const broken = makeReading("d", null, "known", Number.NEGATIVE_INFINITY);
		expect([known, later, never, broken].map((reading) => formatReading(reading))).toEqual([
			"−0.04212",
			"·",
			"–",
			"−∞",
		]);
		expect([known, later, never, broken].map(dataValue)).toEqual(["-0.0421234567", undefined, undefined, "-Infinity"]);
	});
});

describe("spokenNumber", () => {
	it("has words for the sign and the power", () => {
		expect(spokenNumber(-0.042, "en", { digits: 2 })).toBe("minus 0.042");
		expect(spokenNumber(-0.042, "zh-CN", { digits: 2 })).toBe("负 0.042");
		expect(spokenNumber(5.5e-9, "en", { digits: 2 })).toBe("5.5 times ten to the minus 9");
		expect(spokenNumber(5.5e231, "zh-CN", { digits: 2 })).toBe("5.5 乘以十的 231 次方");
		expect(spokenNumber(Number.NEGATIVE_INFINITY, "en")).toBe("minus infinity");
		expect(spokenNumber(Number.NaN, "zh-CN")).toBe("非数");
	});
});
