import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { difference, product, scalar, sum } from "../engine/expressions.ts";
import { readTrace } from "../engine/read-trace.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";
import { anyDenseRun } from "../engine/testing/dense-nets.ts";
import { magnitude, shareRows, traceContext } from "../engine/testing/explanations.ts";
import { allReferences } from "../engine/testing/references.ts";
import { createTraining, type TrainingOptions } from "../engine/training.ts";
import { structureOf } from "../timeline/structure.ts";
import { type ExplainContext, expand, shownValue } from "./expand.ts";
import { printFormula } from "./formula.ts";
import type { FormulaWriter } from "./inline.ts";
import { breakLines } from "./lines.ts";
import { type MathNode, mathText, symbolNode } from "./math.ts";
import { notations } from "./notation.ts";
import type { Subject } from "./reading.ts";
import { letter } from "./symbol.ts";
import { readNodes } from "./testing/read-math.ts";
import { tell, tellWholeStep } from "./told.ts";

const weight = (index: number): ScalarReference => ({
	kind: "parameter",
	iteration: 1,
	layer: "hidden",
	slot: 0,
	moment: "before",
	index,
});

/** Prints over plain numbers, w0 … wn. */
function writerOver(values: readonly number[], options: Partial<FormulaWriter> = {}): FormulaWriter {
	const read = (r: ScalarReference) => ("index" in r ? values[r.index] : Number.NaN);
	return {
		symbol: (r) => symbolNode(letter("w", undefined, "index" in r ? String(r.index) : "")),
		sign: (expression) => Math.sign(evaluate(expression, read)),
		size: (expression) => Math.abs(evaluate(expression, read)),
		share: () => null,
		samples: 4,
		samplesLetter: "m",
		merge: false,
		terms: 3,
		termsFrom: null,
		current: null,
		...options,
	};
}

const cellsOf = (...args: Parameters<typeof printFormula>) => printFormula(...args).parts.flatMap(({ cells }) => cells);
const textOf = (nodes: readonly (MathNode | null)[]) =>
	nodes.map((node) => (node === null ? "" : mathText(node, (r) => ("index" in r ? String(r.index) : "…")))).join(" ");

describe("a printed formula", () => {
	it("writes a negative term with a minus of its own and a negative factor in parentheses", () => {
		const writer = writerOver([2, -3, 4, -5]);
		const terms = sum([product(scalar(weight(0)), scalar(weight(1))), scalar(weight(3))]);
		const cells = cellsOf(terms, writer);
		expect(textOf(cells.map(({ symbols }) => symbols))).toBe("msub(w; 0) · msub(w; 1) + msub(w; 3)");
		expect(textOf(cells.map(({ numbers }) => numbers))).toBe("‹0› · ( ‹1› ) − ‹−3›");
	});

	it("merges products where there is no room, each with its value and its sign", () => {
		const terms = sum([0, 2].map((k) => product(scalar(weight(k)), scalar(weight(k + 1)))));
		const cells = cellsOf(terms, writerOver([2, 3, 4, -5], { merge: true }));
		expect(cells.map(({ kind }) => kind)).toEqual(["operand", "operator", "operand"]);
		expect(textOf(cells.map(({ numbers }) => numbers))).toBe("‹…› − ‹−…›");
	});

	it("writes the largest terms of a long sum, in their order, and counts the rest", () => {
		const values = [1, 9, 2, 8, -7, 3, 4];
		const cells = cellsOf(sum(values.map((_, k) => scalar(weight(k)))), writerOver(values));
		expect(textOf(cells.map(({ symbols }) => symbols))).toBe("msub(w; 1) + msub(w; 3) + msub(w; 4) + ");
		expect(cells.at(-1)).toMatchObject({ kind: "more", count: 4 });
	});

	it("writes the term of this step even where it is small", () => {
		const values = [1, 9, 2, 8, -7, 3, 4];
		const cells = cellsOf(sum(values.map((_, k) => scalar(weight(k)))), writerOver(values, { current: 2 }));
		expect(textOf(cells.map(({ symbols }) => symbols))).toContain("msub(w; 2)");
	});

	it("draws its parts together below their columns", () => {
		const gap = difference(scalar(weight(0)), scalar(weight(1)));
		const { parts, collapses } = printFormula(product(gap, scalar(weight(2))), writerOver([0.75, 0.01, 0.19]));
		expect(collapses).toBe(true);
		expect(parts.map(({ role, cells }) => [role, cells.length])).toEqual([
			["gap", 5],
			["operator", 1],
			["other", 1],
		]);
	});

	it("keeps the signs of what may not be shown to itself", () => {
		const hidden = writerOver([2, -3], { sign: () => 0 });
		const cells = cellsOf(sum([scalar(weight(0)), scalar(weight(1))]), hidden);
		expect(textOf(cells.map(({ numbers }) => numbers))).toBe("‹0› + ‹1›");
	});
});

