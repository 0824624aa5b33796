import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { posterOf, posterSvg } from "./poster.ts";
import { posterPng } from "./poster-png.ts";

const colours = { ink: "#000000", paper: "#ffffff" };
const picture = posterOf([2, 3, 1]);

/** The red of one pixel of a PNG whose rows are not filtered. */
function redAt(png: Uint8Array, width: number, x: number, y: number): number {
	const bytes = Buffer.from(png);
	const start = bytes.indexOf("IDAT");
	const rows = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)));
	return rows[y * (3 * width + 1) + 1 + 3 * x];
}

describe("a preset's picture", () => {
	it("shows each unit of small layers, and stands for more than six", () => {
		expect(picture.discs).toHaveLength(6);
		expect(picture.edges).toHaveLength(9);
		expect(posterOf([784, 10]).discs).toHaveLength(12);
	});

	it("takes the text's colour inside a page and has its own as a file", () => {
		expect(posterSvg(picture, "a & b", null)).toMatch(/^<svg viewBox.*currentColor.*<title>a &amp; b<\/title>/);
		expect(posterSvg(picture, "a", colours)).toMatch(/^<svg width="720" height="390".*fill="#ffffff"/);
	});

	it("has the same rings as PNG: dark at the edge, the paper inside and between", () => {
		const png = posterPng(picture, colours);
		expect([...png.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
		for (const { x, y } of picture.discs) {
			expect(redAt(png, picture.width, x, y)).toBe(255);
			expect(redAt(png, picture.width, x + 20, y)).toBeLessThan(200);
		}
		expect(redAt(png, picture.width, 2, 2)).toBe(255);
	});
});
