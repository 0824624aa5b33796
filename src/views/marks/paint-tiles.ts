import { type BlockReading, valueOfBlock } from "../../explain/reading.ts";
import { hatch, type Palette, type Rgb, TINTS, tints } from "./palette.ts";
import { tintShare } from "./scales.ts";
import { mapBox, type TileGeometry, tileBox } from "./tile-geometry.ts";

/** From this edge on cells are told apart by lines, and negative ones carry a minus. */
const LINED = 7;
/** How much of its tint a tile keeps that steps back. */
const BACK = 0.55;

export interface TilePaint {
	readonly block: BlockReading;
	readonly geometry: TileGeometry;
	readonly maximum: number;
	readonly back: boolean;
	readonly palette: Palette;
}

/** Colours by value: the lesser negative, surface in the middle. */
function colours({ plus, minus, surface }: Palette): (value: number, maximum: number, back: boolean) => Rgb {
	const ramps = { plus: tints(plus, surface), minus: tints(minus, surface) };
	return (value, maximum, back) => {
		// Bare tiles carry no number: they may take the whole hue.
		const share = (tintShare(value, maximum) / tintShare(1, 1)) * (back ? BACK : 1);
		return ramps[value < 0 ? "minus" : "plus"][Math.round(share * TINTS)];
	};
}

/** A picture of one pixel a cell, without gaps: enlarged, far quicker to paint than a rectangle for each cell. */
class CellImage {
	readonly #geometry: TileGeometry;
	readonly #image: ImageData;

	constructor(geometry: TileGeometry) {
		const { maps, across, rows, columns } = geometry;
		this.#geometry = geometry;
		this.#image = new ImageData(across * columns, Math.ceil(maps / across) * rows);
	}

	/** Where a map begins. */
	#corner(map: number): readonly [x: number, y: number] {
		const { across, rows, columns } = this.#geometry;
		return [(map % across) * columns, Math.floor(map / across) * rows];
	}

	set(map: number, row: number, column: number, [red, green, blue]: Rgb): void {
		const { data, width } = this.#image;
		const [x, y] = this.#corner(map);
		const first = 4 * ((y + row) * width + x + column);
		data[first] = red;
		data[first + 1] = green;
		data[first + 2] = blue;
		data[first + 3] = 255;
	}

	draw(context: CanvasRenderingContext2D, scale: number): void {
		const { maps, rows, columns, cell } = this.#geometry;
		const source = new OffscreenCanvas(this.#image.width, this.#image.height);
		source.getContext("2d")?.putImageData(this.#image, 0, 0);
		// Cells keep their edges; of those smaller than a pixel none is left out.
		context.imageSmoothingEnabled = cell * scale < 1;
		for (let map = 0; map < maps; map++) {
			const { x, y, width, height } = mapBox(this.#geometry, map);
			context.drawImage(source, ...this.#corner(map), columns, rows, x, y, width, height);
		}
	}
}

/** Paints a blob's row of numbers: known ones by their tint, the rest hatched or only outlined. */
export function paintTiles(canvas: HTMLCanvasElement, { block, geometry, maximum, back, palette }: TilePaint): void {
	const context = canvas.getContext("2d");
	if (context === null) return;
	const scale = globalThis.devicePixelRatio || 1;
	const width = Math.ceil(geometry.width * scale);
	const height = Math.ceil(geometry.height * scale);
	if (canvas.width !== width || canvas.height !== height) {
		canvas.width = width;
		canvas.height = height;
	}
	context.setTransform(scale, 0, 0, scale, 0, 0);
	context.clearRect(0, 0, geometry.width, geometry.height);
	const colour = colours(palette);
	const { cell, maps, rows, columns } = geometry;
	const each = rows * columns;
	const strokes: [number, number][] = [];
	const broken: [number, number][] = [];
	const image = new CellImage(geometry);
	const unknown = new Path2D();
	const missing = new Path2D();
	for (let map = 0; map < maps; map++) {
		const { x, y } = mapBox(geometry, map);
		const inside = Math.min(each, geometry.count - map * each);
		for (let place = 0; place < inside; place++) {
			const value = valueOfBlock(block, map * each + place);
			const column = place % columns;
			const row = Math.floor(place / columns);
			const left = x + column * cell;
			const top = y + row * cell;
			if (value === undefined) {
				if (map * each + place >= block.known) break;
				missing.rect(left + 0.5, top + 0.5, cell - 1, cell - 1);
				continue;
			}
			if (Number.isFinite(value)) image.set(map, row, column, colour(value, maximum, back));
			else broken.push([left, top]);
			if (value < 0 && cell >= LINED) strokes.push([left, top]);
		}
		addUnknown(unknown, geometry, map, Math.max(0, Math.min(inside, block.known - map * each)), inside);
	}
	image.draw(context, scale);
	context.fillStyle = palette.hazard;
	for (const [x, y] of broken) context.fillRect(x, y, cell, cell);
	context.fillStyle = palette.ink;
	for (const [x, y] of strokes) context.fillRect(x + cell * 0.32, y + cell / 2 - 0.75, cell * 0.36, 1.5);
	if (block.known < block.count) paintUnknown(context, unknown, geometry, block, palette);
	if (cell >= LINED) paintLines(context, geometry, palette);
	context.strokeStyle = palette.ink;
	context.setLineDash([1, 2]);
	context.globalAlpha = 0.6;
	context.stroke(missing);
	context.globalAlpha = 1;
	context.setLineDash([]);
}

/** The cells of a map from `from` on, as whole rows and the rest of one. */
function addUnknown(path: Path2D, geometry: TileGeometry, map: number, from: number, to: number): void {
	if (from >= to) return;
	const { columns, cell } = geometry;
	const { x, y } = mapBox(geometry, map);
	const begun = from % columns;
	const row = Math.floor(from / columns);
	const last = Math.ceil(to / columns);
	if (begun > 0)
		path.rect(x + begun * cell, y + row * cell, (Math.min(columns, begun + to - from) - begun) * cell, cell);
	const whole = begun > 0 ? row + 1 : row;
	if (whole < last) path.rect(x, y + whole * cell, columns * cell, (last - whole) * cell);
}

function paintUnknown(
	context: CanvasRenderingContext2D,
	path: Path2D,
	geometry: TileGeometry,
	{ rest }: BlockReading,
	palette: Palette,
): void {
	context.strokeStyle = rest === "not-yet" ? palette.hatch : palette.edge;
	context.lineWidth = 1;
	if (rest === "not-yet") {
		context.save();
		context.clip(path);
		context.beginPath();
		hatch(context, 0, 0, geometry.width, geometry.height);
		context.stroke();
		context.restore();
	}
	context.setLineDash(rest === "not-yet" ? [3, 3] : [1, 3]);
	context.strokeStyle = palette.ink;
	context.globalAlpha = 0.5;
	context.stroke(path);
	context.globalAlpha = 1;
	context.setLineDash([]);
}

function paintLines(context: CanvasRenderingContext2D, geometry: TileGeometry, palette: Palette): void {
	context.strokeStyle = palette.edge;
	context.globalAlpha = 0.6;
	context.lineWidth = 0.75;
	context.beginPath();
	for (let place = 0; place < geometry.count; place++) {
		const { x, y, width, height } = tileBox(geometry, place);
		context.rect(x, y, width, height);
	}
	context.stroke();
	context.globalAlpha = 1;
}
