import type { Point } from "../marks/edge-geometry.ts";
import type { Box, NetworkLayout, Size } from "./layout.ts";
import { overlap } from "./overlap.ts";

/** Between what is placed and what was there. */
const ROOM = 3;
/** A ring, a pole and its flag beyond the rim of a disc. */
const RING = 9;
const FLAG = { width: 17, height: 42 } as const;
/** Half of a "+1" with its outline. */
const SQUARE = 15;
/** Half of a diamond with its outline. */
export const DIAMOND = 9;
const FAR = 108;
const PITCH = 6;

function around({ x, y }: Point, half: number): Box {
	return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

/** What a number must not lie on: discs with their valves and pennants, images, "+1", targets, lens, middles of edges. */
export function marksOf(layout: NetworkLayout, middles: readonly Point[]): readonly Box[] {
	return [
		...layout.columns.flatMap(({ box, group, units, bias }) => [
			...(box === null ? [] : [box]),
			...units.flatMap((unit) => {
				if (group.role === "input") return [around(unit, unit.r + 2)];
				const ring = unit.r + RING;
				return [around(unit, ring), { x: unit.x, y: unit.y - ring - 28, ...FLAG }];
			}),
			...(bias === null ? [] : [around(bias, SQUARE)]),
		]),
		...layout.targets.map((target) => around(target, target.size / 2)),
		...middles.map((middle) => around(middle, DIAMOND)),
		...(layout.lens === null ? [] : [layout.lens]),
	];
}

/**
 * Where something of this size stands that belongs to a point: as near as leaves all marks uncovered, inside the picture;
 * where nothing is free, where it covers least. Its middle; pure.
 */
export function freePlace(anchor: Point, size: Size, marks: readonly Box[], picture: Size): Point {
	const [width, height] = [size.width + 2 * ROOM, size.height + 2 * ROOM];
	const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
	let best = anchor;
	let least = Number.POSITIVE_INFINITY;
	for (let down = -FAR; down <= FAR; down += PITCH) {
		for (let across = -FAR; across <= FAR; across += PITCH) {
			const [x, y] = [anchor.x + across, anchor.y + down];
			const box = { x: x - width / 2, y: y - height / 2, width, height };
			const outside = width * height - overlap(box, whole);
			const covered = marks.reduce((sum, mark) => sum + overlap(box, mark), outside);
			const cost = covered * FAR + Math.hypot(across, down);
			if (cost < least) {
				least = cost;
				best = { x, y };
			}
		}
	}
	return best;
}
