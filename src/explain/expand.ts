import { evaluate, mapReferences } from "../engine/evaluate.ts";
import { type ExplanationContext, explainScalar } from "../engine/explain-scalar.ts";
import type { Expression } from "../engine/expression.ts";
import { product, scalar } from "../engine/expressions.ts";
import { inPlaceWarnings } from "../engine/in-place-warnings.ts";
import type { Pass, ScalarReference } from "../engine/reference.ts";
import { updateRule } from "../engine/solver/known-rules.ts";
import type { Structure } from "../timeline/structure.ts";
import type { NotationId } from "./notation.ts";
import type { Subject } from "./reading.ts";

/** What an explanation is made in: the run it is about and the notation it is written in. */
export interface ExplainContext {
	readonly structure: Structure;
	readonly engine: ExplanationContext;
	readonly notation: NotationId;
}

type DeltaReference = Extract<ScalarReference, { readonly kind: "top" | "internal" | "share" }>;

function findScale(expression: Expression): Expression | null {
	if (expression.kind === "named") return expression.role === "loss-scale" ? expression.value : null;
	if (expression.kind !== "product") return null;
	for (const factor of expression.factors) {
		const found = findScale(factor);
		if (found !== null) return found;
	}
	return null;
}

const scales = new WeakMap<ExplanationContext, Map<string, Expression | null>>();

/**
 * ω ÷ D of the net's one loss in a pass, as an expression: what Caffe's diffs carry and UFLDL's δ does not. Null where
 * there is no loss, or several, whose scales differ, and where Caffe's own backward loses it. The same for all of a pass, so it is looked for once.
 */
function lossScale(
	context: Pick<ExplainContext, "structure" | "engine">,
	iteration: number,
	pass: Pass,
): Expression | null {
	const known = scales.get(context.engine) ?? new Map<string, Expression | null>();
	scales.set(context.engine, known);
	const key = `${iteration}/${pass}`;
	const found = known.get(key);
	if (found !== undefined) return found;
	const scale = findLossScale(context, iteration, pass);
	known.set(key, scale);
	return scale;
}

const lossesOf = ({ net }: Structure) =>
	net.layers.filter((layer) => layer.definition.isLoss && layer.lossWeights.some((w) => w !== 0));

/**
 * Why a net has no δ of one sample, so that Caffe's diff of the whole batch stands for it: several losses have a
 * divisor each; an in-place layer whose diff overwrites what it is made of (Power's squares its slope) hands on a diff
 * that no longer carries the loss's scale as a factor. Null where there is one.
 */
export function wholeBatchReason(structure: Structure): "severalLosses" | "inPlace" | null {
	if (lossesOf(structure).length > 1) return "severalLosses";
	return inPlaceWarnings(structure.net).some(({ reason }) => reason === "own") ? "inPlace" : null;
}

function findLossScale(
	{ structure, engine }: Pick<ExplainContext, "structure" | "engine">,
	iteration: number,
	pass: Pass,
): Expression | null {
	const [loss] = lossesOf(structure);
	if (loss === undefined || wholeBatchReason(structure) !== null) return null;
	const [source] = loss.sources;
	const { name, run } = structure.net.layers[source.layer];
	// An element whose label is ignored has a plain 0 for its diff.
	for (let index = 0; index < run.tops[source.slot].count; index++) {
		const expression = explainScalar(engine, {
			kind: "top",
			iteration,
			pass,
			layer: name,
			slot: source.slot,
			side: "diff",
			index,
		});
		const scale = expression === null ? null : findScale(expression);
		if (scale !== null) return scale;
	}
	return null;
}

/** δ and its products: a diff that a loss hands down, not the loss weight that a loss itself is given. */
function isDelta({ structure }: Pick<ExplainContext, "structure">, r: ScalarReference): r is DeltaReference {
	if (r.kind === "share") return true;
	// What comes back to a value inside a layer is scaled as its δ is.
	if (r.kind === "internal") return r.side === "diff";
	return r.kind === "top" && r.side === "diff" && (structure.net.layer(r.layer).lossWeights[r.slot] ?? 0) === 0;
}

/**
 * By how much a notation's own quantity differs from the recorded scalar: shown = recorded ÷ divisor. UFLDL's δ and its
 * products are those of one sample, without the loss's ω ÷ D; PyTorch's momentum buffer is the history without the rate.
 */
export function shownDivisor(context: ExplainContext, r: ScalarReference): number {
	const { notation, engine } = context;
	if (notation === "ufldl" && isDelta(context, r)) {
		const scale = lossScale(context, r.iteration, r.pass);
		return scale === null ? 1 : evaluate(scale, engine.read);
	}
	if (
		notation === "pytorch" &&
		r.kind === "parameter" &&
		r.moment === "history" &&
		engine.settings.lrPolicy === "fixed" &&
		updateRule(engine.settings.type).historyHoldsRate
	) {
		const { lrMult } = engine.net.learnable.find((p) => p.layer === r.layer && p.slot === r.slot) ?? { lrMult: 1 };
		const rate = engine.settings.baseLr * lrMult;
		return rate === 0 ? 1 : rate;
	}
	return 1;
}

