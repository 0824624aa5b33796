import { describe, expect, it } from "vitest";
import { EngineError } from "../engine/problem.ts";
import { parseTypedNumber } from "../explain/number-text.ts";
import { FormatError, type FormatProblem, readNet, readSolver } from "../formats/prototxt/index.ts";
import { en } from "../i18n/en/index.ts";
import { zh } from "../i18n/zh/index.ts";
import { errorText, type Problem, problemText } from "./problem-text.ts";

const engine: readonly Problem[] = [
	{ code: "unknown-layer-type", layer: "a", type: "Attention", line: 3 },
	{ code: "unknown-bottom", layer: "a", bottom: "x" },
	{ code: "duplicate-layer", layer: "a" },
	{ code: "duplicate-top", layer: "a", top: "x" },
	{ code: "port-count", layer: "a", port: "bottom", found: 1, minimum: 2, maximum: 2 },
	{ code: "port-count", layer: "a", port: "top", found: 0, minimum: 1, maximum: 2147483647 },
	{ code: "shape-mismatch", layer: "a", what: "bottom", expected: "[4, 2]", found: "[4, 1]" },
	{ code: "in-place-refused", layer: "a", top: "x" },
	{ code: "setting", layer: "hidden", setting: "num_output", expected: "integer 1 … 256", found: "0" },
	{ code: "setting", layer: "hidden", setting: "axis_of_evil", expected: "4 axes", found: "NaN" },
	{ code: "unknown-setting", layer: "a", setting: "x" },
	{ code: "shared-parameter", layer: "a", parameter: "w", expected: "[1]", found: "[2]" },
	{ code: "too-large", layer: "a", elements: 1e12, limit: 2 ** 27 },
	{ code: "data-shape", blob: "data", expected: 4, found: 2 },
	{ code: "no-loss" },
];

const at = { line: 2, column: 7 };
const format: readonly FormatProblem[] = [
	{ code: "unexpected", found: "}", expected: "a value", ...at },
	{ code: "unexpected", found: "", expected: "a value", ...at },
	{ code: "unterminated-string", ...at },
	{ code: "unclosed", field: "layer", ...at },
	{ code: "too-deep", limit: 64, ...at },
	{ code: "too-many-fields", limit: 100000, ...at },
	{ code: "too-long", limit: 1000000, found: 2000000 },
	{ code: "unknown-field", field: "x", near: "y", ...at },
	{ code: "wrong-type", field: "x", expected: "a number", ...at },
	{ code: "shape-needed", layer: "data", top: "data", batch: 64, line: 2 },
	{ code: "missing", field: "lr_policy" },
];

describe("a refusal", () => {
	it("says where, what, and what is allowed", () => {
		const problem = {
			code: "setting",
			layer: "hidden",
			setting: "num_output",
			expected: "integer 1 … 256",
			found: "0",
		};
		expect(problemText(en, problem as Problem)).toBe(
			"Layer “hidden”: The number of units must be a whole number from 1 to 256; 0 is not.",
		);
		expect(problemText(zh, problem as Problem)).toBe("层“hidden”：单元数须为 1 到 256 的整数，不能是 0。");
		expect(
			problemText(en, {
				code: "setting",
				layer: "solver",
				setting: "base_lr",
				expected: "number 0 … 1000",
				found: "1e9",
			}),
		).toBe("The learning rate must be a number from 0 to 1000; 1·10⁹ is not.");
		expect(problemText(en, { code: "unknown-layer-type", layer: "a", type: "Attention", line: 3 })).toBe(
			"Line 3: Layer “a”: There is no layer type “Attention” here.",
		);
	});

	it("of a typed text quotes it", () => {
		const refused = ["", "abc", "1/0", "1e301"].map((text) => {
			const typed = parseTypedNumber(text);
			return typed.ok ? "" : problemText(en, typed.problem);
		});
		expect(refused).toEqual([
			"Type a number.",
			"“abc” is not a number. Write it as 0.5 or 0,5, as 1/3, or as 1e-3.",
			"“1/0” divides by 0.",
			"“1e301” is too large; ±1·10³⁰⁰ is the limit.",
		]);
	});

	it.each([...engine, ...format])("with code $code is a sentence in both languages", (problem) => {
		for (const catalogue of [en, zh]) {
			const text = problemText(catalogue, problem);
			expect(text).toMatch(/[.。?？]$/);
			expect(text).not.toContain("undefined");
		}
		expect(problemText(en, problem)).not.toBe(problemText(zh, problem));
	});

	it("is what an error card says; a fault says its own message", () => {
		const net = 'layer { name: "a" type: "InnerProduct" bottom: "x" inner_product_param { num_output: } }';
		expect(() => readNet(net, { precision: "double" })).toThrow(FormatError);
		try {
			readSolver("base_lr: 1", { precision: "double" });
		} catch (error) {
			expect(errorText(en, error)).toBe("“lr_policy” is missing.");
		}
		expect(errorText(en, new EngineError({ code: "no-loss" }))).toBe(en.problems.noLoss);
		expect(errorText(en, new RangeError("no layer x"))).toBe("no layer x");
	});
});
