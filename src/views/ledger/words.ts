import { evaluate } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import type { NotationId } from "../../explain/notation.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { isEdited } from "../../store/experiment.ts";
import type { View } from "../../store/view.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import { stageLine } from "../timeline/names.ts";

/** What the ledger says about a number, beside its formula; true of these numbers. */
export interface Words {
	readonly title: string;
	readonly why: string;
	readonly convention: string;
}

type Texts = Catalogue["ledger"];

/** Below this share of its largest slope a valve counts as shut. */
const SHUT = 0.1;

interface Case {
	readonly view: View;
	readonly notation: NotationId;
	readonly texts: Texts;
	readonly reference: ScalarReference;
	readonly expression: Expression | null;
}

const valueOf = ({ view }: Case, part: Expression) => evaluate(part, view.shown);

function slopeOf(parts: Case): { readonly share: number } | null {
	const { expression } = parts;
	const slope =
		expression?.kind === "product"
			? expression.factors.find((f) => f.kind === "named" && f.role === "slope")
			: undefined;
	if (slope === undefined || slope.kind !== "named") return null;
	const largest = slope.function === "sigmoid" ? 0.25 : 1;
	return { share: Math.abs(valueOf(parts, slope)) / largest };
}

const percent = (share: number) => String(Math.round(share * 100));

function deltaWords(parts: Case): Omit<Words, "convention"> {
	const { texts, expression, view, reference } = parts;
	const { titles, why } = texts;
	const slope = slopeOf(parts);
	const group = reference.kind === "top" ? view.timeline.structure.groupOf(reference.layer, reference.slot) : null;
	const messages = expression?.kind === "product" ? expression.factors.find(({ kind }) => kind === "sum") : expression;
	const terms = messages?.kind === "sum" ? messages.terms.map((term) => valueOf(parts, term)) : [];
	if (group?.role === "output" || terms.length === 0) {
		if (slope !== null) {
			return {
				title: titles.deltaOutput,
				why: slope.share < SHUT ? why.outputShut(percent(slope.share)) : why.outputOpen(percent(slope.share)),
			};
		}
		const fused =
			group !== null &&
			view.timeline.structure.consumers(group).some(({ head }) => head.run.internals.probability !== undefined);
		return { title: titles.deltaFused, why: fused ? why.fused : why.linearOutput };
	}
	const title = slope === null ? titles.deltaLinear : titles.delta;
	if (slope !== null && slope.share < 0.001) return { title, why: why.pullShut };
	if (terms.length === 1) return { title, why: why.pullOne };
	const apart = terms.some((term) => term > 0) && terms.some((term) => term < 0);
	return { title, why: apart ? why.pullApart : why.pullTogether };
}

function gradientWords(parts: Case): Omit<Words, "convention"> {
	const { texts, expression } = parts;
	const { titles, why } = texts;
	const sum = expression?.kind === "product" ? expression.factors.find(({ kind }) => kind === "sum") : expression;
	const shares = sum?.kind === "sum" ? sum.terms.map((term) => valueOf(parts, term)) : [];
	const up = shares.filter((share) => share > 0).length;
	const down = shares.filter((share) => share < 0).length;
	if (up + down === 0) return { title: titles.gradient, why: why.gradientZero };
	if (shares.length === 1) return { title: titles.gradient, why: why.gradientOne };
	return { title: titles.gradient, why: up > 0 && down > 0 ? why.gradientSplit(up, down) : why.gradientAgree };
}

function historyWords(parts: Case): string {
	const { why } = parts.texts;
	const { expression, view } = parts;
	if (view.trace.settings.momentum === 0) return why.historyPlain;
	if (view.cursor.iteration === 1 || expression?.kind !== "sum") return why.historyFirst;
	const [kept, fresh] = expression.terms.map((term) => Math.abs(valueOf(parts, term)));
	return kept > fresh ? why.historyMostly : why.history;
}

function againWords({ view, texts: { why } }: Case): string {
	const { iteration } = view.cursor;
	const before = view.value({ kind: "loss", iteration, pass: view.pass, part: "total" });
	const after = view.value({ kind: "loss", iteration, pass: "again", part: "total" });
	return after < before ? why.againDown : after > before ? why.againUp : why.againSame;
}

