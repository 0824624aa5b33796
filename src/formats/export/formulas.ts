import { evaluate, referencesOf } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { type ExplainContext, expand, shownValue } from "../../explain/expand.ts";
import { printFormula } from "../../explain/formula.ts";
import type { FormulaCell } from "../../explain/formula-cell.ts";
import type { FormulaWriter } from "../../explain/inline.ts";
import { breakLines } from "../../explain/lines.ts";
import { type MathNode, mathWidth, operator, row, symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Symbol } from "../../explain/symbol.ts";
import { tell, tellWholeStep } from "../../explain/told.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { type ConstantWriter, latexNumber, latexOf, type NumberWriter } from "./latex.ts";
import { mathmlOf } from "./mathml.ts";

/** A formula to be set: what it is of, and its lines of symbols, of numbers, of parts, each as rows that fit the page. */
export interface SetFormula {
	readonly left: MathNode | null;
	/** Null where what is explained is given, or may not be shown yet. */
	readonly symbols: readonly MathNode[] | null;
	readonly numbers: readonly MathNode[] | null;
	readonly parts: MathNode | null;
	readonly result: string | null;
}

export interface FormulaOptions {
	readonly format: NumberFormat;
	/** All of the solver's steps in one. */
	readonly whole?: boolean;
	/** Numbers that may not be shown yet leave the symbols alone. */
	readonly known: boolean;
	/** In em. */
	readonly width: number;
}

function withSample(symbol: Symbol, sample: number): Symbol {
	const subscript = symbol.subscript === undefined ? String(sample) : `${symbol.subscript}; ${sample}`;
	return { ...symbol, subscript };
}

/** Writes formulas of a whole iteration, all of which is known. */
function writerFor(context: ExplainContext, expression: Expression): FormulaWriter {
	const { structure } = context;
	const notation = notations[context.notation];
	const shown = (reference: ScalarReference) => shownValue(context, reference);
	const samples = referencesOf(expression).flatMap((reference) => {
		const sample = reference.kind === "share" ? null : sampleOf(structure, reference);
		return sample === null ? [] : [sample];
	});
	const sampled = new Set(samples).size > 1;
	return {
		merge: false,
		terms: 0,
		termsFrom: null,
		current: null,
		samples: structure.groups[0]?.samples ?? 1,
		samplesLetter: context.notation === "ufldl" ? "m" : "N",
		symbol(reference, index) {
			const symbol = notation.symbol(structure, reference);
			if (index !== undefined) return symbolNode({ ...symbol, subscript: index });
			const sample = sampled ? sampleOf(structure, reference) : null;
			return symbolNode(sample === null ? symbol : withSample(symbol, sample + notation.firstIndex));
		},
		sign: (part) => Math.sign(evaluate(part, shown)),
		size: (part) => Math.abs(evaluate(part, shown)),
		share: (reference) => expand(context, reference),
	};
}

/** The value that a notation shows for a subject. */
export function subjectValue(context: ExplainContext, subject: Subject): number {
	return subject.kind === "derived"
		? evaluate(subject.expression, (reference) => shownValue(context, reference))
		: shownValue(context, subject);
}

const joined = (cells: readonly FormulaCell[], side: "symbols" | "numbers"): MathNode =>
	row(
		...cells.flatMap((cell) => {
			const node = side === "numbers" ? cell.numbers : cell.kind === "more" ? operator("…") : cell.symbols;
			return node === null ? [] : [node];
		}),
	);

/** A sum over all parameters of a net this large is no formula to read. */
const MOST_PARAMETERS = 20_000;

/** Whether a number is a sum over so many parameters that no formula is written. */
export function isOverAll({ structure }: ExplainContext, subject: Subject): boolean {
	const isSum =
		(subject.kind === "loss" && subject.part === "decay") || (subject.kind === "solver" && subject.name === "clipNorm");
	return isSum && structure.net.learnable.reduce((total, { blob }) => total + blob.count, 0) > MOST_PARAMETERS;
}

