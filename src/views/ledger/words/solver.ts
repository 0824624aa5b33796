import type { Expression } from "../../../engine/expression.ts";
import { apply, difference, scalar } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import { tell } from "../../../explain/told.ts";
import { isBias } from "../../../timeline/structure.ts";
import { type Case, valueIn, type Words } from "./case.ts";
import { gradientWords } from "./gradient.ts";
import { Numbers, plainSentence } from "./sentence.ts";

type Parameter = Extract<ScalarReference, { readonly kind: "parameter" }>;

/** Whether what is kept of earlier steps weighs more than what this iteration adds. */
function isMostlyMomentum({ view }: Case, history: Expression | null): boolean {
	if (history?.kind !== "sum" || history.terms.length !== 2) return false;
	const [kept, fresh] = history.terms.map((term) => Math.abs(valueIn(view, term)));
	return kept > fresh;
}

function historyWords(parts: Case): Words {
	const { titles, why } = parts.text.ledger;
	const { view, expression, reference } = parts;
	if (view.trace.settings.momentum === 0) return { title: titles.update, why: plainSentence(why.historyPlain) };
	if (reference.iteration === 1) return { title: titles.history, why: plainSentence(why.historyFirst) };
	if (isMostlyMomentum(parts, expression)) {
		return { title: titles.afterMomentum, why: plainSentence(why.historyMostly(reference.iteration - 1)) };
	}
	return { title: titles.history, why: plainSentence(why.history) };
}

function afterWords(parts: Case, r: Parameter): Words {
	const { view, text } = parts;
	const { titles, why } = text.ledger;
	const before = scalar({ ...r, moment: "before" });
	const moved = difference(scalar(r), before);
	const by = valueIn(view, moved);
	const numbers = new Numbers();
	const step = numbers.put(view.derive(apply("abs", moved)));
	if (by === 0) return { title: titles.afterStill, why: plainSentence(why.afterStill) };
	const history: Parameter = { ...r, moment: "history" };
	if (view.value(history) * 0 === 0 && isMostlyMomentum(parts, tell(view.explain, history))) {
		return { title: titles.afterMomentum, why: numbers.sentence(why.afterMomentum(r.iteration - 1, step)) };
	}
	const say = by < 0 ? why.afterDown : why.afterUp;
	return { title: titles.after, why: numbers.sentence(say(isBias(view.timeline.structure, r.layer, r.slot), step)) };
}

/** A parameter at one moment of the solver's pipeline. */
export function parameterWords(parts: Case, r: Parameter): Words {
	const { view, text } = parts;
	const { titles, why } = text.ledger;
	switch (r.moment) {
		case "gradient":
			return gradientWords(parts, r);
		case "history":
		case "history2":
			return historyWords(parts);
		case "after":
			return afterWords(parts, r);
		case "regularized": {
			const l2 = view.trace.settings.regularization === "L2";
			return { title: titles.regularized, why: plainSentence(l2 ? why.regularized : why.regularizedL1) };
		}
		default:
			return { title: titles[r.moment], why: plainSentence(why[r.moment]) };
	}
}

/** A setting, or the length of the whole gradient. */
export function solverWords({ view, text }: Case, r: Extract<ScalarReference, { readonly kind: "solver" }>): Words {
	const { titles, why } = text.ledger;
	if (r.name !== "clipNorm" && r.name !== "clipScale")
		return { title: titles.setting, why: plainSentence(why.setting) };
	const numbers = new Numbers();
	const norm: ScalarReference = { kind: "solver", iteration: r.iteration, name: "clipNorm" };
	const bound: ScalarReference = { kind: "solver", iteration: r.iteration, name: "clipGradients" };
	const count = view.timeline.structure.net.learnable.reduce((total, { blob }) => total + blob.count, 0);
	const say = view.value(norm) > view.value(bound) ? why.clipBeyond : why.clipInside;
	const sentence = say(count, numbers.put(view.read(norm)), numbers.put(view.read(bound)));
	return { title: titles.clip, why: numbers.sentence(sentence) };
}
