import { explainScalar } from "../../../engine/explain-scalar.ts";
import type { Expression } from "../../../engine/expression.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import { tell } from "../../../explain/told.ts";
import { type Group, groupScalar } from "../../../timeline/structure.ts";
import { nameOfUnit } from "../names.ts";
import { type Case, flatten, openingOf, openingReading, slopeIn, unitAt, valueIn, type Words } from "./case.ts";
import { Numbers, plainSentence } from "./sentence.ts";

type Top = Extract<ScalarReference, { readonly kind: "top" }>;

/** Of a unit's activation function the slope at its z. */
function slopeAt({ view }: Case, z: ScalarReference): ReturnType<typeof slopeIn> {
	if (z.kind !== "top") return null;
	const expression = explainScalar(view.context, { ...z, side: "diff" });
	return expression === null ? null : slopeIn(expression);
}

/** Whether a unit's ReLU lets nothing through, for any sample of the batch. */
function isDead({ view }: Case, group: Group, unit: number, r: Top): boolean {
	return Array.from({ length: group.samples }, (_, sample) =>
		view.value(groupScalar(group, "z", { iteration: r.iteration, pass: r.pass, side: "data" }, sample, unit)),
	).every((z) => z <= 0);
}

/** A unit's weighted sum and what f makes of it. */
export function forwardWords(parts: Case, r: Top): Words {
	const { view, text } = parts;
	const { titles, why, ranges } = text.ledger;
	const { group, unit, z } = unitAt(view, r);
	const name = nameOfUnit(view, text, group, unit);
	const sum = tell(view.explain, z);
	const terms = sum === null ? [] : flatten(sum);
	const [only] = group.elementwise;
	if (group.head.run.parameters.length === 0) {
		return { title: titles.computed, why: plainSentence(why.computed(name)) };
	}
	if (only === undefined) return { title: titles.forwardLinear, why: plainSentence(why.forwardLinear(name)) };
	const numbers = new Numbers();
	const slope = slopeAt(parts, z);
	const zero = slope !== null && openingOf(view, slope) === 0;
	if (only.type === "ReLU") {
		if (!zero) return { title: titles.forward, why: plainSentence(why.forwardRelu(name)) };
		if (group.samples > 1 && isDead(parts, group, unit, r)) {
			return { title: titles.dead, why: plainSentence(why.dead(name, group.samples)) };
		}
		return { title: titles.silent, why: numbers.sentence(why.silent(numbers.put(view.read(z)), name)) };
	}
	if (slope !== null && openingOf(view, slope) < 0.12) {
		const sentence = why.saturated(numbers.put(view.read(z)), name, numbers.put(openingReading(view, slope)));
		return { title: titles.saturated, why: numbers.sentence(sentence) };
	}
	const range = only.type === "TanH" ? ranges.tanh : ranges.sigmoid;
	if (terms.length > 7) {
		const largest = largestOf(parts, terms);
		const inputs = terms.filter(({ kind }) => kind === "product").length;
		const sentence = why.forwardMany(inputs, name, numbers.put(view.derive(largest)), range);
		return { title: titles.forward, why: numbers.sentence(sentence) };
	}
	return { title: titles.forward, why: plainSentence(why.forward(name, range)) };
}

function largestOf({ view }: Case, terms: readonly Expression[]): Expression {
	return terms.reduce((best, term) => (Math.abs(valueIn(view, term)) > Math.abs(valueIn(view, best)) ? term : best));
}