function toldIn(context: ExplainContext, subject: Subject, whole: boolean): Expression | null {
	if (isOverAll(context, subject)) return null;
	const isWhole = whole && subject.kind === "parameter" && subject.moment === "after";
	return isWhole ? tellWholeStep(context, subject) : tell(context, subject);
}

/** Sets a formula: how a subject comes about in this run. */
export function setFormula(context: ExplainContext, subject: Subject, options: FormulaOptions): SetFormula {
	const { format, whole, known, width } = options;
	const left =
		subject.kind === "derived" ? null : symbolNode(notations[context.notation].symbol(context.structure, subject));
	const result = known ? formatNumber(subjectValue(context, subject), format) : null;
	const expression = toldIn(context, subject, whole === true);
	if (expression === null) return { left, symbols: null, numbers: null, parts: null, result };
	const formula = printFormula(expression, writerFor(context, expression));
	const number = (node: MathNode & { readonly tag: "number" }) =>
		formatNumber(subjectValue(context, node.subject), format).length * 0.5;
	const leftWidth = left === null ? 0 : mathWidth(left, number);
	const lines = breakLines(formula, width, leftWidth + 1.5, number);
	return {
		left,
		symbols: lines.map((cells) => joined(cells, "symbols")),
		numbers: known ? lines.map((cells) => joined(cells, "numbers")) : null,
		parts: known && formula.collapses ? row(...formula.parts.map((part) => part.whole)) : null,
		result,
	};
}

export interface FormulaTexts {
	readonly number: NumberWriter;
	readonly constant: ConstantWriter;
}

export function formulaTexts(context: ExplainContext, format: NumberFormat): FormulaTexts {
	return {
		number: (node) => formatNumber(subjectValue(context, node.subject), format),
		constant: (value) => formatNumber(value, format),
	};
}

/** A formula as the rows of an `aligned` environment. */
export function latexRows(
	{ left, symbols, numbers, parts, result }: SetFormula,
	texts: FormulaTexts,
): readonly string[] {
	const write = (node: MathNode) => latexOf(node, texts.number, texts.constant);
	const start = left === null ? "" : `${write(left)} `;
	const equal = (nodes: readonly MathNode[]) =>
		nodes.map((node, place) => (place === 0 ? `&= ${write(node)}` : `&\\quad ${write(node)}`));
	const rows = [
		...(symbols === null ? [] : equal(symbols)),
		...(numbers === null ? [] : equal(numbers)),
		...(parts === null ? [] : equal([parts])),
		...(result === null ? [] : [`&= ${latexNumber(result)}`]),
	];
	return rows.map((text, place) => (place === 0 ? start + text : text));
}

/** A formula by itself: `\[ \begin{aligned} … \end{aligned} \]`. */
export function latexFormula(formula: SetFormula, texts: FormulaTexts): string {
	return `\\[\n\\begin{aligned}\n  ${latexRows(formula, texts).join(" \\\\\n  ")}\n\\end{aligned}\n\\]\n`;
}

/** A formula as one MathML element, a line a row. */
export function mathmlFormula({ left, symbols, numbers, parts, result }: SetFormula, texts: FormulaTexts): string {
	const write = (node: MathNode) => mathmlOf(node, texts.number, texts.constant);
	const lines = [
		...(symbols === null ? [] : [symbols.map(write).join("")]),
		...(numbers === null ? [] : [numbers.map(write).join("")]),
		...(parts === null ? [] : [write(parts)]),
		...(result === null ? [] : [`<mn>${result}</mn>`]),
	];
	const rows = lines.map(
		(line, place) =>
			`  <mtr><mtd style="text-align: right">${place === 0 && left !== null ? write(left) : ""}</mtd><mtd><mo>=</mo></mtd><mtd style="text-align: left"><mrow>${line}</mrow></mtd></mtr>`,
	);
	return `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">\n<mtable displaystyle="true">\n${rows.join("\n")}\n</mtable>\n</math>\n`;
}
