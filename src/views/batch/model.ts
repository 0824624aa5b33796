import { evaluate } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { constant, quotient, scalar, sum } from "../../engine/expressions.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar, outputLayer } from "../../timeline/structure.ts";
import { unitFirst } from "../../timeline/timeline.ts";
import { type Element, elementInFocus } from "./focus.ts";

/** What a column's heading says: the symbol of a scalar without its sample, or a product of two. */
export type Heading =
	| { readonly kind: "scalar"; readonly reference: ScalarReference }
	| { readonly kind: "product"; readonly factors: readonly ScalarReference[] }
	| { readonly kind: "loss"; readonly again: boolean };

export interface BatchColumn {
	readonly heading: Heading;
	/** One reading a sample. */
	readonly readings: readonly Reading[];
	/** The size at which a bar is full, where bars are drawn; those of the last such column show. */
	readonly bar: number | null;
}

/** A line below the samples. */
export interface BatchTotal {
	readonly kind: "sum" | "mean" | "gradient" | "loss" | "lossAfter";
	readonly reading: Reading;
}

export interface BatchModel {
	readonly columns: readonly BatchColumn[];
	readonly totals: readonly BatchTotal[];
	/** How many samples want the element lower and how many higher, once all of them are known. */
	readonly votes: { readonly element: ScalarReference; readonly lower: number; readonly higher: number } | null;
	readonly samples: number;
}

const sampleCount = (view: View): number => view.timeline.structure.groups[0]?.samples ?? 1;

const each = <T>(count: number, make: (k: number) => T): readonly T[] =>
	Array.from({ length: count }, (_, k) => make(k));

function readSubject(view: View, subject: Subject): Reading {
	return subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
}

const asSubject = (expression: Expression): Subject =>
	expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };

function largestSize(view: View, references: readonly ScalarReference[]): number {
	const sizes = references.map((reference) => Math.abs(view.shown(reference))).filter(Number.isFinite);
	const largest = Math.max(0, ...sizes);
	return largest === 0 ? 1 : largest;
}

/** A scalar of one unit for every sample. */
function unitColumn(
	view: View,
	samples: number,
	group: Group,
	what: "z" | "a",
	side: "data" | "diff",
	unit: number,
	withBar = false,
): BatchColumn {
	const at = { iteration: view.cursor.iteration, pass: view.pass, side } as const;
	const references = each(samples, (sample) => groupScalar(group, what, at, sample, unit));
	return {
		heading: { kind: "scalar", reference: references[0] },
		readings: references.map((reference) => view.read(reference)),
		bar: withBar ? largestSize(view, references) : null,
	};
}

/** What came in, what comes back, and their product: each sample's share of one gradient. */
function gradientModel(view: View, samples: number, { layer, slot, index }: Element): BatchModel {
	const { iteration } = view.cursor;
	const share = (sample: number): ScalarReference => ({
		kind: "share",
		iteration,
		pass: view.pass,
		sample,
		layer,
		slot,
		index,
	});
	const gradient: ScalarReference = { kind: "parameter", iteration, layer, slot, moment: "gradient", index };
	const computed = view.read(gradient).status !== "not-computed";
	if (!computed) {
		return {
			columns: [],
			totals: [{ kind: "gradient", reading: view.read(gradient) }],
			votes: null,
			samples,
		};
	}
	const factorsOf = (sample: number): readonly Expression[] => {
		const expression = expand(view.explain, share(sample));
		if (expression === null) return [];
		return expression.kind === "product" ? expression.factors : [expression];
	};
	const factors = each(samples, factorsOf);
	const references = factors[0].flatMap((factor) => (factor.kind === "scalar" ? [factor.reference] : []));
	const shares = each(samples, share);
	const readings = shares.map((reference) => view.read(reference));
	const total = view.derive(sum(shares.map(scalar), "samples"));
	const passes = view.trace.passes.length;
	const isMean = expand(view.explain, gradient)?.kind === "product";
	return {
		columns: [
			...factors[0].map(
				(factor, place): BatchColumn => ({
					heading:
						factor.kind === "scalar"
							? { kind: "scalar", reference: factor.reference }
							: { kind: "product", factors: [] },
					readings: factors.map((own) => readSubject(view, asSubject(own[place] ?? constant(0)))),
					bar: null,
				}),
			),
			{
				heading: { kind: "product", factors: references },
				readings,
				bar: Math.max(largestSize(view, shares), Math.abs(shares.reduce((s, r) => s + view.shown(r), 0))),
			},
		],
		totals: [
			{ kind: "sum", reading: total },
			...(isMean || passes > 1
				? [{ kind: passes > 1 ? ("gradient" as const) : ("mean" as const), reading: view.read(gradient) }]
				: []),
		],
		votes: readings.every(({ status }) => status === "known") ? votesOf(view, gradient, shares) : null,
		samples,
	};
}

function votesOf(view: View, element: ScalarReference, shares: readonly ScalarReference[]): BatchModel["votes"] {
	const values = shares.map((share) => view.value(share));
	return {
		element,
		lower: values.filter((value) => value > 0).length,
		higher: values.filter((value) => value < 0).length,
	};
}

interface SampleLosses {
	readonly subjects: readonly Subject[];
	/** The leaf of the loss stage with each sample's last term. */
	readonly leaves: readonly number[];
}

