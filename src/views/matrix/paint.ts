import type { View } from "../../store/view.ts";
import { hatch, type Palette, ramp, TINTS } from "../marks/palette.ts";
import { tintShare } from "../marks/scales.ts";
import { isLit } from "./blocks.ts";
import type { Box, PlacedBlock } from "./boxes.ts";
import { visiblePart } from "./cells.ts";
import { blockMaximum, tileReader } from "./tile-values.ts";

/** How much of its tint a tile keeps that steps back. */
const BACK = 0.55;

/** Paints the tiles that a window shows; everything else of the panel is drawn over them. */
export function paintTiles(
	canvas: HTMLCanvasElement,
	view: View,
	blocks: readonly PlacedBlock[],
	window: Box,
	palette: Palette,
): void {
	const context = canvas.getContext("2d");
	if (context === null) return;
	const scale = globalThis.devicePixelRatio || 1;
	const width = Math.round(window.width * scale);
	const height = Math.round(window.height * scale);
	if (canvas.width !== width || canvas.height !== height) {
		canvas.width = width;
		canvas.height = height;
	}
	context.setTransform(scale, 0, 0, scale, -window.x * scale, -window.y * scale);
	context.clearRect(window.x, window.y, window.width, window.height);
	const ramps = { plus: ramp(palette.plus, palette.surface), minus: ramp(palette.minus, palette.surface) };
	for (const placed of blocks) if (placed.tiles) paintBlock(context, view, placed, window, palette, ramps);
}

function paintBlock(
	context: CanvasRenderingContext2D,
	view: View,
	placed: PlacedBlock,
	window: Box,
	palette: Palette,
	ramps: { readonly plus: readonly string[]; readonly minus: readonly string[] },
): void {
	const part = visiblePart(placed, window);
	if (part === null) return;
	const { block, cellWidth, cellHeight } = placed;
	const read = tileReader(view, block);
	const maximum = blockMaximum(view, block);
	// By colour: setting one takes longer than filling a rectangle.
	const tinted = new Map<string, [number, number][]>();
	const bars: [number, number][] = [];
	const unknown: [number, number][] = [];
	const omitted: [number, number][] = [];
	for (let row = part.rows[0]; row < part.rows[1]; row++) {
		for (let column = part.columns[0]; column < part.columns[1]; column++) {
			const x = placed.x + column * placed.pitchX;
			const y = placed.y + row * placed.pitchY;
			const { status, value } = read(row, column);
			if (status === "not-yet") unknown.push([x, y]);
			else if (status === "not-computed") omitted.push([x, y]);
			else if (status === "not-finite") {
				context.fillStyle = palette.hazard;
				context.fillRect(x, y, cellWidth, cellHeight);
				context.fillStyle = palette.hazardInk;
				context.fillRect(x, y + cellHeight / 3, cellWidth, cellHeight / 3);
			} else {
				const share = tintShare(value, maximum) * (placed.hasLit && !isLit(block, { row, column }) ? BACK : 1);
				const colour = ramps[value < 0 ? "minus" : "plus"][Math.round(share * TINTS)];
				const alike = tinted.get(colour);
				if (alike === undefined) tinted.set(colour, [[x, y]]);
				else alike.push([x, y]);
				if (value < 0) bars.push([x, y]);
			}
		}
	}
	for (const [colour, places] of tinted) {
		context.fillStyle = colour;
		for (const [x, y] of places) context.fillRect(x, y, cellWidth, cellHeight);
	}
	context.fillStyle = palette.ink;
	for (const [x, y] of bars) context.fillRect(x + cellWidth * 0.3, y + cellHeight / 2 - 0.75, cellWidth * 0.4, 1.5);
	context.lineWidth = 1;
	context.strokeStyle = palette.hatch;
	context.beginPath();
	for (const [x, y] of unknown) hatch(context, x, y, cellWidth, cellHeight);
	context.stroke();
	context.strokeStyle = palette.edge;
	context.beginPath();
	const left = placed.x + part.columns[0] * placed.pitchX - 0.5;
	const right = placed.x + part.columns[1] * placed.pitchX - 0.5;
	const top = placed.y + part.rows[0] * placed.pitchY - 0.5;
	const bottom = placed.y + part.rows[1] * placed.pitchY - 0.5;
	for (let y = top; y <= bottom; y += placed.pitchY) {
		context.moveTo(left, y);
		context.lineTo(right, y);
	}
	for (let x = left; x <= right; x += placed.pitchX) {
		context.moveTo(x, top);
		context.lineTo(x, bottom);
	}
	context.globalAlpha = 0.5;
	context.stroke();
	context.globalAlpha = 1;
	context.beginPath();
	context.setLineDash([1, 3]);
	for (const [x, y] of omitted) context.rect(x + 0.5, y + 0.5, cellWidth - 1, cellHeight - 1);
	context.stroke();
	context.setLineDash([]);
}
