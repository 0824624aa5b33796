import { type Block, type CellPlace, isLit, type Sign } from "./blocks.ts";
import { type Box, blockBox, cellBox, grown, hull, type PlacedBlock } from "./boxes.ts";
import type { MatrixTable } from "./model.ts";

export interface PlacedLabel {
	readonly block: Block;
	readonly x: number;
	readonly y: number;
	readonly anchor: "start" | "middle" | "end";
	readonly room: number;
}

export interface PlacedNumber {
	readonly unit: number;
	readonly x: number;
	readonly y: number;
	readonly anchor: "middle" | "end";
	readonly strong: boolean;
}

export interface PlacedSign {
	readonly sign: Sign;
	readonly x: number;
	readonly y: number;
}

/** What is drawn about the blocks of the tables placed so far. */
export interface MarkSink {
	readonly labels: PlacedLabel[];
	readonly numbers: PlacedNumber[];
	readonly signs: PlacedSign[];
	readonly frames: Box[];
}

/** What of a table's plan decides where its names stand. */
export interface LabelPlan {
	readonly table: MatrixTable;
	/** Room for names and numbers left of the first block. */
	readonly left: number;
	readonly numbered: boolean;
}

export const SIGN_ROOM = 20;
export const NUMBERS_WIDTH = 18;
/** A column of so many rows has one sign in its middle. */
export const MOST_ROWS = 14;

/** Names of the blocks and numbers of their rows. */
export function placeLabels(sink: MarkSink, plan: LabelPlan, placed: readonly PlacedBlock[], left: number): void {
	const numbersAt = left + plan.left - 8;
	const symbolsAt = plan.numbered ? numbersAt - NUMBERS_WIDTH + 4 : numbersAt;
	for (const item of placed) {
		const { block } = item;
		const box = blockBox(item);
		const middle = box.x + box.width / 2;
		const room = Math.max(box.width + 6, 60);
		if (block.kind !== "one") {
			if (block.label === "left" && item.slot === 0) {
				sink.labels.push({ block, x: symbolsAt, y: box.y + box.height / 2 + 4, anchor: "end", room: 110 });
			} else if (block.label === "below") {
				sink.labels.push({ block, x: middle, y: box.y + box.height + 17, anchor: "middle", room });
			} else {
				sink.labels.push({ block, x: middle, y: box.y - 8, anchor: "middle", room });
			}
		}
		if (item.slot !== 0 || block.rows < 2) continue;
		for (let row = 0; row < block.rows; row++) {
			const strong = plan.table.frame !== null && "row" in plan.table.frame && plan.table.frame.row === row;
			const cell = cellBox(item, { row, column: 0 });
			sink.numbers.push({ unit: row, x: numbersAt, y: cell.y + cell.height / 2 + 4, anchor: "end", strong });
		}
	}
}

/** Numbers of the columns below the last band; where they would touch, only every other or so, and the framed one. */
export function placeColumnNumbers(sink: MarkSink, placed: readonly PlacedBlock[], framed: number, y: number): void {
	const last = placed.findLast(({ slot }) => slot === 0);
	if (last === undefined) return;
	const every = Math.ceil(22 / last.pitchX);
	for (let column = 0; column < last.block.columns; column++) {
		const strong = column === framed;
		const near = Math.abs(column - framed) < every;
		if (!strong && (near || column % every !== 0)) continue;
		const box = cellBox(last, { row: 0, column });
		sink.numbers.push({ unit: column, x: box.x + box.width / 2, y, anchor: "middle", strong });
	}
}

/** Lit rows or columns of a block, or all of them; in tiles one in the middle stands for all. */
function signPlaces(item: PlacedBlock, vertical: boolean): readonly CellPlace[] {
	const { block, tiles, hasLit } = item;
	const count = vertical ? block.columns : block.rows;
	const at = (k: number): CellPlace => (vertical ? { row: 0, column: k } : { row: k, column: 0 });
	const all = Array.from({ length: count }, (_, k) => at(k));
	const lit = hasLit ? all.filter((place) => isLit(block, place)) : [];
	const shown = lit.length > 0 ? lit : all;
	const crowded = shown.length > 4 && (tiles || count > MOST_ROWS || block.sign === "←");
	return crowded || (vertical && shown.length > 4) ? [at(Math.floor(count / 2))] : shown;
}

/** The signs between blocks. */
export function placeSigns(sink: MarkSink, placed: readonly PlacedBlock[], tiled: boolean): void {
	for (const item of placed) {
		const { sign } = item.block;
		if (sign === null) continue;
		const vertical = item.slot === 0 && item.band > 0;
		for (const place of signPlaces({ ...item, tiles: tiled }, vertical)) {
			const box = cellBox(item, place);
			sink.signs.push(
				vertical
					? { sign, x: box.x + box.width / 2, y: box.y - 8 }
					: { sign, x: box.x - SIGN_ROOM / 2 - 2, y: box.y + box.height / 2 },
			);
		}
	}
}

/** The frame round what the step is about. */
export function placeFrame(sink: MarkSink, { frame }: MatrixTable, placed: readonly PlacedBlock[]): void {
	if (frame === null) return;
	if ("slot" in frame) {
		const framed = placed.find(({ band, slot }) => band === frame.band && slot === frame.slot);
		if (framed !== undefined) sink.frames.push(grown(blockBox(framed), 4.5));
		return;
	}
	const boxes =
		"column" in frame
			? placed.flatMap((item) =>
					item.slot === 0
						? [
								cellBox(item, { row: 0, column: frame.column }),
								cellBox(item, { row: item.block.rows - 1, column: frame.column }),
							]
						: [],
				)
			: placed.flatMap((item) =>
					item.band === frame.band && frame.row < item.block.rows
						? [
								cellBox(item, { row: frame.row, column: 0 }),
								cellBox(item, { row: frame.row, column: item.block.columns - 1 }),
							]
						: [],
				);
	const around = hull(boxes);
	if (around !== null) sink.frames.push(grown(around, 4.5));
}
