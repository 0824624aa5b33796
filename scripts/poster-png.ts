import { crc32, deflateSync } from "node:zlib";
import { DISC_STROKE, EDGE_OPACITY, EDGE_STROKE, handleOf, type Point, type Poster, RADIUS } from "./poster.ts";

/** Each pixel is looked at in so many places across and down. */
const FINE = 3;

type Covered = (x: number, y: number) => boolean;

/** How much of each pixel is covered, 0 … 1. */
class Mask {
	readonly width: number;
	readonly height: number;
	readonly #fine: Uint8Array;

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.#fine = new Uint8Array(width * height * FINE * FINE);
	}

	/** Covers what of a square around a point lies inside. */
	cover(at: Point, reach: number, covered: Covered): void {
		const columns = this.width * FINE;
		const range = (middle: number, size: number) => ({
			first: Math.max(0, Math.floor((middle - reach) * FINE)),
			last: Math.min(size * FINE - 1, Math.ceil((middle + reach) * FINE)),
		});
		const [across, down] = [range(at.x, this.width), range(at.y, this.height)];
		for (let row = down.first; row <= down.last; row++) {
			for (let column = across.first; column <= across.last; column++) {
				if (covered((column + 0.5) / FINE - at.x, (row + 0.5) / FINE - at.y)) this.#fine[row * columns + column] = 1;
			}
		}
	}

	share(x: number, y: number): number {
		let count = 0;
		for (let row = y * FINE; row < (y + 1) * FINE; row++) {
			for (let column = x * FINE; column < (x + 1) * FINE; column++)
				count += this.#fine[row * this.width * FINE + column];
		}
		return count / FINE ** 2;
	}
}

const within = (radius: number): Covered => {
	const square = radius ** 2;
	return (x, y) => x * x + y * y <= square;
};

/** Points along an edge, close enough to make a line. */
function along(from: Point, to: Point): readonly Point[] {
	const handle = handleOf(from, to);
	const steps = 2 * Math.ceil(Math.hypot(to.x - from.x, to.y - from.y));
	return Array.from({ length: steps + 1 }, (_, step) => {
		const t = step / steps;
		const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
		return { x: a * from.x + (b + c) * handle + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
	});
}

const channels = (colour: string) => [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));

function chunk(name: string, data: Uint8Array): Uint8Array {
	const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	framed.set(body, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

/** Rows of RGB bytes as a PNG file. */
function pngFile(width: number, height: number, rows: readonly Uint8Array[]): Uint8Array {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const content = Buffer.concat(rows.flatMap((row) => [Uint8Array.of(0), row]));
	return Buffer.concat([
		Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
		chunk("IHDR", head),
		chunk("IDAT", deflateSync(content, { level: 9 })),
		chunk("IEND", new Uint8Array()),
	]);
}

/** A poster as PNG, for what shows no SVG: social pages, course pages. */
export function posterPng(
	{ width, height, discs, edges }: Poster,
	{ ink, paper }: { readonly ink: string; readonly paper: string },
): Uint8Array {
	const [lines, rings, insides] = [new Mask(width, height), new Mask(width, height), new Mask(width, height)];
	const [pen, outer, inner] = [EDGE_STROKE / 2, RADIUS + DISC_STROKE / 2, RADIUS - DISC_STROKE / 2];
	for (const { from, to } of edges) for (const point of along(from, to)) lines.cover(point, pen, within(pen));
	for (const disc of discs) {
		rings.cover(disc, outer, within(outer));
		insides.cover(disc, inner, within(inner));
	}
	const [inks, papers] = [channels(ink), channels(paper)];
	const rows = Array.from({ length: height }, (_, y) => {
		const row = new Uint8Array(3 * width);
		for (let x = 0; x < width; x++) {
			const inside = insides.share(x, y);
			const ring = rings.share(x, y) - inside;
			const dark = ring + (1 - inside - ring) * EDGE_OPACITY * lines.share(x, y);
			for (let k = 0; k < 3; k++) row[3 * x + k] = Math.round(papers[k] + (inks[k] - papers[k]) * dark);
		}
		return row;
	});
	return pngFile(width, height, rows);
}
