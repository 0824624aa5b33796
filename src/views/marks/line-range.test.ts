import { describe, expect, it } from "vitest";
import type { Editable } from "../../store/editable.ts";
import { chartRange, lineRange, niceCeiling, snap, stepped } from "./line-range.ts";

const weight: Editable = { kind: "parameter", iteration: 1, layer: "hidden", slot: 0, index: 0 };
const label: Editable = { kind: "data", role: "target", blob: "label", sample: 0, index: 0, classes: 10 };
const setting = (name: "baseLr" | "momentum" | "weightDecay"): Editable => ({
	kind: "solver",
	iteration: 1,
	setting: name,
});

describe("the line a number is dragged on", () => {
	it("holds the former value with room on both sides, and what is typed", () => {
		expect(lineRange(weight, 0.4, 0.4)).toEqual({ minimum: -1, maximum: 1, step: 0.01 });
		expect(lineRange(weight, -3.2, -3.2)).toMatchObject({ minimum: -5, maximum: 5 });
		expect(lineRange(weight, 0.4, -37)).toMatchObject({ minimum: -50, maximum: 50 });
		expect(lineRange(setting("baseLr"), 0.5, 0.5)).toEqual({ minimum: 0, maximum: 1, step: 0.01 });
		expect(lineRange(setting("momentum"), 0.9, 0.9).maximum).toBe(1);
		expect(lineRange(setting("weightDecay"), 0, 0).maximum).toBe(0.1);
		expect(lineRange(label, 3, 3)).toEqual({ minimum: 0, maximum: 9, step: 1 });
	});

	it("does not change while one drags within it", () => {
		const range = lineRange(weight, 0.4, 0.4);
		for (const value of [-1, -0.31, 0, 0.99, 1]) expect(lineRange(weight, 0.4, value)).toEqual(range);
	});

	it("stops a drag at round values within it", () => {
		const range = lineRange(weight, 0.4, 0.4);
		expect(snap(0.29999999, range)).toBe(0.3);
		expect(snap(-7, range)).toBe(-1);
		expect(snap(3.6, lineRange(label, 3, 3))).toBe(4);
	});

	it("takes keys: small steps, larger ones, the former value", () => {
		const range = lineRange(weight, 0.4, 0.4);
		expect(stepped("ArrowRight", 0.1, 0.4, range)).toBe(0.11);
		expect(stepped("ArrowDown", -0.995, 0.4, range)).toBe(-1);
		expect(stepped("PageUp", 0.2, 0.4, range)).toBe(0.3);
		expect(stepped("Home", -1, 0.4, range)).toBe(0.4);
		expect(stepped("PageDown", 3, 3, lineRange(label, 3, 3))).toBe(2);
		expect(stepped("a", 0, 0.4, range)).toBeNull();
	});
});

describe("the chart's span", () => {
	it("is wider than the line, but not for what stands between limits", () => {
		expect(chartRange(weight, lineRange(weight, 0.4, 0.4))).toEqual([-4, 4]);
		expect(chartRange(weight, lineRange(weight, 3, 3))).toEqual([-10, 10]);
		expect(chartRange(label, lineRange(label, 3, 3))).toEqual([0, 9]);
		expect(chartRange(setting("baseLr"), lineRange(setting("baseLr"), 1.5, 1.5))).toEqual([0, 5]);
	});

	it("rounds up to 1, 2, 5 times a power of ten", () => {
		expect([0.3, 1, 1.01, 3, 7, 1e-7, 2e200].map(niceCeiling)).toEqual([0.5, 1, 2, 5, 10, 1e-7, 2e200]);
	});
});
