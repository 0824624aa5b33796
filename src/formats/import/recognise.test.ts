import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StateError } from "../model/problem.ts";
import { ImportError } from "./problem.ts";
import { recognise, recogniseText } from "./recognise.ts";
import { readStateFile } from "./state-file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("what came in", () => {
	it.each([
		['{"v": 1, "preset": "xor"}', "state"],
		["1.j.eyJ2IjoxfQ", "link"],
		["https://example.org/net/?lang=en#s=1.d.abc-_.1z", "link"],
		['name: "LeNet"\nlayer { name: "data" type: "Data" }', "net"],
		["layers {\n", "net"],
		['base_lr: 0.01\nlr_policy: "step"', "solver"],
		['net: "train.prototxt"\ntest_iter: 100\nbase_lr: 0.01', "solver"],
		["1,2\n3,4", "csv"],
		["x;y\n0,5;1", "csv"],
	])("%j is a %s", (text, kind) => {
		expect(recogniseText(text).kind).toBe(kind);
		expect(recognise(bytes(text)).kind).toBe(kind);
	});

	it("is known by its bytes where it is no text, and read whatever encoding a spreadsheet wrote", () => {
		expect(recognise(Uint8Array.of(0x50, 0x4b, 3, 4, 20)).kind).toBe("npz");
		expect(recognise(Uint8Array.of(0x0a, 3, 1, 0, 0)).kind).toBe("caffemodel");
		expect(recognise(bytes("abc"), "weights.caffemodel").kind).toBe("caffemodel");
		expect(recognise(Uint8Array.of(0xff, 0xfe, 0x31, 0, 0x2c, 0, 0x32, 0))).toEqual({ kind: "csv", text: "1,2" });
	});

	it("is refused where it is nothing of these, and never breaks", () => {
		expect(() => recogniseText("hello")).toThrow(ImportError);
		expect(() => recognise(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 255))).toThrow(ImportError);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (anything) => {
				try {
					recognise(anything);
				} catch (error) {
					expect(error).toBeInstanceOf(ImportError);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("the project's own file", () => {
	it("is read, and says where it is no JSON", () => {
		expect(readStateFile('\uFEFF{"v": 1, "seed": 7}')).toEqual({ v: 1, seed: 7 });
		const places: readonly (readonly [string, number, number])[] = [
			['{"v": 1,\n "seed" 7}', 2, 9],
			['{"v": 1,}', 1, 9],
			['{"v": 1', 1, 8],
			['{\n\n  "v": one}', 3, 8],
			['{"v": [1, 2}', 1, 12],
			['{"v": "a\nb"}', 1, 7],
			["{} {}", 1, 4],
		];
		for (const [text, line, column] of places) {
			try {
				readStateFile(text);
				expect.unreachable();
			} catch (error) {
				expect(error instanceof ImportError && error.problem, text).toEqual({ code: "not-json", line, column });
			}
		}
	});

	it("names the path of what cannot be", () => {
		for (const [text, path] of [
			['{"v": 1, "view": {"sample": -1}}', "view.sample"],
			[
				'{"v": 1, "data": {"id": "x", "blobs": {"data": {"shape": [2], "values": [1, "two"]}}}}',
				"data.blobs.data.values.1",
			],
			['{"preset": "xor"}', "v"],
		]) {
			try {
				readStateFile(text);
				expect.unreachable();
			} catch (error) {
				expect(error instanceof StateError && error.problem).toEqual({ code: "S5", path });
			}
		}
	});

	it("never breaks, wherever it was cut or changed", () => {
		const whole =
			'{"v": 1, "preset": "xor", "edits": [[2, "output/0/1", -0.5]], "view": {"sample": 1, "form": "matrix"}}';
		fc.assert(
			fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), (end, at, put) => {
				const text = `{${(whole.slice(0, at) + put + whole.slice(at + 1)).slice(1, end)}`;
				try {
					readStateFile(text);
				} catch (error) {
					expect(error instanceof ImportError || error instanceof StateError).toBe(true);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});