describe("a formula's lines", () => {
	const values = Array.from({ length: 6 }, (_, k) => k + 1);
	const long = printFormula(sum(values.map((_, k) => scalar(weight(k)))), writerOver(values));

	it("hold all columns in their order, each begun by an operator", () => {
		const lines = breakLines(long, 12, 2, () => 3);
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.flat()).toEqual(long.parts.flatMap(({ cells }) => cells));
		for (const line of lines.slice(1)) expect(line[0].kind).toBe("operator");
	});

	it("are one where there is room", () => {
		expect(breakLines(long, 100, 2, () => 3)).toHaveLength(1);
	});

	it("break outer operators first", () => {
		const inner = sum([scalar(weight(1)), scalar(weight(2)), scalar(weight(3))]);
		const formula = printFormula(difference(product(inner, scalar(weight(4))), inner), writerOver(values));
		const [first] = breakLines(formula, 24, 2, () => 3);
		expect(textOf(first.map(({ symbols }) => symbols))).toMatch(/msub\(w; 4\)$/);
	});
});

function writerFor(context: ExplainContext, options: Partial<FormulaWriter>): FormulaWriter {
	const shown = (r: ScalarReference) => shownValue(context, r);
	return {
		...writerOver([]),
		symbol: (r) => symbolNode(notations[context.notation].symbol(context.structure, r)),
		sign: (expression) => Math.sign(evaluate(expression, shown)),
		size: (expression) => Math.abs(evaluate(expression, shown)),
		share: (r) => expand(context, r),
		samples: context.structure.groups[0].samples,
		...options,
	};
}

/** Every formula of a run's last iteration whose printed numbers do not come to the number that is explained. */
function wrongLines(run: TrainingOptions, iterations: number, notation: "ufldl" | "caffe" | "pytorch", merge: boolean) {
	const { net, step, record } = createTraining(run);
	for (let k = 1; k < iterations; k++) step();
	const trace = record();
	const engine = traceContext(net, trace);
	const context: ExplainContext = { structure: structureOf(net), engine, notation };
	const shown = (r: ScalarReference) => shownValue(context, r);
	const numbers = (subject: Subject) =>
		subject.kind === "derived" ? evaluate(subject.expression, shown) : shown(subject);
	const writer = writerFor(context, { merge });
	return allReferences(net, trace.settings, iterations, shareRows(engine)).flatMap((r) => {
		if (r.kind !== "share" && readTrace(net, trace, r) === undefined) return [];
		const whole = r.kind === "parameter" && r.moment === "after" ? [tellWholeStep(context, r)] : [];
		return [tell(context, r), ...whole].flatMap((expression) => {
			if (expression === null || hasNoPlainForm(expression)) return [];
			const { parts, collapses } = printFormula(expression, writer);
			const lines = [
				parts.flatMap(({ cells }) => cells.map((cell) => cell.numbers)),
				...(collapses ? [parts.map(({ whole }) => whole)] : []),
			];
			const room = 1e-9 * Math.max(1e-3, magnitude(expression, shown));
			return lines.flatMap((line) => {
				const claimed = readLine(line, numbers);
				if (typeof claimed === "number" && Math.abs(claimed - shown(r)) <= room) return [];
				return [`${referenceText(r)} is ${shown(r)}, its line ${textOf(line)} comes to ${claimed}`];
			});
		});
	});
}

function readLine(line: readonly MathNode[], numbers: (subject: Subject) => number): number | string {
	try {
		return readNodes(line, numbers);
	} catch (error) {
		return String(error);
	}
}

/** A leaky ReLU and a softplus are written with their name, not with arithmetic. */
function hasNoPlainForm(expression: Expression): boolean {
	const text = JSON.stringify(expression);
	return /"(relu|softplus)"/.test(text);
}

describe.each(["ufldl", "caffe", "pytorch"] as const)("the numbers printed as %s writes them", (notation) => {
	it("come to the number that they explain, in any dense net", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.integer({ min: 1, max: 2 }), fc.boolean(), (run, iterations, merge) => {
				expect(wrongLines(run, iterations, notation, merge)).toEqual([]);
			}),
			{ numRuns: 12 },
		);
	});
});
