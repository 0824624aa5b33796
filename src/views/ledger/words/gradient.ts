import type { ScalarReference } from "../../../engine/reference.ts";
import { isBias } from "../../../timeline/structure.ts";
import { type Case, factorsOf, flatten, valueIn, type Words } from "./case.ts";
import { plainSentence } from "./sentence.ts";

/** Less than this share of the slivers' sizes is left: little of their sum. */
const LITTLE = 0.25;

/** A gradient: who of the batch wants the parameter where. */
export function gradientWords(
	{ view, text, expression }: Case,
	r: Extract<ScalarReference, { readonly kind: "parameter" }>,
): Words {
	const { titles, why } = text.ledger;
	const bias = isBias(view.timeline.structure, r.layer, r.slot);
	const sum = expression === null ? undefined : factorsOf(expression).find(({ kind }) => kind === "sum");
	const shares = sum === undefined ? null : flatten(sum).map((share) => valueIn(view, share));
	if (shares === null) {
		return view.value(r) === 0
			? { title: titles.gradientZero, why: plainSentence(why.gradientZero(bias)) }
			: { title: titles.gradient, why: plainSentence(why.gradientOne(bias)) };
	}
	const lower = shares.filter((share) => share > 0).length;
	const higher = shares.filter((share) => share < 0).length;
	const still = shares.length - lower - higher;
	const voices = lower + higher;
	if (voices === 0) return { title: titles.gradientZero, why: plainSentence(why.gradientZero(bias)) };
	if (lower === 0 || higher === 0) {
		return still === 0
			? { title: titles.gradientAgree(voices), why: plainSentence(why.gradientAgree(voices, bias, lower > 0)) }
			: {
					title: titles.gradientSome(voices, still),
					why: plainSentence(why.gradientSome(voices, still, bias, lower > 0)),
				};
	}
	const [more, less] = [Math.max(lower, higher), Math.min(lower, higher)];
	const title = still > 0 ? titles.gradientOut(more, less, still) : titles.gradientSplit(more, less);
	const net = shares.reduce((total, share) => total + share, 0);
	const all = shares.reduce((total, share) => total + Math.abs(share), 0);
	const sentence =
		Math.abs(net) < LITTLE * all
			? why.gradientSmall(lower, higher, bias)
			: why.gradientSplit(lower, higher, bias, net > 0);
	return { title, why: plainSentence(sentence) };
}

/** One sample's share of a gradient. */
export function shareWords(
	{ view, text, expression }: Case,
	r: Extract<ScalarReference, { readonly kind: "share" }>,
): Words {
	const { titles, why } = text.ledger;
	const sample = r.sample + 1;
	const bias = isBias(view.timeline.structure, r.layer, r.slot);
	if (bias || expression?.kind !== "product") {
		return { title: titles.share, why: plainSentence(bias ? why.shareBias(sample) : why.share(sample)) };
	}
	const [input, delta] = expression.factors.map((factor) => valueIn(view, factor));
	const sentence =
		input === 0 ? why.shareNothingIn(sample) : delta === 0 ? why.shareNothingBack(sample) : why.share(sample);
	return { title: titles.share, why: plainSentence(sentence) };
}