/** Follows Splits that the builder inserted to what they copy or add up; a reader never meets one. */
function throughSplits(context: ExplainContext, expression: Expression): Expression {
	if (!context.structure.net.layers.some(({ automatic }) => automatic)) return expression;
	return mapReferences(expression, (r) => {
		if (r.kind !== "top" || !context.structure.net.layer(r.layer).automatic || r.side !== "data") return scalar(r);
		const inner = explainScalar(context.engine, r);
		return inner === null ? scalar(r) : throughSplits(context, inner);
	});
}

/** Replaces diffs of the same group (and of its Split) by what they are made of: one formula for a whole unit. */
function throughGroup(
	context: ExplainContext,
	r: ScalarReference & { kind: "top" },
	expression: Expression,
): Expression {
	const group = context.structure.groupOf(r.layer, r.slot);
	return mapReferences(expression, (operand) => {
		if (operand.kind !== "top" || operand.side !== "diff") return scalar(operand);
		const isSplit = context.structure.net.layer(operand.layer).automatic;
		if (!isSplit && context.structure.groupOf(operand.layer, operand.slot) !== group) return scalar(operand);
		const inner = explainScalar(context.engine, operand);
		return inner === null ? scalar(operand) : throughGroup(context, operand, inner);
	});
}

/** Drops the loss's ω ÷ D wherever it stands as a factor: a δ is linear in it, and UFLDL has it outside. */
function withoutScale(expression: Expression): Expression {
	switch (expression.kind) {
		case "product": {
			const kept = expression.factors.filter((factor) => !(factor.kind === "named" && factor.role === "loss-scale"));
			const factors = kept.map(withoutScale);
			return factors.length === 1 ? factors[0] : product(...factors);
		}
		case "sum":
			return { ...expression, terms: expression.terms.map(withoutScale) };
		case "difference":
			return { ...expression, left: withoutScale(expression.left), right: withoutScale(expression.right) };
		case "negative":
			return { ...expression, operand: withoutScale(expression.operand) };
		case "quotient":
			return { ...expression, numerator: withoutScale(expression.numerator) };
		default:
			return expression;
	}
}

/** Puts each pass's ω ÷ D before its sum of shares: once before all of them where it is the same in every pass. */
function withScale(context: ExplainContext, gradient: Expression): Expression {
	const scales = new Map<string, Expression>();
	const scaled = (expression: Expression): Expression => {
		if (expression.kind !== "sum") return expression;
		const first = expression.terms[0];
		if (first?.kind !== "scalar" || first.reference.kind !== "share") {
			return { ...expression, terms: expression.terms.map(scaled) };
		}
		const scale = lossScale(context, first.reference.iteration, first.reference.pass);
		if (scale === null) return expression;
		scales.set(JSON.stringify(scale), scale);
		return product({ kind: "named", role: "loss-scale", value: scale }, expression);
	};
	const perPass = scaled(gradient);
	const [common] = scales.values();
	return scales.size === 1 ? product({ kind: "named", role: "loss-scale", value: common }, gradient) : perPass;
}

/**
 * How a scalar comes about, as the notation writes it, over shown scalars: evaluated with shown values it gives the
 * shown value. Null where it is given from outside.
 */
export function expand(context: ExplainContext, r: ScalarReference): Expression | null {
	const { engine, notation } = context;
	const plain = explainScalar(engine, r);
	if (plain === null) return null;
	const whole = r.kind === "top" && r.side === "diff" ? throughGroup(context, r, plain) : plain;
	const clean = throughSplits(context, whole);
	if (notation === "ufldl" && isDelta(context, r)) {
		return lossScale(context, r.iteration, r.pass) === null ? clean : withoutScale(clean);
	}
	if (notation === "ufldl" && r.kind === "parameter" && r.moment === "gradient") return withScale(context, clean);
	if (notation === "pytorch" && r.kind === "parameter") return inPytorch(context, r, clean);
	return clean;
}

/** PyTorch keeps the rate outside its buffer: buffer = μ·buffer + g, and the update is lr·buffer. */
function inPytorch(
	context: ExplainContext,
	r: ScalarReference & { kind: "parameter" },
	expression: Expression,
): Expression {
	if (shownDivisor(context, { ...r, moment: "history" }) === 1) return expression;
	if (r.moment === "history" && expression.kind === "sum") {
		const terms = expression.terms.map((term) => {
			if (term.kind !== "product") return term;
			const factors = term.factors.filter(
				(f) => !(f.kind === "scalar" && f.reference.kind === "solver" && f.reference.name === "rate"),
			);
			return factors.length === 1 ? factors[0] : product(...factors);
		});
		return { ...expression, terms };
	}
	// Linear in the histories, so the rate left out of them stands before it.
	if (r.moment === "update") {
		const { lrMult } = context.engine.net.learnable.find((p) => p.layer === r.layer && p.slot === r.slot) ?? {
			lrMult: 1,
		};
		const own = lrMult === 1 ? {} : { layer: r.layer, slot: r.slot };
		return product(scalar({ kind: "solver", iteration: r.iteration, name: "rate", ...own }), expression);
	}
	return expression;
}

/** How anything that is shown comes about: a part of a formula is its own explanation. */
export function expandSubject(context: ExplainContext, subject: Subject): Expression | null {
	return subject.kind === "derived" ? subject.expression : expand(context, subject);
}

/** The number that a notation shows for a scalar. */
export function shownValue(context: ExplainContext, r: ScalarReference): number {
	return context.engine.read(r) / shownDivisor(context, r);
}
