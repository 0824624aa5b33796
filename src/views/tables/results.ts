import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Depth, nodeAt, type StageNode } from "../../timeline/cursor.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { type StageGroup, type Timeline, unitAndTime, unitFirst } from "../../timeline/timeline.ts";

/** The k-th node of a depth in an iteration. */
export function nodeOfPlace(timeline: Timeline, depth: Depth, place: number): StageNode {
	switch (depth) {
		case "iteration":
			return nodeAt(timeline, 0, depth);
		case "phase":
			return nodeAt(timeline, timeline.phases[place].first, depth);
		case "layer":
			return nodeAt(timeline, timeline.groups[place].first, depth);
		case "unit": {
			let before = 0;
			for (const group of timeline.groups) {
				if (place < before + group.units) {
					const { unit, time } = unitAndTime(group, place - before);
					return nodeAt(timeline, unitFirst(group, unit, time), depth);
				}
				before += group.units;
			}
			throw new RangeError(`no unit ${place}`);
		}
		case "term":
			return nodeAt(timeline, place, depth);
	}
}

/** What a step computed: the numbers to show, and how many more there are of the same kind. */
export interface StepResult {
	readonly subjects: readonly Subject[];
	readonly more: number;
}

/** So many elements of a row of a parameter are written out. */
const WRITTEN = 4;

const none: StepResult = { subjects: [], more: 0 };

function first(subjects: readonly Subject[], most = WRITTEN): StepResult {
	return { subjects: subjects.slice(0, most), more: Math.max(0, subjects.length - most) };
}

function flatten(expression: Expression): readonly Expression[] {
	return expression.kind === "sum" ? expression.terms.flatMap(flatten) : [expression];
}

const asSubject = (expression: Expression): Subject =>
	expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };

interface Moment {
	readonly view: View;
	readonly pass: number;
	/** The row of the batch: the sample in front, at the step's time where there are time steps. */
	readonly sample: number;
	readonly unit: number;
	/** Null: the whole unit. */
	readonly term: number | null;
}

/** The terms of a sum one by one, and after them what is made of the sum. */
function termOf(view: View, sum: ScalarReference, after: readonly ScalarReference[], term: number): StepResult {
	const expression = expand(view.explain, sum);
	const terms = expression === null ? [] : flatten(expression);
	if (term < terms.length) return { subjects: [asSubject(terms[term])], more: 0 };
	return first(after.slice(term - terms.length, term - terms.length + 1));
}

function forwardResult({ view, pass, sample, unit, term }: Moment, group: Group): StepResult {
	const at = { iteration: view.cursor.iteration, pass, side: "data" } as const;
	const z = groupScalar(group, "z", at, sample, unit);
	const activations = group.elementwise.map(
		(layer): ScalarReference => ({
			kind: "top",
			...at,
			layer: layer.name,
			slot: 0,
			index: sample * group.units + unit,
		}),
	);
	return term === null ? first([z, ...activations]) : termOf(view, z, activations, term);
}

function backwardResult({ view, pass, sample, unit, term }: Moment, group: Group): StepResult {
	const at = { iteration: view.cursor.iteration, pass, side: "diff" } as const;
	const delta = groupScalar(group, "z", at, sample, unit);
	if (term === null) return first([delta]);
	const passed = group.elementwise.map((_, place): ScalarReference => {
		const layer =
			place === group.elementwise.length - 1 ? group.head : group.elementwise[group.elementwise.length - 2 - place];
		const slot = layer === group.head ? group.slot : 0;
		return { kind: "top", ...at, layer: layer.name, slot, index: sample * group.units + unit };
	});
	return termOf(view, groupScalar(group, "a", at, sample, unit), passed, term);
}

