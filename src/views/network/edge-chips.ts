import { type Chain, edgeBetween, edgePoint, edgesOf, type Point } from "../marks/edge-geometry.ts";
import type { Box } from "./layout.ts";

export interface ChipRequest {
	readonly key: string;
	readonly chain: Chain;
	readonly width: number;
	readonly height: number;
	/** How far from the edge it stands, to the side away from messages; 0: on the edge. */
	readonly drop: number;
}

export interface PlacedChip extends Point {
	readonly key: string;
}

const STEPS = 24;
const ROOM = 3;
const FLAT = edgeBetween({ x: 0, y: 0 }, { x: 0, y: 0 });

function overlap(a: Box, b: Box): number {
	const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return across > 0 && down > 0 ? across * down : 0;
}

/** Points beside an edge. */
function pointsBeside(chain: Chain, drop: number): readonly Point[] {
	if (drop === 0) return pointsOn(chain);
	return edgesOf(chain).flatMap((edge) =>
		Array.from({ length: STEPS - 1 }, (_, place) => {
			const { x, y, normal } = edgePoint(edge, (place + 1) / STEPS);
			return { x: x - normal.x * drop, y: y - normal.y * drop };
		}),
	);
}

/** Points along an edge, close enough to see what it crosses; far cheaper than equal distances. */
function pointsOn(chain: Chain): readonly Point[] {
	return edgesOf(chain).flatMap((edge) =>
		Array.from({ length: STEPS - 1 }, (_, place) => edgePoint(edge, (place + 1) / STEPS)),
	);
}

/** The box that holds all points; a little more, so that a level edge has an area too. */
function around(points: readonly Point[]): Box {
	const across = points.map(({ x }) => x);
	const down = points.map(({ y }) => y);
	const x = Math.min(...across) - 1;
	const y = Math.min(...down) - 1;
	return { x, y, width: Math.max(...across) + 1 - x, height: Math.max(...down) + 1 - y };
}

function isInside({ x, y }: Point, box: Box): boolean {
	return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

/**
 * A place on its edge for each number: as near to `wanted` (a share of the edge's run) as leaves the others, the other
 * edges and the obstacles uncovered. Greedy, in order; pure.
 */
export function placeChips(
	requests: readonly ChipRequest[],
	obstacles: readonly Box[],
	others: readonly Chain[],
	wanted: number,
): readonly PlacedChip[] {
	const taken: Box[] = [...obstacles];
	const passing = others.map((chain) => {
		const points = pointsOn(chain);
		return { chain, points, around: around(points) };
	});
	return requests.map(({ key, chain, width, height, drop }) => {
		const boxAt = ({ x, y }: Point): Box => ({
			x: x - width / 2 - ROOM,
			y: y - height / 2 - ROOM,
			width: width + 2 * ROOM,
			height: height + 2 * ROOM,
		});
		const points = pointsBeside(chain, drop);
		const rivals = passing.filter((other) => other.chain !== chain);
		const cost = (point: Point, place: number) => {
			const box = boxAt(point);
			const covered = taken.reduce((sum, other) => sum + overlap(box, other), 0);
			const crossed = rivals.filter(
				(other) => overlap(box, other.around) > 0 && other.points.some((passed) => isInside(passed, box)),
			).length;
			return covered * 4 + crossed * 90 + Math.abs((place + 1) / (points.length + 1) - wanted) * 220;
		};
		const costs = points.map(cost);
		const best = points[costs.indexOf(Math.min(...costs))] ?? edgePoint(edgesOf(chain)[0] ?? FLAT, wanted);
		taken.push(boxAt(best));
		return { key, x: best.x, y: best.y };
	});
}
