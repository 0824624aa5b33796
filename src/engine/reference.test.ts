import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PARAMETER_MOMENTS, parseReference, referenceText, type ScalarReference } from "./reference.ts";

const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const count = fc.nat({ max: 999_999 });
const iteration = fc.integer({ min: 1, max: 9_999_999 });
const pass = fc.oneof(count, fc.constant("again" as const));
const side = fc.constantFrom("data" as const, "diff" as const);

const reference: fc.Arbitrary<ScalarReference> = fc.oneof(
	fc.record({ kind: fc.constant("top" as const), iteration, pass, layer: name, slot: count, side, index: count }),
	fc.record({
		kind: fc.constant("internal" as const),
		iteration,
		pass,
		layer: name,
		name: fc.constant("probability"),
		side,
		index: count,
	}),
	fc.record({
		kind: fc.constant("parameter" as const),
		iteration,
		layer: name,
		slot: count,
		moment: fc.constantFrom(...PARAMETER_MOMENTS),
		index: count,
	}),
	fc.record({
		kind: fc.constant("share" as const),
		iteration,
		pass: count,
		sample: count,
		layer: name,
		slot: count,
		index: count,
	}),
	fc.record({
		kind: fc.constant("solver" as const),
		iteration,
		name: fc.constantFrom("rate" as const, "clipNorm" as const),
	}),
	fc.record({
		kind: fc.constant("solver" as const),
		iteration,
		name: fc.constant("rate" as const),
		layer: name,
		slot: count,
	}),
	fc.record({
		kind: fc.constant("loss" as const),
		iteration,
		pass,
		part: fc.constantFrom("data" as const, "decay" as const, "total" as const),
	}),
);

describe("a reference as text", () => {
	it("is one word and reads back as the same reference", () => {
		fc.assert(
			fc.property(reference, (r) => {
				const text = referenceText(r);
				expect(text).not.toMatch(/\s/);
				expect(parseReference(text)).toEqual(r);
			}),
		);
	});

	it("refuses anything else", () => {
		for (const text of [
			"",
			"i0/p0/loss/data",
			"i1/p0/top/a/0/data",
			"i1/p0/top/a/0/data/-1",
			"i1/p0/loss/x",
			"i1/%/0/x/1",
			"i1/parameter/%E0/0/after/1",
		]) {
			expect(parseReference(text), text).toBeNull();
		}
		fc.assert(
			fc.property(fc.string(), (text) => {
				const read = parseReference(text);
				if (read !== null) expect(referenceText(read).length).toBeGreaterThan(0);
			}),
		);
	});
});
