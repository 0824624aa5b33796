import { describe, expect, test } from "vitest";
import { densePresets as presets } from "../../src/data/testing/dense-presets.ts";
import { readTrace } from "../../src/engine/read-trace.ts";
import { parseReference } from "../../src/engine/reference.ts";
import { openPreset } from "../../src/store/open-experiment.ts";
import { buildRun } from "../../src/store/run.ts";
import { DenseReference } from "./dense-net.ts";
import { evaluateReference } from "./evaluate.ts";
import { isNumberText } from "./number-format.ts";
import { referenceProblems } from "./presets.ts";

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-16;

describe("the reference and the engine were written apart and agree", () => {
	test.each(presets)("$id, three iterations", async (preset) => {
		const { runner } = buildRun(await openPreset(preset));
		const reference = new DenseReference(referenceProblems[preset.id]());
		let compared = 0;
		for (let iteration = 1; iteration <= 3; iteration++) {
			const trace = await runner.trace(iteration);
			for (const [name, value] of reference.iteration(iteration)) {
				const parsed = parseReference(name);
				const recorded = parsed === null ? undefined : readTrace(runner.net, trace, parsed);
				if (recorded === undefined) continue;
				compared++;
				expect(close(recorded, value), `${name}: ${recorded} and ${value}`).toBe(true);
			}
		}
		expect(compared).toBeGreaterThan(200);
	});
});

describe("expressions over references", () => {
	const read = (name: string) => ({ "i1/a": 2, "i1/b": -3 })[name];
	test.each([
		["i1/a", 2],
		["(/ i1/a 0.25)", 8],
		["(+ i1/a i1/b (* i1/a i1/b))", -7],
		["(- i1/a i1/b)", 5],
		["(neg (^ i1/a 3))", -8],
		["(max i1/a i1/b 1e-3)", 2],
		["(relu:0.1 i1/b)", -0.30000000000000004],
		["(sigmoid (* 0 i1/a))", 0.5],
	])("%s is %d", (text, value) => expect(evaluateReference(text, read).value).toBe(value));

	test.each(["i1/c", "(+ i1/a", "(what i1/a)", "i1/a i1/b", "word"])("%s is refused", (text) => {
		expect(() => evaluateReference(text, read)).toThrow();
	});
});

describe("the text of a number, read back", () => {
	test.each([
		["0.7514", 0.75136507],
		["−0.0421", -0.0421],
		["−0.04210", -0.042101],
		["0.40", 0.4],
		["1.000", 0.99999],
		["3", 3],
		["0", 0],
		["1.234·10⁻⁷", 1.2341e-7],
		["5.5·10²³¹", 5.5e231],
		["∞", Number.POSITIVE_INFINITY],
	])("%s may stand for %d", (text, value) => expect(isNumberText(text, value)).toBe(true));

	test.each([
		["0.7513", 0.75136507],
		["0.75", 0.75136507],
		["-0.0421", -0.0421],
		["0.0421", -0.0421],
		["0.0000001234", 1.2341e-7],
		["−0", 0],
		["1234567", 1234567],
		["", 1],
	])("%s may not stand for %d", (text, value) => expect(isNumberText(text, value)).toBe(false));
});
