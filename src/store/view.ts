import { evaluate, referencesOf } from "../engine/evaluate.ts";
import { type ExplanationContext, explainScalar } from "../engine/explain-scalar.ts";
import type { Expression } from "../engine/expression.ts";
import { expressionText } from "../engine/expression-text.ts";
import { readTrace, traceArray } from "../engine/read-trace.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { type ExplainContext, shownDivisor } from "../explain/expand.ts";
import type { NotationId } from "../explain/notation.ts";
import { type BlockReading, type BlockReference, makeBlock, makeReading, type Reading } from "../explain/reading.ts";
import { type Cursor, type Depth, nodeAt, type StageNode } from "../timeline/cursor.ts";
import { type Knowledge, knowledgeOf } from "../timeline/stage-of.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { Experiment } from "./experiment.ts";

export interface ViewParts {
	readonly experiment: Experiment;
	readonly timeline: Timeline;
	readonly trace: IterationTrace;
	readonly cursor: Cursor;
	readonly depth: Depth;
	/** The sample in front, from 0 within the batch. */
	readonly sample: number;
	/** First leaf that is not finite: the iteration stops there. */
	readonly failure: number | null;
	readonly notation: NotationId;
	/** The numbers are those of an edit that is not kept yet: their ids say so. */
	readonly proposed?: boolean;
}

/** What is seen at one instant: a pure function of the trace and the cursor. Views read numbers only through it. */
export interface View extends ViewParts {
	/** The node of the chosen depth that ends at or holds the cursor: what this step computed. */
	readonly node: StageNode;
	/** The cursor's own leaf: its phase, group, unit and term. */
	readonly leaf: StageNode;
	/** The pass whose values are shown. */
	readonly pass: number;
	/** A scalar as the notation has it, or that it may not be shown yet. The same object for the same scalar within one view. */
	read(reference: ScalarReference): Reading;
	/**
	 * A part of a formula: an expression over the notation's scalars. Known when all its operands are, or from a leaf
	 * of this iteration on.
	 */
	derive(expression: Expression, from?: number | null): Reading;
	/**
	 * A row of numbers of one blob that become known in the order of their places: many at once, for what is drawn as
	 * tiles. The same object for the same row within one view.
	 */
	block(first: BlockReference, count: number): BlockReading;
	/** The same for numbers that stand here and there; known when all of them are. */
	gather(references: readonly (BlockReference | null)[]): BlockReading;
	/** What was read of this iteration under an id (a mark's `data-ref`); null where nothing was. */
	find(id: string): Reading | null;
	/** A number as the notation has it, whatever the cursor: for scales, which are fixed for the whole iteration. */
	shown(reference: ScalarReference): number;
	/** The recorded number, whatever the cursor: for choosing cases. */
	value(reference: ScalarReference): number;
	readonly context: ExplanationContext;
	/** What formulas are written in. */
	readonly explain: ExplainContext;
}

/** Reads any scalar of a trace: recorded ones directly, shares by evaluating how they came about. */
export function traceReader(timeline: Timeline, trace: IterationTrace): ExplanationContext {
	const context: ExplanationContext = {
		net: timeline.structure.net,
		settings: trace.settings,
		read(reference) {
			const recorded = readTrace(context.net, trace, reference);
			if (recorded !== undefined) return recorded;
			if (reference.kind !== "share" || reference.iteration !== trace.iteration) return Number.NaN;
			const expression = explainScalar(context, reference);
			return expression === null ? Number.NaN : evaluate(expression, context.read);
		},
	};
	return context;
}

/** A notation's quantity over recorded scalars: `i1/…`, or `(/ i1/… 0.25)` where the notation divides. */
function shownId(explain: ExplainContext, reference: ScalarReference): string {
	const divisor = shownDivisor(explain, reference);
	return divisor === 1 ? referenceText(reference) : `(/ ${referenceText(reference)} ${divisor})`;
}

type Readings = Map<string, Reading>;
const readingsOfTraces = new WeakMap<IterationTrace, Map<string, Readings>>();

const blocksOfTraces = new WeakMap<IterationTrace, Map<string, BlockReading>>();

/**
 * The readings made of an iteration so far, in one notation and under one timeline's knowledge: a step changes only
 * those that become known, the others stay the same objects, and their marks need not be drawn again.
 */
function readingsOf({ trace, notation, proposed }: ViewParts): Readings {
	const ofTrace = readingsOfTraces.get(trace) ?? new Map<string, Readings>();
	readingsOfTraces.set(trace, ofTrace);
	const key = proposed ? `proposed ${notation}` : notation;
	const readings = ofTrace.get(key) ?? new Map<string, Reading>();
	ofTrace.set(key, readings);
	return readings;
}

/** Whether a reading made at another cursor still says what may be shown. */
function stillHolds(reading: Reading, knowledge: Knowledge): boolean {
	return reading.status === knowledge || (reading.status === "not-finite" && knowledge === "known");
}

