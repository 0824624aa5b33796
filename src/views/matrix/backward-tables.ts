import { referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import { constant } from "../../engine/expressions.ts";
import { referenceText } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar, outputLayer } from "../../timeline/structure.ts";
import {
	type Block,
	type BlockKind,
	type CellPlace,
	type Lit,
	type Place,
	parameter,
	perUnit,
	type Sign,
	vector,
} from "./blocks.ts";
import { isDense } from "./forward-tables.ts";
import type { MatrixTable, Spot } from "./model.ts";

const asSubject = (expression: Expression): Subject =>
	expression.kind === "scalar" ? expression.reference : { kind: "derived", expression };

function factorsOf(expression: Expression): readonly Expression[] {
	return expression.kind === "product" ? expression.factors.flatMap(factorsOf) : [expression];
}

/** The factors of what comes back to one unit, as the notation writes it. */
function deltaFactors(view: View, group: Group, what: "z" | "a", at: Place, unit: number): readonly Expression[] {
	const expression = expand(view.explain, groupScalar(group, what, { ...at, side: "diff" }, at.sample, unit));
	return expression === null ? [] : factorsOf(expression);
}

function kindOf(factor: Expression): BlockKind {
	if (factor.kind === "named") return factor.role === "slope" ? "slope" : "scale";
	return factor.kind === "difference" ? "gap" : "factor";
}

/** One block a factor; a difference also shows its two sides, unless `withoutGap`: then the difference is the result. */
function factorBlocks(
	view: View,
	group: Group,
	what: "z" | "a",
	at: Place,
	lit: Lit,
	withoutGap: boolean,
): readonly Block[] {
	const sample = deltaFactors(view, group, what, at, 0);
	return sample.flatMap((factor, place): readonly Block[] => {
		const factorOf = (unit: number) => deltaFactors(view, group, what, at, unit)[place] ?? constant(0);
		const sign: Sign | null = place === 0 ? null : "×";
		const whole = (more: Sign | null) =>
			perUnit(kindOf(factor), group, true, (unit) => asSubject(factorOf(unit)), { lit, sign: more });
		if (factor.kind !== "difference") return [whole(sign)];
		const sideOf = (side: "left" | "right") => (unit: number) => {
			const found = factorOf(unit);
			return asSubject(found.kind === "difference" ? found[side] : found);
		};
		const probabilities = factor.left.kind === "scalar" && factor.left.reference.kind === "internal";
		return [
			perUnit(probabilities ? "probability" : "a", group, true, sideOf("left"), { lit, sign }),
			perUnit("target", group, true, sideOf("right"), { lit, sign: "−" }),
			...(withoutGap ? [] : [whole("=")]),
		];
	});
}

/** Output facing target, through the valve: a − y, × f′, = δ, one row a unit. */
function errorTable(view: View, group: Group, at: Place, { unit }: Spot): MatrixTable {
	const lit: Lit = unit === null ? "none" : { row: unit };
	const alone = deltaFactors(view, group, "z", at, 0).length === 1;
	const delta = vector("delta", group, "z", "diff", at, true, { lit, sign: "=" });
	return {
		group,
		bands: [[...factorBlocks(view, group, "z", at, lit, alone), delta]],
		frame: unit === null ? null : { band: 0, row: unit },
	};
}

/** What the slope of a unit's activation is taken from: its output where that is in the formula, else its sum. */
function slopeSource(view: View, group: Group, at: Place): "a" | "z" {
	const slope = deltaFactors(view, group, "z", at, 0).find((factor) => kindOf(factor) === "slope");
	if (slope === undefined) return "a";
	const texts = referencesOf(slope).map(referenceText);
	return texts.includes(referenceText(groupScalar(group, "a", { ...at, side: "data" }, at.sample, 0))) ? "a" : "z";
}