function parameterWords(
	parts: Case,
	r: Extract<ScalarReference, { readonly kind: "parameter" }>,
): Omit<Words, "convention"> {
	const { titles, why } = parts.texts;
	switch (r.moment) {
		case "gradient":
			return gradientWords(parts);
		case "history":
		case "history2":
			return { title: titles.history, why: historyWords(parts) };
		default:
			return { title: titles[r.moment], why: why[r.moment] };
	}
}

function wordsFor(parts: Case): Omit<Words, "convention"> {
	const { texts, reference: r, view } = parts;
	const { titles, why } = texts;
	switch (r.kind) {
		case "top": {
			const group = view.timeline.structure.groupOf(r.layer, r.slot);
			if (r.side === "diff")
				return r.layer === group.head.name ? deltaWords(parts) : { title: titles.pull, why: why.pull };
			if (group.role === "input" || group.role === "target") return { title: titles.given, why: why.given };
			if (group.role === "loss") return { title: titles.loss, why: why.loss };
			if (r.layer !== group.head.name) return { title: titles.activation, why: why.activation };
			return group.elementwise.length === 0
				? { title: titles.forwardLinear, why: why.forwardLinear }
				: { title: titles.forward, why: why.forward };
		}
		case "internal":
			return { title: titles.probability, why: why.probability };
		case "share":
			return { title: titles.share, why: why.share };
		case "parameter":
			return parameterWords(parts, r);
		case "solver":
			return r.name === "clipNorm" || r.name === "clipScale"
				? { title: titles.clip, why: why.clip }
				: { title: titles.setting, why: why.setting };
		case "loss":
			if (r.pass === "again") return { title: titles.again, why: againWords(parts) };
			return r.part === "decay" ? { title: titles.decay, why: why.decay } : { title: titles.loss, why: why.loss };
	}
}

function conventionFor({ texts, notation, reference: r, view }: Case): string {
	const said = texts.conventions[notation];
	switch (r.kind) {
		case "top": {
			const { role } = view.timeline.structure.groupOf(r.layer, r.slot);
			if (r.side === "data") return role === "loss" ? said.loss : said.none;
			return role === "output" ? said.output : said.delta;
		}
		case "parameter":
			if (r.moment === "gradient") return said.gradient;
			if (r.moment === "history") return said.history;
			return r.moment === "regularized" ? said.decay : said.none;
		case "share":
			return said.gradient;
		case "loss":
			return r.part === "decay" ? said.decay : said.loss;
		default:
			return said.none;
	}
}

/** Title, sentence and convention for the number in the ledger. */
export function wordsOf(view: View, notation: NotationId, texts: Texts, subject: Subject, isNext: boolean): Words {
	if (subject.kind === "derived") return { title: texts.titles.part, why: texts.why.part, convention: "" };
	const reference = subject;
	const expression = expand(view.explain, reference);
	const parts: Case = { view, notation, texts, reference, expression };
	const convention = conventionFor(parts);
	if (isNext) return { title: texts.titles.input, why: texts.why.input, convention: "" };
	const { status } = view.read(reference);
	if (status === "not-finite") return { ...wordsFor(parts), why: texts.why.notFinite, convention };
	if (status === "not-computed")
		return {
			...wordsFor(parts),
			why: reference.kind === "parameter" ? texts.why.fixed : texts.why.notComputed,
			convention,
		};
	return { ...wordsFor(parts), convention };
}

/** Where an operand comes from, in a few words. */
export function originOf(view: View, text: Catalogue, notation: NotationId, r: ScalarReference): string {
	const { origin } = text.ledger;
	if (r.kind === "solver" && r.name !== "clipNorm" && r.name !== "clipScale") return origin.setting;
	if (r.kind === "parameter" && r.moment === "before") {
		if (isEdited(view.experiment, r.iteration, r.layer, r.slot, r.index)) return origin.edited;
		return r.iteration === 1 ? origin.start : origin.solver(r.iteration - 1);
	}
	if (r.kind === "parameter" && r.iteration < view.cursor.iteration) return origin.solver(r.iteration);
	const becoming = becomingOf(view.timeline, r);
	if (becoming === "given" && r.kind === "top") return origin.sample(view.sample + 1);
	if (typeof becoming !== "number") return origin.given;
	return stageLine(text, view.timeline.structure, nodeAt(view.timeline, becoming, "unit"), notation);
}
