import { mersenne } from "pure-rand/generator/mersenne";
import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";

describe("the generator", () => {
	it.each([0, 1, 42, 2 ** 31, -7])("draws MT19937's stream for seed %d, as another implementation does", (seed) => {
		const random = createRandom(seed);
		const other = mersenne(seed | 0);
		for (let i = 0; i < 2000; i++) {
			const high = (other.next() >>> 0) >>> 5;
			const low = (other.next() >>> 0) >>> 6;
			expect(random.uniform()).toBe((high * 2 ** 26 + low) / 2 ** 53);
		}
	});

	it("draws what NumPy's RandomState(1).random_sample draws", () => {
		const random = createRandom(1);
		expect([random.uniform(), random.uniform(), random.uniform()]).toEqual([
			0.417022004702574, 0.7203244934421581, 0.00011437481734488664,
		]);
	});

	it("draws normal numbers of mean 0 and variance 1", () => {
		const random = createRandom(3);
		const draws = Array.from({ length: 20_000 }, () => random.normal());
		const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
		const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
		expect(Math.abs(mean)).toBeLessThan(0.03);
		expect(Math.abs(variance - 1)).toBeLessThan(0.05);
	});

	it("puts every number of a permutation once", () => {
		const order = createRandom(5).permutation(100);
		expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
		expect([...createRandom(5).permutation(100)]).toEqual([...order]);
	});
});