/** The row in front: the chosen sample, the one whose share is stepped over, or of the chosen sequence the time step where one stands. */
function sampleInFront(
	{ structure }: Timeline,
	{ phase, group, time, term }: StageNode,
	depth: Depth,
	chosen: number,
): number {
	if (time !== null && group?.subject.kind === "group") {
		const sequences = group.subject.group.samples / group.times;
		return time * sequences + (chosen % sequences);
	}
	// A term of the gradients is one sample's share.
	const wanted = depth === "term" && phase?.name === "gradients" && term !== null ? term : chosen;
	return Math.min(wanted, (structure.groups[0]?.samples ?? 1) - 1);
}

/** Builds a view. Cheap: nothing is read until asked for. */
export function createView(parts: ViewParts): View {
	const { timeline, trace, cursor, notation } = parts;
	const mark = parts.proposed ? "proposed/" : "";
	const context = traceReader(timeline, trace);
	const explain: ExplainContext = { structure: timeline.structure, engine: context, notation };
	const readings = new Map<string, Reading>();
	const blocks = new Map<string, BlockReading>();
	const earlierBlocks = blocksOfTraces.get(trace) ?? new Map<string, BlockReading>();
	blocksOfTraces.set(trace, earlierBlocks);
	const earlier = readingsOf(parts);
	// The name of a sum of a thousand terms is long: the same expression is not written out twice.
	const derived = new WeakMap<Expression, Reading>();
	const leaf = nodeAt(timeline, cursor.leaf, "term");
	const sample = sampleInFront(timeline, leaf, parts.depth, parts.sample);
	const shown = (reference: ScalarReference) => context.read(reference) / shownDivisor(explain, reference);
	const known = (reference: ScalarReference) => knowledgeOf(timeline, cursor, reference);

	function knowledgeOfParts(expression: Expression, from: number | null | undefined): Knowledge {
		if (from === null) return "not-computed";
		if (from !== undefined) return from <= cursor.leaf ? "known" : "not-yet";
		return (
			referencesOf(expression)
				.map(known)
				.find((knowledge) => knowledge !== "known") ?? "known"
		);
	}

	/** How many of a row are known: it grows from the first on. */
	function knownOf(first: BlockReference, count: number): number {
		let low = 0;
		let high = count;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (known({ ...first, index: first.index + middle }) === "known") low = middle + 1;
			else high = middle;
		}
		return low;
	}

	function makeRow(first: BlockReference, count: number): BlockReading {
		const array = traceArray(context.net, trace, first);
		const divisor = shownDivisor(explain, first);
		const rest = known({ ...first, index: first.index + count - 1 }) === "not-computed" ? "not-computed" : "not-yet";
		const id = referenceText(first);
		return makeBlock({ id, first, count, known: knownOf(first, count), rest }, (place) =>
			array === null ? context.read({ ...first, index: first.index + place }) : array[first.index + place] / divisor,
		);
	}

	/** One object for one number, so that what shows it is drawn again only when it changes. */
	function kept(key: string, know: () => Knowledge, make: (knowledge: Knowledge) => Reading): Reading {
		const found = readings.get(key);
		if (found !== undefined) return found;
		const knowledge = know();
		const before = earlier.get(key);
		const reading = before !== undefined && stillHolds(before, knowledge) ? before : make(knowledge);
		readings.set(key, reading);
		earlier.set(key, reading);
		return reading;
	}

	return {
		...parts,
		sample,
		node: nodeAt(timeline, cursor.leaf, parts.depth),
		leaf,
		pass: leaf.phase?.pass ?? trace.passes.length - 1,
		context,
		explain,
		value: context.read,
		shown,
		block(first, count) {
			const key = `${notation} ${referenceText(first)} ${count}`;
			const found = blocks.get(key);
			if (found !== undefined) return found;
			const before = earlierBlocks.get(key);
			// A row of which no more is known than before is not painted again.
			const row = before?.known === knownOf(first, count) ? before : makeRow(first, count);
			blocks.set(key, row);
			earlierBlocks.set(key, row);
			return row;
		},
		gather(references) {
			const there = references.filter((reference) => reference !== null);
			const [first] = there;
			if (first === undefined) throw new Error("nothing to gather");
			const why = there.map(known).find((knowledge) => knowledge !== "known");
			const block: BlockReading = {
				id: referenceText(first),
				first,
				count: references.length,
				known: why === undefined ? references.length : 0,
				rest: why === "not-computed" ? why : "not-yet",
				gathered: references,
			};
			const divisor = shownDivisor(explain, first);
			return makeBlock(block, (place) => {
				const reference = references[place];
				return reference == null ? undefined : context.read(reference) / divisor;
			});
		},
		find(id) {
			for (const reading of readings.values()) if (reading.id === id) return reading;
			return null;
		},
		read: (reference) =>
			kept(
				referenceText(reference),
				() => known(reference),
				(knowledge) => makeReading(mark + shownId(explain, reference), reference, knowledge, shown(reference)),
			),
		derive(expression, from) {
			const same = from === undefined ? derived.get(expression) : undefined;
			if (same !== undefined) return same;
			const id = expressionText(expression, (reference) => shownId(explain, reference));
			const reading = kept(
				`${id} ${from}`,
				() => knowledgeOfParts(expression, from),
				(knowledge) => makeReading(mark + id, { kind: "derived", expression }, knowledge, evaluate(expression, shown)),
			);
			if (from === undefined) derived.set(expression, reading);
			return reading;
		},
	};
}
