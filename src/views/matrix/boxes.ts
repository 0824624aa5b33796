import type { Block, CellPlace } from "./blocks.ts";

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A block in its place; a cell stands at `x + column · pitchX`. */
export interface PlacedBlock {
	readonly block: Block;
	readonly table: number;
	readonly band: number;
	readonly slot: number;
	readonly x: number;
	readonly y: number;
	readonly cellWidth: number;
	readonly cellHeight: number;
	readonly pitchX: number;
	readonly pitchY: number;
	/** Tiles without numbers, for matrices that are too large for them. */
	readonly tiles: boolean;
	/** Whether other cells of its table are lit: those that are not step back. */
	readonly hasLit: boolean;
}

export function cellBox(placed: PlacedBlock, { row, column }: CellPlace): Box {
	return {
		x: placed.x + column * placed.pitchX,
		y: placed.y + row * placed.pitchY,
		width: placed.cellWidth,
		height: placed.cellHeight,
	};
}

export function blockBox(placed: PlacedBlock): Box {
	const last = cellBox(placed, { row: placed.block.rows - 1, column: placed.block.columns - 1 });
	return {
		x: placed.x,
		y: placed.y,
		width: last.x + last.width - placed.x,
		height: last.y + last.height - placed.y,
	};
}

export function hull(boxes: readonly Box[]): Box | null {
	if (boxes.length === 0) return null;
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	const bottom = Math.max(...boxes.map((box) => box.y + box.height));
	return { x, y, width: right - x, height: bottom - y };
}

export function grown({ x, y, width, height }: Box, by: number): Box {
	return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
