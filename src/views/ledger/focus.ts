import type { Expression } from "../../engine/expression.ts";
import type { ParameterMoment, ScalarReference } from "../../engine/reference.ts";
import type { Subject } from "../../explain/reading.ts";
import { tell } from "../../explain/told.ts";
import type { View } from "../../store/view.ts";
import { internalAt } from "../../timeline/internal-stage.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { type StageGroup, unitFirst, unitTerms } from "../../timeline/timeline.ts";
import type { Told } from "./printed.ts";
import { flatten } from "./words/case.ts";

/** One term of a unit's sum: where one goes term by term. */
export interface TermPlace {
	readonly kind: "push" | "message" | "share";
	readonly place: number;
	readonly of: number;
	readonly value: Subject;
	readonly group: Group;
	readonly unit: number;
}

/** What the ledger explains where one stands. */
export interface Focus {
	/** In the order in which they come about; the last is the one that the words are about. */
	readonly formulas: readonly Told[];
	/** It is still to come: the start of an iteration. */
	readonly next: boolean;
	readonly term: TermPlace | null;
	/** What has published figures beside these. */
	readonly beside: readonly ScalarReference[];
}

const stands = (formulas: readonly Told[], more: Partial<Focus> = {}): Focus => ({
	formulas,
	next: false,
	term: null,
	beside: [],
	...more,
});

const isStopped = (view: View) => view.failure === view.cursor.leaf;

function unitScalar(view: View, group: Group, what: "z" | "a", side: "data" | "diff", unit: number): ScalarReference {
	return groupScalar(group, what, { iteration: view.cursor.iteration, pass: view.pass, side }, view.sample, unit);
}

const asSubject = (expression: Expression): Subject =>
	expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };

/** The sum that a unit's first leaves add up, with the place of the cursor in it; null behind it. */
function termOf(
	view: View,
	stage: StageGroup,
	group: Group,
	unit: number,
	sum: ScalarReference,
	kind: TermPlace["kind"],
): TermPlace | null {
	const expression = tell(view.explain, sum);
	const place = view.cursor.leaf - unitFirst(stage, unit, view.leaf.time ?? 0);
	const terms = expression === null ? [] : flatten(expression);
	if (expression?.kind !== "sum" || place >= terms.length || terms.length < 2) return null;
	return { kind, place: place + 1, of: terms.length, value: asSubject(terms[place]), group, unit };
}

/** Inside a layer that goes through time: the value that the leaf computed; of a whole unit the last ones. */
function stepFocus(view: View, stage: StageGroup, unit: number): Focus | null {
	const { iteration } = view.cursor;
	const { term } = view.leaf;
	if (term === null) return null;
	const at = (place: number) =>
		internalAt(stage, { iteration, pass: view.pass, sample: view.sample, unit, term: place });
	const own = at(term);
	if (own === null) return null;
	if (view.depth === "term" || isStopped(view)) return stands([{ subject: own }]);
	// A unit ends with what it hands on: the cell and what is let out of it; going back with what came back to it.
	const last = unitTerms(stage, unit, view.leaf.time ?? 0) - 1;
	const places = stage.phase === "forward" ? [last - 1, last] : [firstStep(at, last)];
	const found = places.map(at).filter((subject) => subject !== null);
	return stands(found.map((subject) => ({ subject })));
}

/** The first of a unit's steps behind the messages that reach it. */
function firstStep(at: (place: number) => ScalarReference | null, last: number): number {
	let place = last;
	while (place > 0 && at(place - 1) !== null) place--;
	return place;
}

function forwardFocus(view: View, stage: StageGroup, group: Group, unit: number): Focus {
	const steps = stepFocus(view, stage, unit);
	if (steps !== null) return steps;
	const z = unitScalar(view, group, "z", "data", unit);
	const termsFrom = unitFirst(stage, unit, view.leaf.time ?? 0);
	const term = view.depth === "term" || isStopped(view) ? termOf(view, stage, group, unit, z, "push") : null;
	if (term !== null) return stands([{ subject: z, termsFrom, current: term.place - 1 }], { term });
	if (group.elementwise.length === 0) return stands([{ subject: z }]);
	return stands([{ subject: z }, { subject: unitScalar(view, group, "a", "data", unit), brief: true }]);
}

function backwardFocus(view: View, stage: StageGroup, group: Group, unit: number): Focus {
	const steps = stepFocus(view, stage, unit);
	if (steps !== null) return steps;
	const back = unitScalar(view, group, "a", "diff", unit);
	const term = view.depth === "term" || isStopped(view) ? termOf(view, stage, group, unit, back, "message") : null;
	if (term !== null) {
		return stands(
			[{ subject: back, termsFrom: unitFirst(stage, unit, view.leaf.time ?? 0), current: term.place - 1 }],
			{ term },
		);
	}
	return stands([{ subject: unitScalar(view, group, "z", "diff", unit) }]);
}

