import { encodeQR } from "qr";
import { describe, expect, it } from "vitest";
import { qrModules } from "./qr-modules.ts";

const drawn = (rows: readonly (readonly boolean[])[]) =>
	rows.map((row) => row.map((dark) => (dark ? "#" : ".")).join("")).join("\n");

/** The code as another program writes it, under each of the eight masks. */
const written = (text: string, ecc: "low" | "medium") =>
	([0, 1, 2, 3, 4, 5, 6, 7] as const).map((mask) => {
		const rows = encodeQR(text, "raw", { ecc, border: 1, encoding: "byte", mask });
		return drawn(rows.slice(1, -1).map((row) => row.slice(1, -1)));
	});

describe("a QR code", () => {
	it.each(["low", "medium"] as const)("is the one that another program writes, in every size (%s)", (correction) => {
		for (let length = 1; length < 2300; length += length < 300 ? 11 : 61) {
			const text = "https://example.org/net/?preset=xor#s=1.d.".padEnd(length, "Aq7-_z").slice(0, length);
			expect(written(text, correction)).toContain(drawn(qrModules(text, correction)));
		}
	});

	it("takes 2,900 bytes of a link, and refuses what no code holds", () => {
		expect(written("a".repeat(2900), "low")).toContain(drawn(qrModules("a".repeat(2900), "low")));
		expect(() => qrModules("a".repeat(2954), "low")).toThrow(RangeError);
	});
});
