import { type Chain, edgeBetween, edgePoint, edgesOf, type Point } from "../marks/edge-geometry.ts";
import type { Box } from "./layout.ts";
import { overlap } from "./overlap.ts";

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

/** Places along an edge are close enough to see what it crosses; far cheaper than equal distances. */
const countPlaces = (chain: Chain) => edgesOf(chain).length * (STEPS - 1);

/** A place on an edge, or beside it, away from messages. */
function pointAt(chain: Chain, place: number, drop: number): Point {
	const edge = edgesOf(chain)[Math.floor(place / (STEPS - 1))] ?? FLAT;
	const { x, y, normal } = edgePoint(edge, ((place % (STEPS - 1)) + 1) / STEPS);
	return drop === 0 ? { x, y } : { x: x - normal.x * drop, y: y - normal.y * drop };
}

/** A box that holds the whole edge, whose ends are level; a little more, so that a level edge has an area too. */
function around(chain: Chain): Box {
	const ends = edgesOf(chain).flatMap(({ from, to }) => [from, to]);
	const across = ends.map(({ x }) => x);
	const down = ends.map(({ y }) => y);
	const x = Math.min(...across) - 1;
	const y = Math.min(...down) - 1;
	return { x, y, width: Math.max(...across) + 1 - x, height: Math.max(...down) + 1 - y };
}

/** Another edge. Its points are worked out when a number first comes near it. */
function passingEdge(chain: Chain) {
	const bounds = around(chain);
	let points: readonly Point[] | null = null;
	return {
		chain,
		crosses(box: Box): boolean {
			if (overlap(box, bounds) === 0) return false;
			points ??= Array.from({ length: countPlaces(chain) }, (_, place) => pointAt(chain, place, 0));
			return points.some((point) => isInside(point, box));
		},
	};
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
	const passing = others.map(passingEdge);
	return requests.map(({ key, chain, width, height, drop }) => {
		const boxAt = ({ x, y }: Point): Box => ({
			x: x - width / 2 - ROOM,
			y: y - height / 2 - ROOM,
			width: width + 2 * ROOM,
			height: height + 2 * ROOM,
		});
		const rivals = passing.filter((other) => other.chain !== chain);
		const cost = (box: Box, distance: number) => {
			const covered = taken.reduce((sum, other) => sum + overlap(box, other), 0);
			return covered * 4 + rivals.filter(({ crosses }) => crosses(box)).length * 90 + distance;
		};
		const count = countPlaces(chain);
		const nearest = Array.from({ length: count }, (_, place) => ({
			place,
			distance: Math.abs((place + 1) / (count + 1) - wanted) * 220,
		})).sort((one, other) => one.distance - other.distance);
		let best: Point = edgePoint(edgesOf(chain)[0] ?? FLAT, wanted);
		let least = Number.POSITIVE_INFINITY;
		for (const { place, distance } of nearest) {
			// All others are farther away than the best so far costs.
			if (distance >= least) break;
			const point = pointAt(chain, place, drop);
			const costs = cost(boxAt(point), distance);
			if (costs >= least) continue;
			least = costs;
			best = point;
		}
		taken.push(boxAt(best));
		return { key, x: best.x, y: best.y };
	});
}