/** The terms of a loss, sample by sample; null where they cannot be told apart. */
function sampleLosses(view: View, loss: Group, samples: number, pass: number | "again"): SampleLosses | null {
	const at = { iteration: view.cursor.iteration, pass, side: "data" } as const;
	const expression = explainScalar(view.context, groupScalar(loss, "z", at, 0, 0));
	const total = expression?.kind === "quotient" ? expression.numerator : expression;
	if (expression == null || total?.kind !== "sum" || total.terms.length % samples !== 0) return null;
	const perSample = total.terms.length / samples;
	const divisor =
		expression.kind === "quotient" && expression.denominator.kind === "constant" ? expression.denominator.value : 1;
	// UFLDL's J of one sample is not yet divided by their number; the others' loss is.
	const own = view.notation === "ufldl" ? divisor / samples : divisor;
	const stage = view.timeline.groups.find(
		({ phase, subject, pass: of }) =>
			phase === "loss" && of === pass && subject.kind === "group" && subject.group === loss,
	);
	const first = stage === undefined ? view.timeline.leaves - 1 : unitFirst(stage, stage.units - 1);
	return {
		subjects: Array.from({ length: samples }, (_, sample): Subject => {
			const terms = total.terms.slice(sample * perSample, (sample + 1) * perSample);
			const numerator = terms.length === 1 ? terms[0] : sum(terms);
			return { kind: "derived", expression: own === 1 ? numerator : quotient(numerator, constant(own)) };
		}),
		leaves: Array.from({ length: samples }, (_, sample) =>
			stage === undefined ? first : first + (sample + 1) * perSample - 1,
		),
	};
}

/** Outputs of up to so many units stand beside the loss they make. */
const FEW_OUTPUTS = 2;

function lossColumn(view: View, loss: Group, samples: number, pass: number | "again"): BatchColumn | null {
	const losses = sampleLosses(view, loss, samples, pass);
	if (losses === null) return null;
	const readings = losses.subjects.map((subject, sample) =>
		subject.kind === "derived" ? view.derive(subject.expression, losses.leaves[sample]) : view.read(subject),
	);
	const sizes = losses.subjects.map((subject) =>
		subject.kind === "derived" ? Math.abs(evaluate(subject.expression, view.shown)) : 0,
	);
	const largest = Math.max(0, ...sizes.filter(Number.isFinite));
	return { heading: { kind: "loss", again: pass === "again" }, readings, bar: largest === 0 ? 1 : largest };
}

function lossModel(view: View, samples: number, again: boolean): BatchModel {
	const { structure } = view.timeline;
	const { iteration } = view.cursor;
	const losses = structure.groups.filter(({ role, slot }) => role === "loss" && slot === 0);
	const [scores] = losses.length === 0 ? [] : structure.sourceGroups(losses[0]);
	const target = structure.groups.find(({ role }) => role === "target");
	const outputs =
		scores !== undefined && scores.units <= FEW_OUTPUTS && !again
			? Array.from({ length: scores.units }, (_, unit) => unitColumn(view, samples, scores, "a", "data", unit))
			: [];
	const targets =
		target !== undefined && target.units <= FEW_OUTPUTS && !again
			? Array.from({ length: target.units }, (_, unit) => unitColumn(view, samples, target, "a", "data", unit))
			: [];
	const total = (pass: number | "again") => view.read({ kind: "loss", iteration, pass, part: "data" });
	return {
		columns: [
			...outputs,
			...targets,
			...losses.flatMap((loss) => lossColumn(view, loss, samples, view.pass) ?? []),
			...(again ? losses.flatMap((loss) => lossColumn(view, loss, samples, "again") ?? []) : []),
		],
		totals: [
			{ kind: "loss", reading: total(view.pass) },
			...(again ? [{ kind: "lossAfter" as const, reading: total("again") }] : []),
		],
		votes: null,
		samples,
	};
}

/** The units that stand for a layer where the stage is about the whole of it. */
const SHOWN_INPUTS = 4;

function inputModel(view: View, samples: number): BatchModel {
	const given = view.timeline.structure.groups.filter(
		({ role, units }) => (role === "input" || role === "target") && units <= SHOWN_INPUTS,
	);
	return {
		columns: given.flatMap((group) =>
			Array.from({ length: group.units }, (_, unit) => unitColumn(view, samples, group, "a", "data", unit)),
		),
		totals: [],
		votes: null,
		samples,
	};
}

/** One row a sample, with the numbers that the stage is about. */
export function batchModel(view: View, inspected: Subject | null): BatchModel {
	const samples = sampleCount(view);
	const { phase, group: stage, unit } = view.leaf;
	const element = elementInFocus(view, inspected);
	if (element !== null) return gradientModel(view, samples, element);
	if (stage === null || phase === null || stage.subject.kind === "input") return inputModel(view, samples);
	if (phase.name === "loss" || phase.name === "again") return lossModel(view, samples, phase.name === "again");
	if (stage.subject.kind !== "group" || unit === null) return inputModel(view, samples);
	const { group } = stage.subject;
	const bends = outputLayer(group) !== group.head;
	if (phase.name === "forward") {
		return {
			columns: [
				unitColumn(view, samples, group, "z", "data", unit, !bends),
				...(bends ? [unitColumn(view, samples, group, "a", "data", unit, true)] : []),
			],
			totals: [],
			votes: null,
			samples,
		};
	}
	return {
		columns: [
			...(bends ? [unitColumn(view, samples, group, "a", "diff", unit)] : []),
			unitColumn(view, samples, group, "z", "diff", unit, true),
		],
		totals: [],
		votes: null,
		samples,
	};
}
