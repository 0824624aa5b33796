export interface Point {
	readonly x: number;
	readonly y: number;
}

/** A point of an edge with its unit normal, which points to the left of the way from source to destination (up on screen). */
export interface EdgePoint extends Point {
	readonly normal: Point;
	readonly tangent: Point;
}

/** A cubic that leaves the source and meets the destination horizontally. */
export interface Edge {
	readonly from: Point;
	readonly firstControl: Point;
	readonly secondControl: Point;
	readonly to: Point;
}

/** Share of the horizontal distance that an edge keeps level at each end. */
const LEVEL = 0.45;
const SAMPLES = 48;

export function edgeBetween(from: Point, to: Point): Edge {
	const reach = (to.x - from.x) * LEVEL;
	return { from, firstControl: { x: from.x + reach, y: from.y }, secondControl: { x: to.x - reach, y: to.y }, to };
}

/** Point, tangent and normal at the parameter t in 0..1. */
export function edgePoint(edge: Edge, t: number): EdgePoint {
	const s = 1 - t;
	const { from, firstControl, secondControl, to } = edge;
	const at = (a: number, b: number, c: number, d: number) =>
		s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
	const slope = (a: number, b: number, c: number, d: number) =>
		3 * (s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c));
	const dx = slope(from.x, firstControl.x, secondControl.x, to.x);
	const dy = slope(from.y, firstControl.y, secondControl.y, to.y);
	const length = Math.hypot(dx, dy);
	// Both controls fall on the ends of a vertical edge, where the derivative vanishes: its chord has the direction.
	const tangent = length > 1e-9 ? { x: dx / length, y: dy / length } : direction(from, to);
	return {
		x: at(from.x, firstControl.x, secondControl.x, to.x),
		y: at(from.y, firstControl.y, secondControl.y, to.y),
		tangent,
		normal: { x: tangent.y, y: -tangent.x },
	};
}

function direction(from: Point, to: Point): Point {
	const length = Math.hypot(to.x - from.x, to.y - from.y);
	return length < 1e-9 ? { x: 1, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

/** The edge as SVG path data. */
export function edgePath(edge: Edge): string {
	const { from, firstControl, secondControl, to } = edge;
	return `M${pair(from)}C${pair(firstControl)} ${pair(secondControl)} ${pair(to)}`;
}

function pair(point: Point): string {
	return `${round(point.x)} ${round(point.y)}`;
}

export function round(value: number): number {
	return Math.round(value * 100) / 100 + 0;
}

const sampled = new WeakMap<Edge, readonly number[]>();

/** Cumulative length at each of the sampled parameters; measured once, for what moves along an edge asks every frame. */
function sampledLengths(edge: Edge): readonly number[] {
	const known = sampled.get(edge);
	if (known !== undefined) return known;
	const lengths = [0];
	let before: Point = edge.from;
	for (let index = 1; index <= SAMPLES; index++) {
		const point = edgePoint(edge, index / SAMPLES);
		lengths.push((lengths[index - 1] ?? 0) + Math.hypot(point.x - before.x, point.y - before.y));
		before = point;
	}
	sampled.set(edge, lengths);
	return lengths;
}

/** Length of the edge in pixels, from 48 chords. */
export function edgeLength(edge: Edge): number {
	return sampledLengths(edge)[SAMPLES] ?? 0;
}

/** One edge, or several that follow each other: one that falls beside a lens and then runs level. */
export type Chain = Edge | readonly Edge[];

export function edgesOf(chain: Chain): readonly Edge[] {
	return "from" in chain ? [chain] : chain;
}

export function chainPath(chain: Chain): string {
	return edgesOf(chain).map(edgePath).join("");
}

export function chainLength(chain: Chain): number {
	return edgesOf(chain).reduce((total, edge) => total + edgeLength(edge), 0);
}

/** As {@link pointsAlong}, the spacing running on from one edge to the next. */
export function chainPoints(chain: Chain, spacing: number, offset: number): readonly EdgePoint[] {
	let next = offset;
	return edgesOf(chain).flatMap((edge) => {
		const points = pointsAlong(edge, spacing, next);
		next += points.length * spacing - edgeLength(edge);
		return points;
	});
}

/** The point at a share t of the whole length. */
export function chainPoint(chain: Chain, t: number): EdgePoint {
	const edges = edgesOf(chain);
	let rest = chainLength(chain) * t;
	for (const [index, edge] of edges.entries()) {
		const lengths = sampledLengths(edge);
		const length = lengths[SAMPLES] ?? 0;
		if (rest <= length || index === edges.length - 1) return edgePoint(edge, parameterAt(lengths, rest));
		rest -= length;
	}
	throw new RangeError("A chain has at least one edge");
}

function parameterAt(lengths: readonly number[], wanted: number): number {
	for (let index = 1; index < lengths.length; index++) {
		const start = lengths[index - 1] ?? 0;
		const end = lengths[index] ?? 0;
		if (wanted <= end) return end > start ? (index - 1 + Math.max(0, wanted - start) / (end - start)) / SAMPLES : 0;
	}
	return 1;
}

/** Points at equal distances along the edge: the first `offset` from the source, then every `spacing`. */
export function pointsAlong(edge: Edge, spacing: number, offset: number): readonly EdgePoint[] {
	const lengths = sampledLengths(edge);
	const points: EdgePoint[] = [];
	let wanted = offset;
	for (let index = 1; index < lengths.length; index++) {
		const start = lengths[index - 1] ?? 0;
		const end = lengths[index] ?? 0;
		while (wanted <= end && end > start) {
			points.push(edgePoint(edge, (index - 1 + (wanted - start) / (end - start)) / SAMPLES));
			wanted += spacing;
		}
	}
	return points;
}

/**
 * The way moved sideways along its normal (positive: up on screen for one that runs to the right), as points from the
 * share `start` of its length to the share `end`; start may be larger than end.
 */
export function offsetPoints(chain: Chain, distance: number, start = 0, end = 1): readonly Point[] {
	return Array.from({ length: SAMPLES + 1 }, (_, index) => {
		const point = chainPoint(chain, start + ((end - start) * index) / SAMPLES);
		return { x: point.x + point.normal.x * distance, y: point.y + point.normal.y * distance };
	});
}

export function polylinePath(points: readonly Point[]): string {
	return points.map((point, index) => `${index === 0 ? "M" : "L"}${pair(point)}`).join("");
}
