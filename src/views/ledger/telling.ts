import { evaluate, referencesOf } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { FormulaWriter } from "../../explain/inline.ts";
import { symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import type { Symbol } from "../../explain/symbol.ts";
import { tell, tellWholeStep } from "../../explain/told.ts";
import { isEdited } from "../../store/experiment.ts";
import type { View } from "../../store/view.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { signOfReading } from "../marks/reading-attributes.ts";

const toldIn = new WeakMap<View, Map<string, Expression | null>>();

/** How a subject comes about in this run; null where it is given: by the data, the start, the settings or the reader. */
export function told(view: View, subject: Subject, whole = false): Expression | null {
	const known = toldIn.get(view) ?? new Map<string, Expression | null>();
	toldIn.set(view, known);
	const key = `${subjectText(subject)} ${whole}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const expression = tellOf(view, subject, whole);
	known.set(key, expression);
	return expression;
}

/** A sum over all parameters of a net this large is stated for the matrices only. */
const MOST_PARAMETERS = 20_000;

function isOverAll(view: View, subject: Subject): boolean {
	const overAll =
		(subject.kind === "loss" && subject.part === "decay") || (subject.kind === "solver" && subject.name === "clipNorm");
	const { learnable } = view.timeline.structure.net;
	return overAll && learnable.reduce((total, { blob }) => total + blob.count, 0) > MOST_PARAMETERS;
}

function tellOf(view: View, subject: Subject, whole: boolean): Expression | null {
	if (isOverAll(view, subject)) return null;
	if (subject.kind === "parameter" && subject.moment === "before") {
		if (isEdited(view.experiment, subject.iteration, subject.layer, subject.slot, subject.index)) return null;
	}
	if (whole && subject.kind === "parameter" && subject.moment === "after") return tellWholeStep(view.explain, subject);
	return tell(view.explain, subject);
}

/** The reading of an expression: a scalar's own, or that of a part of a formula, known from a leaf on if one is given. */
export function readingOf(view: View, expression: Expression, from?: number) {
	return expression.kind === "scalar" ? view.read(expression.reference) : view.derive(expression, from);
}

/** Whether an expression is about several samples, so that its symbols must say which. */
function spansSamples(view: View, references: readonly ScalarReference[]): boolean {
	let first: number | null = null;
	for (const reference of references) {
		const sample = sampleOf(view.timeline.structure, reference);
		if (sample === null || reference.kind === "share") continue;
		if (first !== null && sample !== first) return true;
		first = sample;
	}
	return false;
}

function withSample(symbol: Symbol, sample: number): Symbol {
	const subscript = symbol.subscript === undefined ? String(sample) : `${symbol.subscript}; ${sample}`;
	return { ...symbol, subscript };
}

/** So many scalars are not asked one by one whether they may be seen. */
const MANY = 2000;

export interface WriterOptions {
	readonly merge: boolean;
	readonly terms: number;
	readonly termsFrom: number | null;
	readonly current?: number | null;
	/** What is explained is known, and so is all that it is made of. */
	readonly known?: boolean;
}

/** What the printer needs to know of a view: its notation, and only such signs as may be seen. */
export function writerFor(view: View, expression: Expression, options: WriterOptions): FormulaWriter {
	const { structure } = view.timeline;
	const notation = notations[view.notation];
	const references = referencesOf(expression);
	const sampled = spansSamples(view, references);
	const isSeen = (r: ScalarReference) => view.read(r).status !== "not-yet";
	const allSeen = options.known || references.every(isSeen);
	const few = references.length < MANY;
	const seen = (part: Expression) => allSeen || (few && referencesOf(part).every(isSeen));
	return {
		merge: options.merge,
		terms: options.terms,
		termsFrom: options.termsFrom,
		current: options.current ?? null,
		samples: structure.groups[0]?.samples ?? 1,
		samplesLetter: view.notation === "ufldl" ? "m" : "N",
		symbol(reference, index) {
			const symbol = notation.symbol(structure, reference);
			if (index !== undefined) return symbolNode({ ...symbol, subscript: index });
			const sample = sampled ? sampleOf(view.timeline.structure, reference) : null;
			return symbolNode(sample === null ? symbol : withSample(symbol, sample + notation.firstIndex));
		},
		sign(part) {
			if (part.kind === "constant") return Math.sign(part.value);
			const sign = signOfReading(readingOf(view, part));
			return sign === "plus" ? 1 : sign === "minus" ? -1 : 0;
		},
		size: (part) => (seen(part) ? Math.abs(evaluate(part, view.shown)) : 0),
		share: (reference) => expand(view.explain, reference),
	};
}
