import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pileLayout, pileReach } from "./pile-layout.ts";
import {
	DIAMOND_CLAMP,
	diamondRadius,
	linearScale,
	MESSAGE,
	messageWidth,
	PENNANT,
	pennantHeight,
	RIBBON_CLAMP,
	ribbonWidth,
	symlog,
	symlogClamp,
	symmetricMaximum,
	tintShare,
	valveGap,
} from "./scales.ts";

const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });

describe("scales", () => {
	it("are symmetric and never shrink with size", () => {
		for (const scale of [ribbonWidth, messageWidth, pennantHeight, diamondRadius]) {
			fc.assert(
				fc.property(value, value, (a, b) => {
					expect(scale(a)).toBe(scale(-a));
					if (Math.abs(a) <= Math.abs(b)) expect(scale(a)).toBeLessThanOrEqual(scale(b));
				}),
			);
		}
	});

	it("clamp where the legend says", () => {
		expect(ribbonWidth(1)).toBe(5);
		expect(RIBBON_CLAMP).toBeCloseTo(3.24);
		expect(ribbonWidth(RIBBON_CLAMP * 0.99)).toBeLessThan(9);
		expect(ribbonWidth(RIBBON_CLAMP * 9)).toBe(9);
		const messageClamp = symlogClamp(MESSAGE);
		expect(messageClamp).toBeCloseTo(0.742, 3);
		expect(messageWidth(messageClamp * 0.99)).toBeLessThan(7);
		expect(messageWidth(messageClamp * 1.01)).toBe(7);
		expect(pennantHeight(0)).toBe(5);
		expect(pennantHeight(symlogClamp(PENNANT) * 1.01)).toBe(30);
		expect(diamondRadius(DIAMOND_CLAMP * 2)).toBe(diamondRadius(DIAMOND_CLAMP));
	});

	it("give a diamond an area linear in the symlog", () => {
		const ratio = diamondRadius(0.5) ** 2 / diamondRadius(0.05) ** 2;
		expect(ratio).toBeCloseTo(symlog(0.5) / symlog(0.05), 9);
	});

	it("tint by the layer's maximum, nothing for an exact zero", () => {
		expect(tintShare(0, 1)).toBe(0);
		expect(tintShare(-1, 1)).toBeCloseTo(0.54);
		expect(tintShare(0.5, 1)).toBeCloseTo(0.31);
		expect(tintShare(9, 1)).toBeCloseTo(0.54);
		expect(symmetricMaximum([0.2, -3, Number.NaN])).toBe(3);
		expect(symmetricMaximum([0, 0])).toBe(1);
	});

	it("open a valve in proportion and say when it is clamped", () => {
		expect(valveGap(0.25, 0.25)).toEqual({ degrees: 300, clamped: false });
		expect(valveGap(-0.125, 0.25).degrees).toBe(150);
		expect(valveGap(0, 0.25).degrees).toBe(0);
		expect(valveGap(2, 1)).toEqual({ degrees: 300, clamped: true });
	});
});

describe("a pile", () => {
	const terms = fc.array(fc.double({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 30 });

	it("stands on zero without gaps and its pieces add up to the partial sum", () => {
		fc.assert(
			fc.property(terms, fc.double({ noNaN: true, min: 0, max: 1 }), (values, t) => {
				const slivers = pileLayout(values, (number) => number * 3, t);
				const sum = slivers.reduce((total, { base, tip }) => total + (tip - base), 0);
				const expected = values.reduce(
					(total, number, index) => total + number * 3 * Math.min(1, Math.max(0, t * values.length - index)),
					0,
				);
				expect(sum).toBeCloseTo(expected, 6);
				for (const side of ["plus", "minus"]) {
					let end = 0;
					for (const sliver of slivers.filter(({ sign }) => sign === side)) {
						expect(sliver.base).toBeCloseTo(end, 9);
						end = sliver.tip;
					}
				}
			}),
		);
	});

	it("piles up in order: a quarter of the way, one of four has come", () => {
		const slivers = pileLayout([1, -2, 3, 4], linearScale(8, 80), 0.25);
		expect(slivers.map(({ tip }) => tip)).toEqual([10, 0, 10, 10]);
		expect(pileLayout([1, -2, 3, 4], linearScale(8, 80), 1).map(({ base, tip }) => [base, tip])).toEqual([
			[0, 10],
			[0, -20],
			[10, 40],
			[40, 80],
		]);
	});

	it("leaves what is not known out, and knows its reach", () => {
		expect(pileLayout([1, undefined, 2], (number) => number).map(({ index }) => index)).toEqual([0, 2]);
		expect(pileReach([1, -5, undefined, 3])).toBe(5);
	});
});
