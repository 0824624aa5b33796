import { constant } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import { internalPlace } from "../../../explain/notations/places.ts";
import type { Subject } from "../../../explain/reading.ts";
import type { Catalogue } from "../../../i18n/catalogue.ts";
import type { View } from "../../../store/view.ts";
import { becomingOf } from "../../../timeline/stage-of.ts";
import type { TermPlace } from "../focus.ts";
import { largestSlope, productKind } from "../kinds.ts";
import { nameOfUnit, unitName } from "../names.ts";
import { nodeLine } from "../stage-name.ts";
import { told } from "../telling.ts";
import { type Case, percentReading, valueIn, type Words } from "./case.ts";
import { deltaWords } from "./delta.ts";
import { failureWords } from "./failure.ts";
import { forwardWords } from "./forward.ts";
import { shareWords } from "./gradient.ts";
import { lossTopWords, lossWords } from "./loss.ts";
import { Numbers, plainSentence } from "./sentence.ts";
import { parameterWords, solverWords } from "./solver.ts";
import { stepWords } from "./steps.ts";
import { windowBackWords, windowWords } from "./window.ts";

export type { Words } from "./case.ts";

function probabilityWords({ view, text }: Case, r: Extract<ScalarReference, { readonly kind: "internal" }>): Words {
	const { titles, why } = text.ledger;
	if (view.timeline.structure.net.layer(r.layer).type !== "SoftmaxWithLoss") {
		return { title: titles.probability, why: plainSentence(why.sigmoidProbability) };
	}
	const numbers = new Numbers();
	const percent = percentReading(view, { kind: "scalar", reference: r }, constant(1));
	return {
		title: titles.probability,
		why: numbers.sentence(why.probability(unitName(view, text, r) ?? "", numbers.put(percent))),
	};
}

function internalWords(parts: Case, r: Extract<ScalarReference, { readonly kind: "internal" }>): Words {
	const { group, stepped } = internalPlace(parts.view.timeline.structure, r);
	if (stepped || group.role !== "loss") return stepWords(parts, r);
	return probabilityWords(parts, r);
}

function scalarWords(parts: Case): Words {
	const { view, text, reference: r } = parts;
	const { titles, why } = text.ledger;
	switch (r.kind) {
		case "top": {
			const group = view.timeline.structure.groupOf(r.layer, r.slot);
			if (r.pass === "again") return { title: titles.again, why: plainSentence(why.againOther) };
			if (r.side === "diff") {
				const window = windowBackWords(parts, r);
				if (window !== null) return window;
				return r.layer === group.head.name
					? deltaWords(parts, r)
					: { title: titles.pull, why: plainSentence(why.pull) };
			}
			if (group.role === "input" || group.role === "target")
				return { title: titles.given, why: plainSentence(why.given) };
			return group.role === "loss" ? lossTopWords(parts) : (windowWords(parts, r) ?? forwardWords(parts, r));
		}
		case "internal":
			return internalWords(parts, r);
		case "share":
			return shareWords(parts, r);
		case "parameter":
			return parameterWords(parts, r);
		case "solver":
			return solverWords(parts, r);
		case "loss":
			return lossWords(parts, r);
	}
}

function derivedWords(
	view: View,
	text: Catalogue,
	{ expression }: Extract<Subject, { readonly kind: "derived" }>,
): Words {
	const { titles, why } = text.ledger;
	const plain = (title: string, sentence: string): Words => ({ title, why: plainSentence(sentence) });
	if (expression.kind === "named" && expression.function !== undefined) {
		const numbers = new Numbers();
		const percent = percentReading(view, expression, constant(largestSlope(expression.function)));
		return { title: titles.slope, why: numbers.sentence(why.slope(numbers.put(percent))) };
	}
	const kind = productKind(expression);
	if (kind !== null) return plain(titles[kind.name], why[kind.name]);
	if (expression.kind === "difference" && view.derive(expression).status === "known") {
		return plain(titles.gap, valueIn(view, expression) < 0 ? why.gapLow : why.gapHigh);
	}
	if (expression.kind === "apply" && expression.function === "square") return plain(titles.squared, why.squared);
	if (expression.kind === "sum") return plain(titles.rest(expression.terms.length), why.rest);
	return plain(titles.part, why.part);
}

/** Title and sentence for the number in the ledger. */
export function wordsOf(view: View, text: Catalogue, subject: Subject): Words {
	const { titles, why } = text.ledger;
	if (subject.kind === "derived") return derivedWords(view, text, subject);
	const parts: Case = { view, text, reference: subject, expression: told(view, subject) };
	switch (view.read(subject).status) {
		case "not-finite":
			return failureWords(parts);
		case "not-computed": {
			const isParameter = subject.kind === "parameter" || subject.kind === "share";
			return { title: titles.given, why: plainSentence(isParameter ? why.fixed : why.notComputed) };
		}
		case "not-yet": {
			const becoming = becomingOf(view.timeline, subject);
			const stage = typeof becoming === "number" ? nodeLine(view, text, becoming) : "";
			return { title: titles.notYet, why: plainSentence(why.notYet(stage)) };
		}
		case "known":
			return scalarWords(parts);
	}
}

/** What stands at the start of an iteration. */
export function startWords(view: View, text: Catalogue): Words {
	const { titles, why } = text.ledger;
	const { groups } = view.timeline.structure;
	const first = groups.find(({ role }) => role === "hidden" || role === "output");
	const sentence = first === undefined ? why.inputOnly : why.input(groups[0].samples, nameOfUnit(view, text, first, 0));
	return { title: titles.input, why: plainSentence(sentence) };
}

/** One term of a unit's sum, where one goes term by term. */
export function termWords(view: View, text: Catalogue, { kind, place, of, value, group, unit }: TermPlace): Words {
	const { titles, why } = text.ledger;
	const numbers = new Numbers();
	const reading = value.kind === "derived" ? view.derive(value.expression, view.cursor.leaf) : view.read(value);
	const number = numbers.put(reading, 3);
	if (kind === "share") return { title: titles.share, why: numbers.sentence(why.termShare(place, of, number)) };
	const say = kind === "push" ? why.termPush : why.termMessage;
	return { title: titles[kind], why: numbers.sentence(say(place, of, nameOfUnit(view, text, group, unit), number)) };
}

/** The words for where an iteration had to stop. */
export function stoppedWords(view: View, text: Catalogue, reference: ScalarReference): Words {
	return failureWords({ view, text, reference, expression: told(view, reference) });
}