/** In a row of gradients the largest is the one that matters. */
function largestColumn(view: View, layer: string, row: number, columns: number): number {
	let best = 0;
	let size = -1;
	for (let column = 0; column < columns; column++) {
		const index = row * columns + column;
		const { iteration } = view.cursor;
		const value = Math.abs(view.value({ kind: "parameter", iteration, layer, slot: 0, moment: "gradient", index }));
		if (value > size) {
			size = value;
			best = column;
		}
	}
	return best;
}

function gradientFocus(view: View, stage: StageGroup, group: Group, unit: number): Focus {
	const { iteration } = view.cursor;
	const { name: layer } = group.head;
	const [weight] = group.head.run.parameters;
	const columns = weight.shape.length > 1 ? weight.count / weight.shape[0] : 1;
	const row = Math.min(unit, weight.count / columns - 1);
	const index = row * columns + largestColumn(view, layer, row, columns);
	const subject: ScalarReference = { kind: "parameter", iteration, layer, slot: 0, moment: "gradient", index };
	const samples = unitTerms(stage, unit);
	const sample = view.cursor.leaf - unitFirst(stage, unit);
	if (view.depth !== "term" || sample === samples - 1) return stands([{ subject }]);
	const value: Subject = { kind: "share", iteration, pass: view.pass, sample, layer, slot: 0, index };
	return stands([{ subject, current: sample }], {
		term: { kind: "share", place: sample + 1, of: samples, value, group, unit },
	});
}

function solverFocus(view: View, stage: StageGroup, unit: number, term: number): Focus {
	if (stage.subject.kind !== "parameter") return stands([]);
	const { iteration } = view.cursor;
	const { parameter, moments } = stage.subject;
	const { layer, slot } = parameter;
	const columns = parameter.blob.count / stage.units;
	const at = (moment: ParameterMoment, index: number): ScalarReference => ({
		kind: "parameter",
		iteration,
		layer,
		slot,
		moment,
		index,
	});
	const index = unit * columns + Math.floor(term / moments.length);
	const moment = moments[term % moments.length];
	const row = Array.from({ length: columns }, (_, column) => at("after", unit * columns + column));
	return stands([{ subject: at(moment, index), whole: true }], { beside: row });
}

function lossFocus(view: View, stage: StageGroup, group: Group, unit: number): Focus {
	const { iteration } = view.cursor;
	const at = { iteration, pass: view.pass, layer: group.head.name } as const;
	const [name] = Object.keys(group.head.run.internals);
	if (name !== undefined && unit < stage.units - 1) {
		const index = view.sample * stage.segments[0].units + unit;
		return stands([{ subject: { kind: "internal", ...at, name, side: "data", index } }]);
	}
	return stands([{ subject: { kind: "top", ...at, slot: 0, side: "data", index: 0 } }]);
}

/** What the ledger explains where one stands, when nothing else was asked for. */
export function focusOf(view: View): Focus {
	const { phase, group: stage, unit, term } = view.leaf;
	const { iteration } = view.cursor;
	const { structure } = view.timeline;
	if (phase === null || stage === null || unit === null || term === null) return stands([]);
	const { subject } = stage;
	switch (subject.kind) {
		case "input": {
			const first = structure.groups.find(({ role }) => role === "hidden" || role === "output");
			if (first === undefined) return stands([]);
			return stands([{ subject: unitScalar(view, first, "z", "data", 0) }], { next: true });
		}
		case "decay":
			return stands([
				{ subject: { kind: "loss", iteration, pass: view.pass, part: "decay" } },
				{ subject: { kind: "loss", iteration, pass: view.pass, part: "total" } },
			]);
		case "clip":
			return stands([
				{ subject: { kind: "solver", iteration, name: "clipScale" }, brief: true },
				{ subject: { kind: "solver", iteration, name: "clipNorm" } },
			]);
		case "again":
			return stands([{ subject: { kind: "loss", iteration, pass: "again", part: "total" } }]);
		case "parameter":
			return solverFocus(view, stage, unit, term);
		case "group":
			break;
	}
	const { group } = subject;
	switch (phase.name) {
		case "forward":
			return forwardFocus(view, stage, group, unit);
		case "backward":
			return backwardFocus(view, stage, group, unit);
		case "gradients":
			return gradientFocus(view, stage, group, unit);
		default:
			return lossFocus(view, stage, group, unit);
	}
}
