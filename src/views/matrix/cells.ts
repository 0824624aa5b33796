import type { CellPlace } from "./blocks.ts";
import { type Box, cellBox, type PlacedBlock } from "./boxes.ts";
import type { MatrixLayout } from "./layout.ts";

/** A cell: which of a layout's blocks, and where in it. */
export interface CellAddress extends CellPlace {
	readonly block: number;
}

export function sameCell(a: CellAddress | null, b: CellAddress | null): boolean {
	return a === b || (a !== null && b !== null && a.block === b.block && a.row === b.row && a.column === b.column);
}

/** The cell at a point; a gap belongs to the cell before it. */
export function cellAt({ blocks }: MatrixLayout, x: number, y: number): CellAddress | null {
	for (const [block, placed] of blocks.entries()) {
		const column = Math.floor((x - placed.x) / placed.pitchX);
		const row = Math.floor((y - placed.y) / placed.pitchY);
		if (row >= 0 && column >= 0 && row < placed.block.rows && column < placed.block.columns) {
			return { block, row, column };
		}
	}
	return null;
}

/** The rows and columns of a block that a window shows, and one more on each side. */
export function visiblePart(
	placed: PlacedBlock,
	window: Box,
): { readonly rows: readonly [number, number]; readonly columns: readonly [number, number] } | null {
	const range = (start: number, pitch: number, count: number, from: number, size: number): [number, number] => [
		Math.max(0, Math.floor((from - start) / pitch) - 1),
		Math.min(count, Math.ceil((from + size - start) / pitch) + 1),
	];
	const rows = range(placed.y, placed.pitchY, placed.block.rows, window.y, window.height);
	const columns = range(placed.x, placed.pitchX, placed.block.columns, window.x, window.width);
	return rows[0] < rows[1] && columns[0] < columns[1] ? { rows, columns } : null;
}

const middleX = (box: Box) => box.x + box.width / 2;

/** Cells that stand in one line with a row of a block, from left to right: that row in all blocks of the band. */
function line({ blocks }: MatrixLayout, { block, row }: CellAddress): readonly CellAddress[] {
	const own = blocks[block];
	return blocks
		.map((placed, index) => ({ placed, index }))
		.filter(({ placed }) => placed.table === own.table && placed.band === own.band && row < placed.block.rows)
		.flatMap(({ placed, index }) =>
			Array.from({ length: placed.block.columns }, (_, column) => ({ block: index, row, column })),
		);
}

/** Where an arrow key (or Home, End with or without Ctrl) leads from a cell; null for other keys. */
export function moveCell(layout: MatrixLayout, from: CellAddress, key: string, far: boolean): CellAddress | null {
	const own = line(layout, from);
	const place = own.findIndex((cell) => sameCell(cell, from));
	const first = { block: 0, row: 0, column: 0 };
	const end = layout.blocks[layout.blocks.length - 1].block;
	switch (key) {
		case "ArrowLeft":
			return own[place - 1] ?? beside(layout, from, -1) ?? from;
		case "ArrowRight":
			return own[place + 1] ?? beside(layout, from, 1) ?? from;
		case "Home":
			return far ? first : own[0];
		case "End":
			return far
				? { block: layout.blocks.length - 1, row: end.rows - 1, column: end.columns - 1 }
				: own[own.length - 1];
		case "ArrowUp":
		case "ArrowDown":
			return vertical(layout, from, key === "ArrowDown" ? 1 : -1) ?? from;
		default:
			return null;
	}
}

/** The nearest cell of a table that stands beside this one, at about the same height. */
function beside(layout: MatrixLayout, from: CellAddress, by: 1 | -1): CellAddress | null {
	const own = layout.blocks[from.block];
	const box = cellBox(own, from);
	let best: CellAddress | null = null;
	let nearest = Number.POSITIVE_INFINITY;
	layout.blocks.forEach((placed, block) => {
		if (placed.table === own.table) return;
		const row = Math.min(placed.block.rows - 1, Math.max(0, Math.floor((box.y - placed.y) / placed.pitchY)));
		const column = by > 0 ? 0 : placed.block.columns - 1;
		const there = cellBox(placed, { row, column });
		const away = (there.x - box.x) * by;
		if (away <= 0 || Math.abs(there.y - box.y) > box.height) return;
		if (away < nearest) {
			nearest = away;
			best = { block, row, column };
		}
	});
	return best;
}

function vertical(layout: MatrixLayout, from: CellAddress, by: 1 | -1): CellAddress | null {
	const own = layout.blocks[from.block];
	const inside = from.row + by;
	if (inside >= 0 && inside < own.block.rows) return { ...from, row: inside };
	const x = middleX(cellBox(own, from));
	const y = cellBox(own, from).y;
	let best: CellAddress | null = null;
	let nearest = Number.POSITIVE_INFINITY;
	layout.blocks.forEach((placed, block) => {
		const row = by > 0 ? 0 : placed.block.rows - 1;
		const column = Math.min(placed.block.columns - 1, Math.max(0, Math.floor((x - placed.x) / placed.pitchX)));
		const box = cellBox(placed, { row, column });
		const away = (box.y - y) * by;
		if (away < own.cellHeight / 2) return;
		const distance = away + 4 * Math.abs(middleX(box) - x);
		if (distance < nearest) {
			nearest = distance;
			best = { block, row, column };
		}
	});
	return best;
}

/**
 * How far a window must scroll so that it shows a box, of a longer one its end, where the result stands. What can be
 * seen from the start is seen from there, so that a table stands still from stage to stage.
 */
export function scrollTo(window: Box, box: Box): { readonly left: number; readonly top: number } {
	const along = (from: number, size: number, start: number, extent: number) => {
		const end = start + extent;
		if (end <= size) return 0;
		if (end > from + size || extent > size) return Math.max(0, end - size);
		return start < from ? start : from;
	};
	return {
		left: along(window.x, window.width, box.x, box.width),
		top: along(window.y, window.height, box.y, box.height),
	};
}
