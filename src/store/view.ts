import { evaluate } from "../engine/evaluate.ts";
import { type ExplanationContext, explainScalar } from "../engine/explain-scalar.ts";
import { readTrace } from "../engine/read-trace.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { makeReading, type Reading } from "../explain/reading.ts";
import { type Cursor, type Depth, nodeAt, type StageNode } from "../timeline/cursor.ts";
import { knowledgeOf } from "../timeline/stage-of.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { Experiment } from "./experiment.ts";

/** What is seen at one instant: a pure function of the trace and the cursor. Views read numbers only through it. */
export interface View {
	readonly experiment: Experiment;
	readonly timeline: Timeline;
	readonly trace: IterationTrace;
	readonly cursor: Cursor;
	readonly depth: Depth;
	/** The node of the chosen depth that ends at or holds the cursor: what this step computed. */
	readonly node: StageNode;
	/** The cursor's own leaf: its phase, group, unit and term. */
	readonly leaf: StageNode;
	/** The sample in front, from 0 within the batch. */
	readonly sample: number;
	/** The pass whose values are shown. */
	readonly pass: number;
	/** First leaf that is not finite: the iteration stops there. */
	readonly failure: number | null;
	/** A number, or that it may not be shown yet. The same object for the same scalar within one view. */
	read(reference: ScalarReference): Reading;
	/** A number whatever the cursor: for scales, which are fixed for the whole iteration, and for explanations' cases. */
	value(reference: ScalarReference): number;
	readonly context: ExplanationContext;
}

export interface ViewParts {
	readonly experiment: Experiment;
	readonly timeline: Timeline;
	readonly trace: IterationTrace;
	readonly cursor: Cursor;
	readonly depth: Depth;
	readonly sample: number;
	readonly failure: number | null;
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

/** Builds a view. Cheap: nothing is read until asked for. */
export function createView(parts: ViewParts): View {
	const { timeline, trace, cursor } = parts;
	const context = traceReader(timeline, trace);
	const readings = new Map<string, Reading>();
	const leaf = nodeAt(timeline, cursor.leaf, "term");
	const { samples } = timeline.structure.groups[0] ?? { samples: 1 };
	return {
		...parts,
		sample: Math.min(parts.sample, samples - 1),
		node: nodeAt(timeline, cursor.leaf, parts.depth),
		leaf,
		pass: leaf.phase?.pass ?? trace.passes.length - 1,
		context,
		value: context.read,
		read(reference) {
			const id = referenceText(reference);
			const known = readings.get(id);
			if (known !== undefined) return known;
			const reading = makeReading(id, reference, knowledgeOf(timeline, cursor, reference), context.read(reference));
			readings.set(id, reading);
			return reading;
		},
	};
}
