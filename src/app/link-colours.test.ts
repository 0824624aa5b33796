import { describe, expect, it } from "vitest";
import { checkColours, contrast, rgbOf } from "./link-colours.ts";

const light = { ink: rgbOf("#12161c"), surface: rgbOf("#ffffff"), plus: rgbOf("#0369a1"), minus: rgbOf("#c2410c") };

describe("the colours of a link", () => {
	it("counts contrast as WCAG does", () => {
		expect(contrast(rgbOf("#000000"), rgbOf("#ffffff"))).toBeCloseTo(21);
		expect(contrast(rgbOf("#777777"), rgbOf("#ffffff"))).toBeCloseTo(4.48, 2);
	});

	it("takes what can be read", () => {
		const asked = { bg: "#fffbe6", pos: "#1d4ed8", neg: "#b45309" };
		expect(checkColours(asked, light)).toEqual({ taken: asked, refused: [] });
		expect(checkColours({ bg: "transparent" }, light)).toEqual({ taken: { bg: "transparent" }, refused: [] });
	});

	it.each([
		["text on a dark ground", { bg: "#333333" }, "bg"],
		["a pale mark", { pos: "#ffe08a" }, "pos"],
		["two signs that look alike", { pos: "#b45309", neg: "#c2410c" }, "pos"],
		["red and green of one lightness", { pos: "#5a7a2a", neg: "#8a6a2a" }, "pos"],
	])("refuses %s", (_, asked, where) => {
		const { taken, refused } = checkColours(asked, light);
		expect(refused).toMatchObject([{ where }]);
		expect(Object.keys(taken)).not.toContain(where);
	});
});
