import type { Group } from "../../timeline/structure.ts";
import type { Block } from "./blocks.ts";
import type { Box, PlacedBlock } from "./boxes.ts";
import {
	type LabelPlan,
	type MarkSink,
	MOST_ROWS,
	NUMBERS_WIDTH,
	type PlacedLabel,
	type PlacedNumber,
	type PlacedSign,
	placeColumnNumbers,
	placeFrame,
	placeLabels,
	placeSigns,
	SIGN_ROOM,
} from "./layout-marks.ts";
import type { MatrixModel, MatrixTable } from "./model.ts";

export interface PlacedHeading {
	readonly group: Group;
	readonly x: number;
	readonly y: number;
}

export interface MatrixLayout {
	readonly width: number;
	readonly height: number;
	readonly blocks: readonly PlacedBlock[];
	readonly labels: readonly PlacedLabel[];
	readonly numbers: readonly PlacedNumber[];
	readonly signs: readonly PlacedSign[];
	readonly frames: readonly Box[];
	/** Names of the layers, where there are several tables. */
	readonly headings: readonly PlacedHeading[];
}

/** How wide the symbol of a block is, in pixels. */
export type Measure = (block: Block) => number;

const MARGIN = 14;
const MOST_COLUMNS = 8;
const GAP = 4;
/** Between rows, so that a frame round one touches no other. */
const ROW_GAP = 9;
/** Going down a column every pixel counts: the whole column should be in view. */
const TIGHT = { cell: 25, gap: 5, band: 6 } as const;
const SLOT_GAP = 10;
const LABEL_HEIGHT = 20;
const HEADING_HEIGHT = 22;
const TABLE_GAP = 28;
/** Cells with numbers. */
const CELL = { least: 54, beside: 37, most: 76 } as const;
const TILE = { least: 5, most: 24, height: 18, number: 50 } as const;

/** Whether a table is drawn as tiles: its matrices have too many cells to be read one by one. */
export function isTiled({ bands, tiles }: MatrixTable): boolean {
	if (tiles) return true;
	return bands.some((band) =>
		band.some(
			(block) =>
				block !== null &&
				block.columns > 1 &&
				(block.columns > MOST_COLUMNS || (block.rows > MOST_ROWS && block.columns > 1)),
		),
	);
}

interface Plan extends LabelPlan {
	readonly tiled: boolean;
	readonly slots: readonly { readonly columns: number; readonly gap: number; readonly matrix: boolean }[];
}

function planOf(table: MatrixTable, measure: Measure): Plan {
	const count = Math.max(...table.bands.map((band) => band.length));
	const slots = Array.from({ length: count }, (_, slot) => {
		const blocks = table.bands.flatMap((band) => band[slot] ?? []);
		const columns = Math.max(0, ...blocks.map((block) => block.columns));
		const signed = slot > 0 && blocks.some(({ sign }) => sign !== null);
		return {
			columns,
			gap: slot === 0 ? 0 : signed ? SIGN_ROOM + 4 : SLOT_GAP,
			matrix: blocks.some((block) => block.columns > 1 || block.kind === "bias" || block.kind === "one"),
		};
	});
	const tiled = isTiled(table);
	const firsts = table.bands.flatMap((band) => (band[0]?.label === "left" ? [band[0]] : []));
	const numbered = table.bands.some((band) => band.some((block) => block !== null && block.rows > 1));
	const labels = Math.max(0, ...firsts.map((block) => Math.min(110, measure(block))));
	return {
		table,
		tiled,
		slots,
		left: (labels > 0 ? labels + 8 : 0) + (numbered ? NUMBERS_WIDTH : 0),
		numbered,
	};
}

/** Pixels that do not grow with the cells, and how many cells share the rest. */
function roomOf({ slots, left, tiled }: Plan): { readonly fixed: number; readonly columns: number } {
	let fixed = left;
	let columns = 0;
	for (const slot of slots) {
		fixed += slot.gap;
		if (tiled && !slot.matrix) fixed += slot.columns * TILE.number;
		else {
			columns += slot.columns;
			if (!tiled) fixed += (slot.columns - 1) * GAP;
		}
	}
	return { fixed, columns };
}

/** Tables in rows: as many side by side as have room for their numbers. */
function rowsOf(plans: readonly Plan[], width: number): readonly (readonly Plan[])[] {
	if (plans.length < 2 || plans.some(({ tiled }) => tiled)) return plans.map((plan) => [plan]);
	for (let beside = plans.length; beside > 1; beside--) {
		const rows = Array.from({ length: Math.ceil(plans.length / beside) }, (_, row) =>
			plans.slice(row * beside, (row + 1) * beside),
		);
		const fits = rows.every((row) => cellWidth(row, width) >= CELL.beside);
		if (fits) return rows;
	}
	return plans.map((plan) => [plan]);
}

