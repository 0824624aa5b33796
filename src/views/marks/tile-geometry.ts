/** How many maps of how many cells a layer is, one after the other in its blob. */
export interface TileShape {
	readonly maps: number;
	readonly rows: number;
	readonly columns: number;
	/** Cells in all; the last map may not be full. */
	readonly count: number;
}

/** Where tiles lie: maps in rows, each of cells in rows. Lengths in pixels from the corner of the whole. */
export interface TileGeometry extends TileShape {
	readonly width: number;
	readonly height: number;
	/** Edge of one cell. */
	readonly cell: number;
	/** Maps in one row, and the room between two. */
	readonly across: number;
	readonly gap: number;
}

/** Units of a layer that are drawn as marks of their own; of more as tiles. */
export const MOST_CELLS = 64;

export interface TileBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

const MOST_CELL = 26;

/** The largest maps that fit into a room, in the number of rows that lets them be largest. */
export function placeTiles(shape: TileShape, room: { readonly width: number; readonly height: number }): TileGeometry {
	const { maps, rows, columns } = shape;
	const gap = maps === 1 ? 0 : maps > 30 ? 2 : 4;
	let across = 1;
	let cell = 0;
	for (let count = 1; count <= maps; count++) {
		const wide = (room.width - (count - 1) * gap) / (count * columns);
		const down = Math.ceil(maps / count);
		const high = (room.height - (down - 1) * gap) / (down * rows);
		const size = Math.min(wide, high, MOST_CELL);
		if (size > cell) {
			cell = size;
			across = count;
		}
	}
	const down = Math.ceil(maps / across);
	return {
		...shape,
		cell,
		across,
		gap,
		width: across * columns * cell + (across - 1) * gap,
		height: down * rows * cell + (down - 1) * gap,
	};
}

/** The box of one map. */
export function mapBox({ across, gap, cell, columns, rows }: TileGeometry, map: number): TileBox {
	const width = columns * cell;
	const height = rows * cell;
	return { x: (map % across) * (width + gap), y: Math.floor(map / across) * (height + gap), width, height };
}

/** Map, row and column of a cell by its place in the blob. */
export function tilePlace({ rows, columns }: TileShape, place: number) {
	const inside = place % (rows * columns);
	return {
		map: Math.floor(place / (rows * columns)),
		row: Math.floor(inside / columns),
		column: inside % columns,
	};
}

/** The box of one cell. */
export function tileBox(geometry: TileGeometry, place: number): TileBox {
	const { map, row, column } = tilePlace(geometry, place);
	const { x, y } = mapBox(geometry, map);
	const { cell } = geometry;
	return { x: x + column * cell, y: y + row * cell, width: cell, height: cell };
}

/** The cell under a point; null between maps and beside them. */
export function tileAt(geometry: TileGeometry, x: number, y: number): number | null {
	const { across, gap, cell, columns, rows, maps, count } = geometry;
	const wide = columns * cell + gap;
	const high = rows * cell + gap;
	const mapColumn = Math.floor(x / wide);
	const mapRow = Math.floor(y / high);
	const column = Math.floor((x - mapColumn * wide) / cell);
	const row = Math.floor((y - mapRow * high) / cell);
	if (mapColumn < 0 || mapColumn >= across || mapRow < 0 || column < 0 || row < 0) return null;
	if (column >= columns || row >= rows) return null;
	const map = mapRow * across + mapColumn;
	const place = map * rows * columns + row * columns + column;
	return map < maps && place < count ? place : null;
}