function gradientResult({ view, pass, unit, term }: Moment, group: Group): StepResult {
	const { iteration } = view.cursor;
	const { parameters, parameterNeedsDiff } = group.head.run;
	const [weight] = parameters;
	const rows = weight.shape.length > 1 ? weight.shape[0] : 1;
	const elements = parameters.flatMap((blob, slot) => {
		if (!parameterNeedsDiff[slot]) return [];
		if (blob.count % rows !== 0) return [];
		const columns = blob.count / rows;
		return Array.from({ length: columns }, (_, column) => ({ slot, index: unit * columns + column }));
	});
	const layer = group.head.name;
	return first(
		elements.map(
			({ slot, index }): ScalarReference =>
				term === null
					? { kind: "parameter", iteration, layer, slot, moment: "gradient", index }
					: { kind: "share", iteration, pass, sample: term, layer, slot, index },
		),
	);
}

function lossResult({ view, pass, unit, term }: Moment, group: Group, units: number): StepResult {
	const { iteration } = view.cursor;
	const [name] = Object.keys(group.head.run.internals);
	if (name !== undefined && unit < units - 1) {
		const index = view.sample * (units - 1) + unit;
		return first([{ kind: "internal", iteration, pass, layer: group.head.name, name, side: "data", index }]);
	}
	const total = groupScalar(group, "z", { iteration, pass, side: "data" }, 0, 0);
	if (term === null) return first([total]);
	const expression = expand(view.explain, total);
	const inner = expression?.kind === "quotient" ? expression.numerator : expression;
	const terms = inner == null ? [] : flatten(inner);
	return terms[term] === undefined ? first([total]) : first([asSubject(terms[term])]);
}

/** One parameter's part of a sum over all of them; null at the last, which completes it, and for the whole. */
function partOfSum(view: View, total: ScalarReference, { leaves }: StageGroup, term: number | null): StepResult | null {
	if (term === null || term === leaves - 1) return null;
	const expression = expand(view.explain, total);
	const sum = expression?.kind === "apply" ? expression.argument : expression;
	return sum?.kind === "sum" && sum.terms[term] !== undefined ? first([asSubject(sum.terms[term])]) : none;
}

/** The numbers that a step made. Of coarse steps, which make many, none is singled out. */
export function resultOf(view: View, node: StageNode): StepResult {
	const { phase, group: stage, unit, term } = node;
	if (phase === null || stage === null) return none;
	if (unit === null) return stage.units === 1 ? resultOf(view, nodeAt(view.timeline, node.last, "unit")) : none;
	const { iteration } = view.cursor;
	const { subject } = stage;
	const times = subject.kind === "group" ? subject.group.times : 1;
	const sequences = subject.kind === "group" ? subject.group.samples / times : 1;
	const sample = times === 1 ? view.sample : (node.time ?? 0) * sequences + (view.sample % sequences);
	const moment: Moment = { view, pass: phase.pass ?? 0, sample, unit, term };
	switch (subject.kind) {
		case "input":
			return none;
		case "decay": {
			const decay: ScalarReference = { kind: "loss", iteration, pass: moment.pass, part: "decay" };
			return partOfSum(view, decay, stage, term) ?? first([decay, { ...decay, part: "total" }]);
		}
		case "clip": {
			const norm: ScalarReference = { kind: "solver", iteration, name: "clipNorm" };
			return partOfSum(view, norm, stage, term) ?? first([norm, { ...norm, name: "clipScale" }]);
		}
		case "again":
			return first([{ kind: "loss", iteration, pass: "again", part: "total" }]);
		case "parameter": {
			const { parameter, moments } = subject;
			const columns = parameter.blob.count / stage.units;
			const at = (column: number, step: (typeof moments)[number]): ScalarReference => ({
				kind: "parameter",
				iteration,
				layer: parameter.layer,
				slot: parameter.slot,
				moment: step,
				index: unit * columns + column,
			});
			if (term !== null) return first([at(Math.floor(term / moments.length), moments[term % moments.length])]);
			return first(Array.from({ length: columns }, (_, column) => at(column, "after")));
		}
		case "group":
			if (phase.name === "forward") return forwardResult(moment, subject.group);
			if (phase.name === "backward") return backwardResult(moment, subject.group);
			if (phase.name === "gradients") return gradientResult(moment, subject.group);
			return lossResult(moment, subject.group, stage.units);
	}
}
