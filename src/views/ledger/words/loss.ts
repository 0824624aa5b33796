import { referencesOf } from "../../../engine/evaluate.ts";
import type { Expression } from "../../../engine/expression.ts";
import { difference, scalar } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import { tell } from "../../../explain/told.ts";
import { sampleOf } from "../../../timeline/sample-of.ts";
import { unitName } from "../names.ts";
import { type Case, flatten, percentReading, valueIn, type Words } from "./case.ts";
import { Numbers, plainSentence } from "./sentence.ts";

type Loss = Extract<ScalarReference, { readonly kind: "loss" }>;

/** What makes most of a loss: a sample of the batch, or an output of the one sample. */
function largestShare(
	{ view, text }: Case,
	terms: readonly Expression[],
): { readonly part: Expression; readonly name: string } | null {
	const groups = new Map<string, Expression[]>();
	for (const term of terms) {
		const references = referencesOf(term).filter((r) => r.kind === "top" || r.kind === "internal");
		const [first] = references;
		if (first === undefined) return null;
		const samples = view.timeline.structure.groups[0]?.samples ?? 1;
		const name =
			samples > 1
				? text.ledger.why.lossSample((sampleOf(view.timeline.structure, first) ?? 0) + 1)
				: (unitName(view, text, first) ?? "");
		groups.set(name, [...(groups.get(name) ?? []), term]);
	}
	if (groups.size < 2) return null;
	const sums = [...groups].map(([name, parts]) => ({ name, part: { kind: "sum", terms: parts } as const }));
	return sums.reduce((best, next) => (valueIn(view, next.part) > valueIn(view, best.part) ? next : best));
}

function dataWords(parts: Case, expression: Expression | null): Words {
	const { view, text } = parts;
	const { titles, why } = text.ledger;
	const sum = expression?.kind === "quotient" ? expression.numerator : expression;
	const largest = sum?.kind === "sum" ? largestShare(parts, flatten(sum)) : null;
	if (sum === null || sum === undefined || largest === null || !(valueIn(view, sum) > 0)) {
		return { title: titles.loss, why: plainSentence(why.loss) };
	}
	const numbers = new Numbers();
	const percent = numbers.put(percentReading(view, largest.part, sum));
	return { title: titles.loss, why: numbers.sentence(why.lossMost(largest.name, percent)) };
}

/** The loss of a layer. */
export function lossTopWords(parts: Case): Words {
	return dataWords(parts, parts.expression);
}

function againWords({ view, text }: Case, r: Loss): Words {
	const { titles, why } = text.ledger;
	const before: Loss = { ...r, pass: view.trace.passes.length - 1 };
	const [old, fresh] = [view.value(before), view.value(r)];
	if (fresh === old) return { title: titles.again, why: plainSentence(why.againSame) };
	const numbers = new Numbers();
	const down = fresh < old;
	const by = down ? difference(scalar(before), scalar(r)) : difference(scalar(r), scalar(before));
	const say = down ? why.againDown : why.againUp;
	return { title: titles.again, why: numbers.sentence(say(numbers.put(view.derive(by), 3))) };
}

/** The objective of a pass, or one of its two terms. */
export function lossWords(parts: Case, r: Loss): Words {
	const { view, text } = parts;
	const { titles, why } = text.ledger;
	if (r.part === "total" && r.pass === "again") return againWords(parts, r);
	if (r.part === "total") return { title: titles.objective, why: plainSentence(why.objective) };
	if (r.part === "data") {
		const own = parts.expression?.kind === "product" ? parts.expression.factors[0] : parts.expression;
		const top = own?.kind === "sum" && own.terms.length === 1 ? referencesOf(own)[0] : undefined;
		return dataWords(parts, top === undefined ? parts.expression : tell(view.explain, top));
	}
	const numbers = new Numbers();
	const percent = percentReading(view, scalar(r), scalar({ ...r, part: "total" }));
	return { title: titles.decay, why: numbers.sentence(why.decay(numbers.put(percent))) };
}
