import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeNumbers } from "../model/numbers.ts";
import { StateError } from "../model/problem.ts";
import { readState, type WrittenState } from "../model/state.ts";
import { decodeState, encodeState } from "./codec.ts";
import { crc32 } from "./crc32.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/);
const anyState: fc.Arbitrary<WrittenState> = fc.record(
	{
		v: fc.constant(1 as const),
		preset: word,
		seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
		at: fc.constantFrom("i1", "i3.backward.hidden.2", "i2.p1.gradients.output.1.4"),
		gran: fc.constantFrom("iteration", "phase", "layer", "unit", "term"),
		net: fc.record({ text: fc.string({ maxLength: 200 }), precision: fc.constantFrom("double", "caffe") }),
		start: fc.dictionary(word, fc.array(fc.double(), { maxLength: 20 }).map(writeNumbers), { maxKeys: 4 }),
		edits: fc.array(
			fc.oneof(
				fc.tuple(
					fc.integer({ min: 1, max: 99 }),
					fc.constant("hidden/0/3"),
					fc.double({ noNaN: true, noDefaultInfinity: true }),
				),
				fc.tuple(fc.integer({ min: 1, max: 99 }), fc.constant("solver" as const), fc.string({ maxLength: 40 })),
			),
			{ maxLength: 5 },
		),
		view: fc.record({ sample: fc.nat(), notation: fc.constantFrom("ufldl", "caffe", "pytorch"), tables: fc.boolean() }),
	},
	{ requiredKeys: ["v"] },
);

async function problemOf(text: string) {
	try {
		await decodeState(text);
	} catch (error) {
		if (error instanceof StateError) return error.problem;
		throw error;
	}
	return null;
}

describe("a state in a link", () => {
	it("comes back the same, in letters that no program changes", async () => {
		await fc.assert(
			fc.asyncProperty(anyState, async (state) => {
				const text = await encodeState(state);
				expect(text).toMatch(/^[\w.-]+$/);
				expect(await decodeState(text)).toEqual(readState(JSON.parse(JSON.stringify(state))));
			}),
		);
	});

	it("keeps every double, bit for bit", async () => {
		const values = [0.1, -0, 1 / 3, Number.MIN_VALUE, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, -1e-300];
		const { start } = await decodeState(await encodeState({ v: 1, start: { "a/0": writeNumbers(values) } }));
		expect(start?.["a/0"]).toEqual(values);
		expect(Object.is(start?.["a/0"]?.[1], -0)).toBe(true);
	});

	it("is refused by name when it was cut or changed anywhere", async () => {
		const text = await encodeState({ v: 1, preset: "xor", seed: 3, at: "i2.backward.hidden.1" });
		for (let end = 0; end < text.length; end++)
			expect(await problemOf(text.slice(0, end)), text.slice(0, end)).not.toBeNull();
		for (let end = text.lastIndexOf(".") - 1; end > 6; end--) {
			expect(await problemOf(text.slice(0, end))).toEqual({ code: "S1" });
		}
		await fc.assert(
			fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom("A", "b", "0", "-", "_"), async (place, letter) => {
				fc.pre(text[place] !== letter);
				const problem = await problemOf(text.slice(0, place) + letter + text.slice(place + 1));
				expect(problem?.code).toMatch(/^S[1-5]$/);
			}),
		);
		await fc.assert(
			fc.asyncProperty(fc.string({ maxLength: 60 }), async (noise) => {
				expect((await problemOf(noise))?.code).toMatch(/^S[1-5]$/);
			}),
		);
	});

	it("says what is wrong with it", async () => {
		const written = (json: object) => {
			const payload = btoa(JSON.stringify(json)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
			return `1.j.${payload}.${crc32(payload).toString(36)}`;
		};
		expect(await problemOf(written({ v: 1, seed: 4 }))).toBeNull();
		expect(await problemOf(written({ v: 4 }))).toEqual({ code: "S3", made: 4, known: 1 });
		expect(await problemOf("7.d.x.y")).toEqual({ code: "S3", made: 7, known: 1 });
		expect(await problemOf(written({ v: 1, seed: "x" }))).toEqual({ code: "S5", path: "seed" });
		expect(await problemOf(written({ v: 1, view: { sample: -1 } }))).toEqual({ code: "S5", path: "view.sample" });
		expect(await problemOf(written({ v: 1, colour: 1 }))).toEqual({ code: "S5", path: "colour" });
		expect(await problemOf(written({ v: 1, start: { a: Array(601).fill(0) } }))).toMatchObject({
			code: "S4",
			what: "weights",
		});
		expect(await problemOf("x".repeat(40_000))).toMatchObject({ code: "S4", what: "characters" });
	});

	it("is inflated no further than its bound", async () => {
		const bomb = await encodeState({ v: 1, net: { text: " ".repeat(5_000_000), precision: "double" } });
		expect(bomb.length).toBeLessThan(32_768);
		expect(await problemOf(bomb)).toMatchObject({ code: "S4", what: "bytes" });
	});
});
