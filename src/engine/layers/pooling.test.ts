import { describe, expect, it } from "vitest";
import { buildNet } from "../net.ts";
import { layer, net } from "../testing/dense-nets.ts";
import "./index.ts";

/** The maximum of one window over what is given. */
function maximumOf(...under: number[]): number {
	const {
		inputs,
		layer: named,
		forward,
	} = buildNet(
		net([
			layer("Input", "in", [], ["x"], { settings: { shape: [{ dim: [1, 1, 1, under.length] }] } }),
			layer("Pooling", "pool", ["x"], ["pool"], { settings: { global_pooling: true } }),
		]),
	);
	inputs[0].blob.data.set(under);
	forward();
	return named("pool").run.tops[0].data[0];
}

describe("a maximum", () => {
	it("is the largest number, wherever something that is no number stands", () => {
		expect(maximumOf(1, 3, 2)).toBe(3);
		expect(maximumOf(Number.NaN, 1, 3, 2)).toBe(3);
		expect(maximumOf(1, Number.NaN, 3)).toBe(3);
		expect(maximumOf(3, 1, Number.NaN)).toBe(3);
		expect(maximumOf(-2, Number.NEGATIVE_INFINITY)).toBe(-2);
	});

	it("of what is no number is none", () => {
		expect(maximumOf(Number.NaN, Number.NaN)).toBeNaN();
	});
});
