import { referencesOf } from "../../../engine/evaluate.ts";
import type { Expression } from "../../../engine/expression.ts";
import { apply, constant, product } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import type { View } from "../../../store/view.ts";
import { nameOfUnit } from "../names.ts";
import { readingOf } from "../telling.ts";
import {
	type Case,
	errorWord,
	factorsOf,
	flatten,
	openingOf,
	openingReading,
	openingWord,
	slopeIn,
	unitAt,
	valueIn,
	type Words,
} from "./case.ts";
import { Numbers, plainSentence } from "./sentence.ts";

type Top = Extract<ScalarReference, { readonly kind: "top" }>;

/** Less than this share of the messages' sizes is left: they nearly cancel. */
const CANCELS = 0.15;

/** The error term of a unit: its own error, or what is pulled back to it, through its valve. */
export function deltaWords(parts: Case, r: Top): Words {
	const { expression, text, view } = parts;
	if (expression === null) return { title: text.ledger.titles.delta, why: plainSentence(text.ledger.why.notComputed) };
	const gap = factorsOf(expression).find(({ kind }) => kind === "difference");
	if (gap?.kind === "difference") return errorWords(parts, r, gap);
	const slope = slopeIn(expression);
	const back = factorsOf(expression).find((factor) => factor !== slope && factor.kind !== "named") ?? expression;
	return pullWords(parts, r, flatten(back), slope, view);
}

function errorWords(parts: Case, r: Top, gap: Expression & { kind: "difference" }): Words {
	const { expression, view, text } = parts;
	const { titles, why } = text.ledger;
	const { group, unit } = unitAt(view, r);
	const name = nameOfUnit(view, text, group, unit);
	const error = valueIn(view, gap);
	const slope = expression === null ? null : slopeIn(expression);
	const numbers = new Numbers();
	const put = (part: Expression) => numbers.put(readingOf(view, part), fewDigits(valueIn(view, part)));
	const [target, value] = [put(gap.right), put(gap.left)];
	if (slope === null) {
		const fused = gap.left.kind === "scalar" && gap.left.reference.kind === "internal";
		const sentence = (fused ? why.fused : why.linearOutput)(name, target, value);
		return { title: titles.deltaFused, why: numbers.sentence(sentence) };
	}
	const opening = openingWord(openingOf(view, slope));
	const title = titles.deltaError(errorWord(error), opening);
	if (error === 0) return { title, why: plainSentence(why.errorNone(name)) };
	if (opening === "shut") return { title, why: numbers.sentence(why.errorShut(name, target, value)) };
	const say = { open: why.errorOpen, partly: why.errorPartly, narrow: why.errorNarrow }[opening];
	return { title, why: numbers.sentence(say(name, target, value, numbers.put(openingReading(view, slope)))) };
}

/** Two digits, or three where two would make 0.999 a whole number. */
const fewDigits = (value: number) => (Number.isInteger(Number(value.toPrecision(2))) ? 3 : 2);

function pullWords(
	{ text, expression }: Case,
	r: Top,
	messages: readonly Expression[],
	slope: ReturnType<typeof slopeIn>,
	view: View,
): Words {
	const { titles, why } = text.ledger;
	const { group, unit, z, a } = unitAt(view, r);
	const name = nameOfUnit(view, text, group, unit);
	const values = messages.map((message) => valueIn(view, message));
	const up = values.filter((value) => value > 0).length;
	const down = values.filter((value) => value < 0).length;
	if (up + down === 0) return { title: titles.delta, why: plainSentence(why.pullNothing(name)) };
	if (slope === null) return { title: titles.deltaLinear, why: plainSentence(why.pullLinear(name)) };
	const numbers = new Numbers();
	const share = openingOf(view, slope);
	if (openingWord(share) === "shut") {
		return { title: titles.deltaShut, why: numbers.sentence(why.pullShut(name, numbers.put(view.read(z)))) };
	}
	const percent = () => numbers.put(openingReading(view, slope));
	if (openingWord(share) === "narrow") {
		const from = senderOf({ view, text }, messages[largestIndex(values)]);
		const sentence = why.pullNarrow(from, name, numbers.put(view.read(a)), percent());
		return { title: titles.deltaNarrow, why: numbers.sentence(sentence) };
	}
	if (messages.length === 1) return onePull({ text, view }, expression, name);
	if (up === 0 || down === 0) {
		return { title: titles.delta, why: numbers.sentence(why.pullTogether(up + down, name, percent())) };
	}
	const net = Math.abs(values.reduce((total, value) => total + value, 0));
	const all = values.reduce((total, value) => total + Math.abs(value), 0);
	const title = net < CANCELS * all ? titles.deltaCancel : titles.deltaApart;
	const outputs = opposedOutputs({ view, text }, messages);
	const sentence =
		outputs === null
			? why.pullApart(up, down, name, percent())
			: why.pullOutputs(outputs.high, outputs.low, name, percent());
	return { title, why: numbers.sentence(sentence) };
}

function onePull({ view, text }: Pick<Case, "view" | "text">, expression: Expression | null, name: string): Words {
	const { titles, why } = text.ledger;
	const numbers = new Numbers();
	// What weight and slope let through of the one error term behind: all factors but that.
	const factors = expression === null ? [] : factorsOf(expression).flatMap(single);
	const passing = factors.filter((factor) => !(factor.kind === "scalar" && factor.reference.kind === "top"));
	if (passing.length === 0) return { title: titles.delta, why: plainSentence(why.pull) };
	const hundred = product(constant(100), apply("abs", product(...passing)));
	return { title: titles.delta, why: numbers.sentence(why.pullOne(name, numbers.put(view.derive(hundred)))) };
}

/** The factors of a sum of one product, or of a product. */
function single(expression: Expression): readonly Expression[] {
	if (expression.kind === "sum" && expression.terms.length === 1) return single(expression.terms[0]);
	return expression.kind === "product" ? expression.factors.flatMap(single) : [expression];
}

const largestIndex = (values: readonly number[]) =>
	values.reduce((best, value, index) => (Math.abs(value) > Math.abs(values[best]) ? index : best), 0);

const deltaOf = (message: Expression) =>
	referencesOf(message).find((r): r is Top => r.kind === "top" && r.side === "diff");

/** The unit that sends a message back. */
function senderOf({ view, text }: Pick<Case, "view" | "text">, message: Expression): string {
	const delta = deltaOf(message);
	if (delta === undefined) return "";
	const { group, unit } = unitAt(view, delta);
	return nameOfUnit(view, text, group, unit);
}

/** Where two outputs pull apart because one is too high and one too low, both weights being of one sign. */
function opposedOutputs({ view, text }: Pick<Case, "view" | "text">, messages: readonly Expression[]) {
	if (messages.length !== 2) return null;
	const deltas = messages.map(deltaOf);
	if (
		deltas.some(
			(delta) => delta === undefined || view.timeline.structure.groupOf(delta.layer, delta.slot).role !== "output",
		)
	)
		return null;
	const values = deltas.map((delta) => (delta === undefined ? 0 : view.shown(delta)));
	if (!(values[0] * values[1] < 0)) return null;
	const names = messages.map((message) => senderOf({ view, text }, message));
	return values[0] > 0 ? { high: names[0], low: names[1] } : { high: names[1], low: names[0] };
}
