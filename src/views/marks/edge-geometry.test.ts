import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeBetween, edgeLength, edgePath, edgePoint, offsetPoints, pointsAlong } from "./edge-geometry.ts";

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });

describe("an edge", () => {
	it("meets both ends, level", () => {
		const edge = edgeBetween({ x: 10, y: 20 }, { x: 110, y: 80 });
		expect(edgePath(edge)).toBe("M10 20C55 20 65 80 110 80");
		expect(edgePoint(edge, 0)).toMatchObject({ x: 10, y: 20, tangent: { x: 1, y: 0 } });
		expect(edgePoint(edge, 1)).toMatchObject({ x: 110, y: 80, tangent: { x: 1, y: 0 } });
		expect(edgePoint(edge, 0.5)).toMatchObject({ x: 60, y: 50 });
	});

	it("has unit normals, square to the tangent, also where it is vertical or a point", () => {
		fc.assert(
			fc.property(point, point, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, t) => {
				const { normal, tangent } = edgePoint(edgeBetween(from, to), t);
				expect(Math.hypot(normal.x, normal.y)).toBeCloseTo(1, 9);
				expect(normal.x * tangent.x + normal.y * tangent.y).toBeCloseTo(0, 9);
			}),
		);
	});

	it("is not shorter than its chord and has its points at equal distances", () => {
		const edge = edgeBetween({ x: 0, y: 0 }, { x: 300, y: 200 });
		const points = pointsAlong(edge, 22, 14);
		expect(edgeLength(edge)).toBeGreaterThan(Math.hypot(300, 200));
		expect(points.length).toBe(Math.floor((edgeLength(edge) - 14) / 22) + 1);
		for (const [index, current] of points.entries()) {
			const next = points[index + 1];
			if (next) expect(Math.hypot(next.x - current.x, next.y - current.y)).toBeCloseTo(22, 0);
		}
	});

	it("moves sideways by the distance, up for one that runs to the right", () => {
		const beside = offsetPoints(edgeBetween({ x: 0, y: 50 }, { x: 100, y: 50 }), 8);
		for (const { y } of beside) expect(y).toBeCloseTo(42, 9);
	});
});
