import { firstPassOf } from "../engine/changed-iteration.ts";
import { evaluate } from "../engine/evaluate.ts";
import type { Expression } from "../engine/expression.ts";
import { constant, quotient, scalar, sum } from "../engine/expressions.ts";
import { createLossOver, type LossVariable } from "../engine/loss-over.ts";
import { referenceText } from "../engine/reference.ts";
import type { PassTrace } from "../engine/trace.ts";
import { drawOf } from "../engine/training.ts";
import { yieldToPage } from "../engine/yield-to-page.ts";
import type { NotationId } from "../explain/notation.ts";
import { makeReading, type Reading } from "../explain/reading.ts";
import type { Editable } from "./editable.ts";
import { proposedPlaces, traceWith } from "./proposal.ts";
import { type Opened, type Proposal, type Run, sessionStore } from "./session.ts";
import { inSlicesWhile } from "./slices.ts";
import type { View } from "./view.ts";

/** The loss at one value of the number; null where it is not finite. */
export interface CurvePoint {
	readonly value: number;
	readonly loss: number | null;
}

export interface LossCurve {
	readonly points: readonly CurvePoint[];
	/** The derivative at the value that stands, as number and as what a view may show; null where there is none. */
	readonly slope: { readonly rise: number; readonly reading: Reading } | null;
}

export interface CurveRange {
	readonly from: number;
	readonly to: number;
	readonly points: number;
	/** Only whole numbers stand between. */
	readonly whole: boolean;
}

/** UFLDL's J holds the decay; the other two call the data term their loss. */
export function lossPart(notation: NotationId): "total" | "data" {
	return notation === "ufldl" ? "total" : "data";
}

/**
 * The loss that an edit is judged by, as an expression: the mean over the iteration's passes; for a solver setting,
 * which changes nothing before the step, the loss with the new parameters.
 */
export function judgedLoss(view: View, { editable }: Proposal): Expression {
	const part = lossPart(view.notation);
	const { iteration } = view.trace;
	if (editable.kind === "solver") return scalar({ kind: "loss", iteration, pass: "again", part });
	const losses = view.trace.passes.map((_, pass) => scalar({ kind: "loss", iteration, pass, part }));
	return losses.length === 1 ? losses[0] : quotient(sum(losses, "passes"), constant(losses.length));
}

/** The number that {@link judgedLoss} is: where a chart draws it. */
export function judgedValue(view: View, proposal: Proposal): number {
	return evaluate(judgedLoss(view, proposal), view.shown);
}

function variableOf(run: Run, opened: Opened, editable: Exclude<Editable, { readonly kind: "solver" }>): LossVariable {
	if (editable.kind === "parameter") return editable;
	return { kind: "input", blob: editable.blob, places: proposedPlaces(run, opened, editable) };
}

function drawsOf(run: Run, opened: Opened): readonly number[] {
	const first = firstPassOf(run.runner.settingsAt, opened.trace.iteration);
	return opened.trace.passes.map((_, pass) => drawOf(run.experiment.seed, first + pass));
}

function valuesOf({ from, to, points, whole }: CurveRange): readonly number[] {
	if (whole) return Array.from({ length: to - from + 1 }, (_, k) => from + k);
	return Array.from({ length: points }, (_, k) => from + ((to - from) * k) / (points - 1));
}

type LossAt = (value: number) => number;

function pointAt(value: number, loss: number): CurvePoint {
	return { value, loss: Number.isFinite(loss) ? loss : null };
}

function partOf({ dataLoss, decayLoss }: PassTrace, notation: NotationId): number {
	return lossPart(notation) === "total" ? dataLoss + decayLoss : dataLoss;
}

/** The loss as a function of the number, on nets of its own, and its slope: the run is left as it was. Pauses before what is long in a large net. */
function* evaluator(
	run: Run,
	opened: Opened,
	{ editable, former, reference }: Proposal,
	notation: NotationId,
): Generator<void, { readonly at: LossAt; readonly slope: LossCurve["slope"] }> {
	const withDecay = lossPart(notation) === "total";
	if (editable.kind === "solver") {
		const at = (value: number) => partOf(traceWith(run, opened.trace, editable, value).again, notation);
		return { at, slope: null };
	}
	const variable = variableOf(run, opened, editable);
	const over = createLossOver(run.experiment.net, opened.trace, variable, drawsOf(run, opened));
	yield;
	const { data, decay } = yield* over.slopeAt(former);
	const rise = data === null ? null : withDecay ? data + decay : data;
	const id = `(slope i${opened.trace.iteration}/loss/${lossPart(notation)} ${referenceText(reference)})`;
	return {
		at(value) {
			const parts = over.at(value);
			return withDecay ? parts.data + parts.decay : parts.data;
		},
		slope: rise === null ? null : { rise, reading: makeReading(id, null, "known", rise) },
	};
}

function* curveOver(range: CurveRange, ...subject: Parameters<typeof evaluator>): Generator<void, LossCurve> {
	const { at, slope } = yield* evaluator(...subject);
	const points: CurvePoint[] = [];
	for (const value of valuesOf(range)) {
		yield;
		points.push(pointAt(value, at(value)));
	}
	return { points, slope };
}

/** An iteration for each point of a large net's curve takes a while: fewer must do. */
const SPARSER = 4;

/** The loss after the step over a solver's setting, where iterations are run elsewhere. */
async function curveElsewhere(
	range: CurveRange,
	lossAt: (value: number) => Promise<number>,
	isWanted: () => boolean,
): Promise<LossCurve | null> {
	const points: CurvePoint[] = [];
	for (const value of valuesOf({ ...range, points: Math.ceil(range.points / SPARSER) })) {
		points.push(pointAt(value, await lossAt(value)));
		if (!isWanted()) return null;
	}
	return { points, slope: null };
}

/**
 * The loss over a range of values of the proposed number, in slices that leave the page responsive. Null where the
 * proposal or what it is about has changed meanwhile.
 */
export async function lossCurve(notation: NotationId, range: CurveRange): Promise<LossCurve | null> {
	const { run, opened, proposal } = sessionStore.getState();
	if (run === null || opened === null || proposal === null) return null;
	const isCurrent = () => {
		const now = sessionStore.getState();
		return now.opened === opened && now.proposal?.editable === proposal.editable;
	};
	const { editable } = proposal;
	const { traceWith: elsewhere } = run.runner;
	if (editable.kind === "solver" && elsewhere !== null) {
		const { iteration } = opened.trace;
		const lossAt = async (value: number) =>
			partOf((await elsewhere(iteration, { kind: "solver", change: { [editable.setting]: value } })).again, notation);
		return curveElsewhere(range, lossAt, isCurrent);
	}
	// Not in the task that draws the chart without it: a large net is built for it in one go.
	await yieldToPage();
	return isCurrent() ? inSlicesWhile(isCurrent, curveOver(range, run, opened, proposal, notation)) : null;
}