/** Column `unit` of each weight that reads this layer, with the δ beside it: the transpose without algebra. */
function pullTable(
	view: View,
	group: Group,
	consumers: readonly Group[],
	at: Place,
	{ unit, term }: Spot,
): MatrixTable {
	const lit: Lit = unit === null ? "none" : { column: unit };
	const bends = outputLayer(group) !== group.head;
	const slopes = bends
		? perUnit(
				"slope",
				group,
				false,
				(column) =>
					asSubject(
						deltaFactors(view, group, "z", at, column).find((factor) => kindOf(factor) === "slope") ?? constant(1),
					),
				{ lit, sign: "×" },
			)
		: null;
	let before = 0;
	const reads = consumers.map((consumer) => {
		const row =
			unit !== null && term !== null && term >= before && term < before + consumer.units ? term - before : null;
		before += consumer.units;
		const strong: CellPlace | null = row === null || unit === null ? null : { row, column: unit };
		return [
			parameter("weight", consumer, 0, "before", at.iteration, { lit, strong, label: "left" }),
			vector("delta", consumer, "z", "diff", at, true, {
				lit: unit === null ? "none" : "all",
				strong: row === null ? null : { row, column: 0 },
				sign: "←",
			}),
		];
	});
	return {
		group,
		bands: [
			[vector("a", group, slopeSource(view, group, at), "data", at, false, { lit: bends ? lit : "none" })],
			...reads,
			...(slopes === null ? [] : [[vector("pull", group, "a", "diff", at, false, { lit, sign: "↓" })], [slopes]]),
			[vector("delta", group, "z", "diff", at, false, { lit, sign: slopes === null ? "↓" : "=" })],
		],
		frame: unit === null ? null : { column: unit },
	};
}

export function backwardTable(view: View, group: Group, at: Place, spot: Spot): MatrixTable {
	const consumers = view.timeline.structure.consumers(group);
	return consumers.length > 0 && consumers.every(isDense)
		? pullTable(view, group, consumers, at, spot)
		: errorTable(view, group, at, spot);
}

/** What each sample and unit adds to a loss, where it adds one term each. */
function costOf(view: View, loss: Group, at: Place, scores: Group): ((unit: number) => Subject) | null {
	const expression = explainScalar(view.context, groupScalar(loss, "z", { ...at, side: "data" }, 0, 0));
	const total = expression?.kind === "quotient" ? expression.numerator : expression;
	if (total?.kind !== "sum" || total.terms.length !== scores.units * scores.samples) return null;
	return (unit) => asSubject(total.terms[at.sample * scores.units + unit]);
}

/** Every scalar that a loss, or the probability of one class, is made of, for the sample in front. */
function lossOperands(view: View, loss: Group, at: Place, spot: Spot, isTotal: boolean): ReadonlySet<string> {
	const [name] = Object.keys(loss.head.run.internals);
	const subject = groupScalar(loss, "z", { ...at, side: "data" }, 0, 0);
	if (isTotal || name === undefined || subject.kind !== "top") {
		const expression = explainScalar(view.context, subject);
		return new Set(expression === null ? [] : referencesOf(expression).map(referenceText));
	}
	const units = loss.head.run.internals[name].count / loss.head.run.internals[name].shape[0];
	const probability = {
		kind: "internal",
		iteration: at.iteration,
		pass: at.pass,
		layer: loss.head.name,
		name,
		side: "data",
		index: at.sample * units + (spot.unit ?? 0),
	} as const;
	const expression = explainScalar(view.context, probability);
	return new Set(
		[...(expression === null ? [] : referencesOf(expression)), probability].map((reference) =>
			referenceText(reference),
		),
	);
}

/** Output and target face each other; the gap between them is what the loss counts. */
export function lossTable(view: View, loss: Group, at: Place, spot: Spot): MatrixTable {
	const [scores] = view.timeline.structure.sourceGroups(loss);
	const probabilities = Object.keys(loss.head.run.internals).length > 0;
	const classes = probabilities ? scores.units : 0;
	const isTotal = spot.unit !== null && spot.unit >= classes;
	const operands = spot.unit === null ? null : lossOperands(view, loss, at, spot, isTotal);
	const lightUp = (block: Block): Block =>
		operands === null
			? block
			: {
					...block,
					lit: {
						test: ({ row, column }) => {
							const subject = block.cell(row, column);
							return subject.kind !== "derived" && operands.has(referenceText(subject));
						},
					},
				};
	const cost = costOf(view, loss, at, scores);
	const gap = factorBlocks(view, scores, "a", at, "none", false).filter(({ kind }) => kind !== "scale");
	return {
		group: loss,
		bands: [
			[
				...(probabilities ? [vector("a", scores, "a", "data", at, true)] : []),
				...gap.map((block, place) => (probabilities && place === 0 ? { ...block, sign: "→" as const } : block)),
				...(cost === null || probabilities ? [] : [perUnit("cost", scores, true, cost, { sign: "→" })]),
			].map(lightUp),
		],
		frame: spot.unit === null || isTotal ? null : { band: 0, row: spot.unit },
	};
}
