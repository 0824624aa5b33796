import { describe, expect, it } from "vitest";
import type { SolverSettings } from "../specification.ts";
import { plainSolver } from "../testing/dense-nets.ts";
import { learningRate } from "./rate.ts";

const rates = (settings: Partial<SolverSettings>, iterations: number) =>
	Array.from({ length: iterations }, (_, k) => learningRate({ ...plainSolver, baseLr: 1, ...settings }, k));

describe("the learning rate", () => {
	it("stays, or falls at every stepsize", () => {
		expect(rates({ lrPolicy: "fixed" }, 3)).toEqual([1, 1, 1]);
		expect(rates({ lrPolicy: "step", gamma: 0.5, stepSize: 2 }, 5)).toEqual([1, 1, 0.5, 0.5, 0.25]);
		expect(rates({ lrPolicy: "exp", gamma: 0.5 }, 4)).toEqual([1, 0.5, 0.25, 0.125]);
	});

	it("takes at most one of several steps an iteration", () => {
		expect(rates({ lrPolicy: "multistep", gamma: 0.5, stepValues: [2, 3] }, 5)).toEqual([1, 1, 0.5, 0.25, 0.25]);
		expect(rates({ lrPolicy: "multistep", gamma: 0.5, stepValues: [2, 2, 2] }, 6)).toEqual([
			1, 1, 0.5, 0.25, 0.125, 0.125,
		]);
		expect(rates({ lrPolicy: "multistep", gamma: 0.5, stepValues: [0, 3] }, 5)).toEqual([0.5, 0.5, 0.5, 0.25, 0.25]);
	});

	it("ends at 0 with poly, and is half the base where a sigmoid turns", () => {
		const poly = rates({ lrPolicy: "poly", power: 2, maxIter: 4 }, 5);
		[1, 0.5625, 0.25, 0.0625, 0].forEach((rate, k) => {
			expect(poly[k]).toBeCloseTo(rate, 15);
		});
		const sigmoid = rates({ lrPolicy: "sigmoid", gamma: 2, stepSize: 3 }, 7);
		expect(sigmoid[3]).toBe(0.5);
		expect(sigmoid[0] + sigmoid[6]).toBeCloseTo(1, 12);
		expect(sigmoid[6]).toBeGreaterThan(sigmoid[0]);
	});

	it("rounds inv's product, and only that, to float32 under Caffe's precision", () => {
		const inv = { lrPolicy: "inv", gamma: Math.fround(0.1), power: 1 } as const;
		expect(rates({ ...inv, precision: "caffe" }, 4)[3]).toBeCloseTo(1 / (1 + Math.fround(Math.fround(0.1) * 3)), 15);
		expect(rates({ ...inv, precision: "double" }, 4)[3]).toBeCloseTo(1 / (1 + Math.fround(0.1) * 3), 15);
	});
});
