import { referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { constant, product, quotient, scalar, sum } from "../../engine/expressions.ts";
import type { Pass, ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import type { Group } from "../../timeline/structure.ts";
import { type StageGroup, unitFirst } from "../../timeline/timeline.ts";

/** One term of the data loss: an output of a sample, or a sample where the loss looks at all outputs together. */
export interface LossPart {
	readonly reading: Reading;
	readonly expression: Expression;
	/** From 0; null where the term is about no one of them. */
	readonly sample: number | null;
	readonly unit: number | null;
	/** At whose end it has been added. */
	readonly leaf: number;
}

/** An output and what it should be, for the sample in front. */
export interface Gap {
	readonly unit: number;
	readonly output: Reading;
	readonly target: Reading;
	/** Output minus target. */
	readonly gap: Reading;
	readonly expressions: { readonly output: Expression; readonly target: Expression; readonly gap: Expression };
	/** At whose end they are compared; null where they were before. */
	readonly leaf: number | null;
}

export function lossGroups(view: View): readonly Group[] {
	return view.timeline.structure.groups.filter(
		({ role, head, slot }) => role === "loss" && (head.lossWeights[slot] ?? 0) !== 0,
	);
}

/** The loss whose outputs face their targets: that of the stage, else the first. */
export function facedLoss(view: View): Group | null {
	const subject = view.leaf.group?.subject;
	const losses = lossGroups(view);
	const here = subject?.kind === "group" ? losses.find((group) => group === subject.group) : undefined;
	return here ?? losses[0] ?? null;
}

function lossStage(view: View, group: Group): StageGroup | undefined {
	return view.timeline.phases
		.find(({ name, pass }) => name === "loss" && pass === view.pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
}

function placeOf(view: View, term: Expression, outputs: Group): { sample: number | null; unit: number | null } {
	const references = referencesOf(term);
	const output = references.find(
		(reference) =>
			reference.kind === "internal" ||
			(reference.kind === "top" && view.timeline.structure.groupOf(reference.layer, reference.slot) === outputs),
	);
	if (output === undefined || (output.kind !== "internal" && output.kind !== "top"))
		return { sample: null, unit: null };
	return { sample: Math.floor(output.index / outputs.units), unit: output.index % outputs.units };
}

/** The terms that a loss layer adds up, each with its share of the divisor and of the loss weight. */
function partsOfLoss(view: View, group: Group, pass: Pass): readonly LossPart[] {
	const { iteration } = view.cursor;
	const { head, slot } = group;
	const top: ScalarReference = { kind: "top", iteration, pass, layer: head.name, slot, side: "data", index: 0 };
	const expression = explainScalar(view.context, top);
	const stage = lossStage(view, group);
	const [outputs] = view.timeline.structure.sourceGroups(group);
	const first = stage === undefined ? 0 : unitFirst(stage, stage.units - 1);
	const weight = head.lossWeights[slot] ?? 1;
	const weighted = (part: Expression) => (weight === 1 ? part : product(part, constant(weight)));
	const terms =
		expression?.kind === "quotient" && expression.numerator.kind === "sum"
			? expression.numerator.terms.map((term) => quotient(term, expression.denominator))
			: [scalar(top)];
	return terms.map((term, place): LossPart => {
		const part = weighted(term);
		const leaf = pass === "again" ? view.timeline.leaves - 1 : first + place;
		return { reading: view.derive(part, leaf), expression: part, leaf, ...placeOf(view, term, outputs) };
	});
}

/** More parts than this are added up sample by sample: thinner ones could not be told apart. */
const MOST_PARTS = 48;

/** The data loss in parts, in the order of the sum. */
export function lossParts(view: View, pass: Pass): readonly LossPart[] {
	const parts = lossGroups(view).flatMap((group) => partsOfLoss(view, group, pass));
	return parts.length <= MOST_PARTS ? parts : bySample(view, parts);
}

function bySample(view: View, parts: readonly LossPart[]): readonly LossPart[] {
	const samples = [...new Set(parts.map(({ sample }) => sample))];
	return samples.map((sample): LossPart => {
		const own = parts.filter((part) => part.sample === sample);
		const expression = sum(own.map((part) => part.expression));
		const leaf = Math.max(...own.map((part) => part.leaf));
		return { reading: view.derive(expression, leaf), expression, sample, unit: null, leaf };
	});
}

/** A sum over more parameters than this is one part: a formula of all of them would take seconds to write. */
const MOST_PARAMETERS = 20_000;

/** What each parameter with decay adds to the decay term. */
export function decayParts(view: View, pass: Pass): readonly LossPart[] {
	const { iteration } = view.cursor;
	const reference = { kind: "loss", iteration, pass, part: "decay" } as const;
	const stage = view.timeline.phases
		.find((phase) => phase.name === "loss" && phase.pass === view.pass)
		?.groups.find(({ subject }) => subject.kind === "decay");
	if (stage === undefined) return [];
	const { learnable } = view.timeline.structure.net;
	if (learnable.reduce((total, { blob }) => total + blob.count, 0) > MOST_PARAMETERS) {
		const leaf = pass === "again" ? view.timeline.leaves - 1 : stage.first + stage.leaves - 1;
		return [{ reading: view.read(reference), expression: scalar(reference), leaf, sample: null, unit: null }];
	}
	const expression = expand(view.explain, reference);
	if (expression?.kind !== "sum") return [];
	return expression.terms.map((term, place): LossPart => {
		const leaf = pass === "again" ? view.timeline.leaves - 1 : stage.first + place;
		return { reading: view.derive(term, leaf), expression: term, leaf, sample: null, unit: null };
	});
}

/** Output and target of each unit that a loss compares, for one sample. */
export function gapsOf(view: View, loss: Group, pass: Pass): readonly Gap[] {
	const [outputs] = view.timeline.structure.sourceGroups(loss);
	const [source] = loss.head.sources;
	const { name } = view.timeline.structure.net.layers[source.layer];
	const parts = partsOfLoss(view, loss, pass);
	return Array.from({ length: outputs.units }, (_, unit) => unit).flatMap((unit): Gap[] => {
		const index = view.sample * outputs.units + unit;
		const { iteration } = view.cursor;
		const diff = explainScalar(view.context, {
			kind: "top",
			iteration,
			pass,
			layer: name,
			slot: source.slot,
			side: "diff",
			index,
		});
		const gap = diff?.kind === "product" ? diff.factors.find(({ kind }) => kind === "difference") : undefined;
		if (gap?.kind !== "difference") return [];
		const part = parts.find(({ sample, unit: own }) => sample === view.sample && own === unit);
		const leaf = pass === "again" ? view.timeline.leaves - 1 : comparedAt(view, gap.left, part);
		const read = (expression: Expression) =>
			expression.kind === "scalar" ? view.read(expression.reference) : view.derive(expression);
		return [
			{
				unit,
				output: read(gap.left),
				target: read(gap.right),
				gap: view.derive(gap, leaf ?? undefined),
				expressions: { output: gap.left, target: gap.right, gap },
				leaf,
			},
		];
	});
}

/** A probability that the loss makes is compared as soon as it is there; else the comparison is the loss's own term. */
function comparedAt(view: View, output: Expression, part: LossPart | undefined): number | null {
	if (output.kind === "scalar" && output.reference.kind === "internal") {
		const leaf = becomingOf(view.timeline, output.reference);
		return typeof leaf === "number" ? leaf : null;
	}
	return part?.leaf ?? null;
}
