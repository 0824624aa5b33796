import { tileAt, tileBox } from "../marks/tile-geometry.ts";
import { places } from "./columns.ts";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";

/** A unit by the place of its column in the picture. */
export interface GridPlace {
	readonly column: number;
	readonly unit: number;
}

const LEAST = 26;

export interface CellBox {
	/** Its middle. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** The lens stands in the unit's place. */
	readonly open: boolean;
}

/** Where a unit is drawn. */
export function boxOf(layout: NetworkLayout, column: PlacedColumn, unit: number): CellBox {
	const placed = column.units[unit];
	const { lens } = layout;
	const square = (x: number, y: number, size: number): CellBox => ({ x, y, width: size, height: size, open: false });
	if (placed?.open && lens !== null) {
		const { width, height } = lens;
		return { x: lens.x + width / 2, y: lens.y + height / 2, width, height, open: true };
	}
	if (placed !== undefined) return square(placed.x, placed.y, Math.max(LEAST, 2 * placed.r + 4));
	const { box, tiles } = column;
	if (box === null || tiles === null) return square(column.x, layout.top, LEAST);
	const { x, y, width } = tileBox(tiles, unit);
	return square(box.x + x + width / 2, box.y + y + width / 2, Math.max(width, 6));
}

/** Where a key leads: along the picture. Null for a key that moves nowhere. */
export function moveFrom(
	layout: NetworkLayout,
	{ column, unit }: GridPlace,
	{ key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
): GridPlace | null {
	const { columns } = layout;
	const here = columns[column];
	if (here === undefined) return null;
	const last = here.group.units - 1;
	const far = ctrlKey || metaKey;
	const { tiles } = here;
	const step = tiles === null ? 1 : tiles.columns;
	if (tiles !== null && (key === "ArrowLeft" || key === "ArrowRight")) {
		const next = unit + (key === "ArrowRight" ? 1 : -1);
		const sameRow = Math.floor(next / tiles.columns) === Math.floor(unit / tiles.columns);
		if (next >= 0 && next <= last && sameRow) return { column, unit: next };
	}
	if (tiles !== null && tiles.maps > 1 && (key === "PageUp" || key === "PageDown")) {
		const next = unit + (key === "PageDown" ? 1 : -1) * tiles.rows * tiles.columns;
		return next >= 0 && next <= last ? { column, unit: next } : { column, unit };
	}
	switch (key) {
		case "ArrowUp":
			return { column, unit: unit - step < 0 ? unit : unit - step };
		case "ArrowDown":
			return { column, unit: unit + step > last ? unit : unit + step };
		case "ArrowLeft":
		case "ArrowRight": {
			const next = column + (key === "ArrowRight" ? 1 : -1);
			const there = columns[next];
			return there === undefined ? { column, unit } : { column: next, unit: nearest(layout, here, unit, there) };
		}
		case "Home":
			return far ? { column: 0, unit: 0 } : { column, unit: 0 };
		case "End":
			return far
				? { column: columns.length - 1, unit: (columns.at(-1)?.group.units ?? 1) - 1 }
				: { column, unit: last };
		default:
			return null;
	}
}

/** The unit of another layer that lies most level with this one. */
function nearest(layout: NetworkLayout, from: PlacedColumn, unit: number, to: PlacedColumn): number {
	const { y } = boxOf(layout, from, unit);
	if (to.tiles !== null && to.box !== null) {
		const under = tileAt(to.tiles, to.tiles.cell / 2, Math.min(Math.max(y - to.box.y, 0), to.box.height - 0.5));
		return under ?? 0;
	}
	const distances = places(to.group.units).map((other) => Math.abs(boxOf(layout, to, other).y - y));
	return distances.indexOf(Math.min(...distances));
}
