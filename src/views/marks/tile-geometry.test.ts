import { describe, expect, it } from "vitest";
import { placeTiles, type TileShape, tileAt, tileBox } from "./tile-geometry.ts";

const shapes: readonly (readonly [string, TileShape])[] = [
	["an image", { maps: 1, rows: 28, columns: 28, count: 784 }],
	["twenty maps", { maps: 20, rows: 24, columns: 24, count: 11_520 }],
	["fifty small maps", { maps: 50, rows: 4, columns: 4, count: 800 }],
	["a square that is not full", { maps: 1, rows: 23, columns: 23, count: 500 }],
];

describe.each(shapes)("tiles of %s", (_, shape) => {
	it.each([
		[120, 500],
		[30, 500],
		[168, 168],
	])("fit into %i × %i, each found where it is drawn", (width, height) => {
		const geometry = placeTiles(shape, { width, height });
		expect(geometry.width).toBeLessThanOrEqual(width + 1e-9);
		expect(geometry.height).toBeLessThanOrEqual(height + 1e-9);
		for (let place = 0; place < shape.count; place += 7) {
			const { x, y, width: wide, height: high } = tileBox(geometry, place);
			expect(tileAt(geometry, x + wide / 2, y + high / 2)).toBe(place);
		}
	});

	it("are nowhere outside", () => {
		const geometry = placeTiles(shape, { width: 120, height: 500 });
		expect(tileAt(geometry, -1, 5)).toBeNull();
		expect(tileAt(geometry, 5, -1)).toBeNull();
		expect(tileAt(geometry, geometry.width + 1, 5)).toBeNull();
		expect(tileAt(geometry, 5, geometry.height + 1)).toBeNull();
	});
});