function cellWidth(row: readonly Plan[], width: number): number {
	const rooms = row.map(roomOf);
	const fixed = rooms.reduce((total, room) => total + room.fixed, (row.length - 1) * TABLE_GAP);
	const columns = rooms.reduce((total, room) => total + room.columns, 0);
	return (width - fixed) / Math.max(1, columns);
}

/** Places the tables of a model in a panel of some width; taller than the panel they scroll. */
export function layoutOf(model: MatrixModel, width: number, measure: Measure): MatrixLayout {
	const sink: Sink = { blocks: [], labels: [], numbers: [], signs: [], frames: [], headings: [] };
	const plans = model.tables.map((table) => planOf(table, measure));
	const available = width - 2 * MARGIN;
	let y = MARGIN;
	let right = 0;
	let table = 0;
	for (const row of rowsOf(plans, available)) {
		const least = row.some(({ tiled }) => tiled) ? TILE.least : row.length > 1 ? CELL.beside : CELL.least;
		const wanted = Math.max(least, cellWidth(row, available));
		let x = MARGIN;
		let bottom = y;
		for (const plan of row) {
			const top = plans.length > 1 ? y + HEADING_HEIGHT : y;
			if (plans.length > 1) sink.headings.push({ group: plan.table.group, x: x + plan.left, y: y + 13 });
			const end = placeTable(sink, plan, table, { x, y: top }, wanted);
			bottom = Math.max(bottom, end.y);
			right = Math.max(right, end.x);
			x = end.x + TABLE_GAP;
			table++;
		}
		y = bottom + 14;
	}
	return { ...sink, width: Math.max(width, right + MARGIN), height: y };
}

interface Sink extends MarkSink {
	readonly blocks: PlacedBlock[];
	readonly headings: PlacedHeading[];
}

interface Point {
	readonly x: number;
	readonly y: number;
}

function placeTable(sink: Sink, plan: Plan, table: number, origin: Point, wanted: number): Point {
	const { tiled, slots } = plan;
	const { bands } = plan.table;
	const tallest = Math.max(...bands.flatMap((band) => band.map((block) => block?.rows ?? 0)));
	const width = tiled ? Math.floor(Math.min(TILE.most, wanted)) : Math.floor(Math.min(CELL.most, wanted));
	const tight = bands.length > 3;
	const height = plan.table.tiles
		? Math.min(width, TILE.height)
		: tiled
			? TILE.height
			: tight
				? TIGHT.cell
				: tallest > 4
					? 24
					: 30;
	const gap = tiled ? 0 : GAP;
	const rowGap = tiled ? 0 : tight ? TIGHT.gap : ROW_GAP;
	const starts: { x: number; width: number }[] = [];
	let x = origin.x + plan.left;
	for (const slot of slots) {
		x += slot.gap;
		const own = tiled && !slot.matrix ? TILE.number : width;
		starts.push({ x, width: own });
		x += slot.columns * (own + gap) - gap;
	}
	const hasLit = bands.some((band) =>
		band.some((block) => block !== null && (typeof block.lit !== "string" || block.lit === "all")),
	);
	const placed: PlacedBlock[] = [];
	let y = origin.y;
	bands.forEach((band, place) => {
		const blocks = band.flatMap((block, slot) => (block === null ? [] : [{ block, slot }]));
		// A label above a block may stand beside the band before.
		const lifted = blocks.some(
			({ block, slot }) =>
				block.label === "above" && block.kind !== "one" && (place === 0 || bands[place - 1][slot] != null),
		);
		if (lifted) y += LABEL_HEIGHT;
		if (place > 0 && (band[0]?.sign ?? null) !== null) y += tight ? 10 : 14;
		const rows = Math.max(...blocks.map(({ block }) => block.rows));
		for (const { block, slot } of blocks) {
			const start = starts[slot];
			placed.push({
				block,
				table,
				band: place,
				slot,
				x: start.x,
				y,
				cellWidth: start.width - (tiled ? 1 : 0),
				cellHeight: height - (tiled ? 1 : 0),
				pitchX: start.width + gap,
				pitchY: height + rowGap,
				tiles: tiled && slots[slot].matrix,
				hasLit,
			});
		}
		y += rows * (height + rowGap) - rowGap;
		const below = blocks.some(({ block }) => block.label === "below");
		y += below ? LABEL_HEIGHT + 6 : tight ? TIGHT.band : 10;
	});
	sink.blocks.push(...placed);
	placeLabels(sink, plan, placed, origin.x);
	placeSigns(sink, placed, tiled);
	placeFrame(sink, plan.table, placed);
	if (tiled && plan.table.frame !== null && "column" in plan.table.frame) {
		placeColumnNumbers(sink, placed, plan.table.frame.column, y + 4);
		y += 16;
	}
	return { x, y };
}
