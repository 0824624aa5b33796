import { constant, scalar } from "../../../engine/expressions.ts";
import type { ScalarReference } from "../../../engine/reference.ts";
import { internalPlace } from "../../../explain/notations/places.ts";
import { capital } from "../../../i18n/capital.ts";
import { quantityName } from "../../timeline/names.ts";
import { type Case, percentReading, type Words } from "./case.ts";
import { Numbers, plainSentence } from "./sentence.ts";

type Internal = Extract<ScalarReference, { readonly kind: "internal" }>;

const CANDIDATE = 3;
const PARTS = ["i", "f", "o", "g"];

/** What stands inside a recurrent layer: gates, cell and state, and what comes back to each. */
export function stepWords(parts: Case, r: Internal): Words {
	return r.side === "diff" ? backWords(parts, r) : valueWords(parts, r);
}

function partOf({ view }: Case, r: Internal): number {
	return PARTS.indexOf(internalPlace(view.timeline.structure, r).gate ?? "");
}

/** Another part of the same unit's gates at the same time step. */
function gateBeside({ view }: Case, r: Internal, part: number): ScalarReference {
	const { group, unit } = internalPlace(view.timeline.structure, r);
	const { units } = group;
	const row = Math.floor(r.index / units);
	return { ...r, name: "gates", side: "data", index: (row * PARTS.length + part) * units + unit };
}

function valueWords(parts: Case, r: Internal): Words {
	const { view, text } = parts;
	const { titles, why, gate } = text.layers;
	const part = partOf(parts, r);
	const numbers = new Numbers();
	const percentOf = (reference: ScalarReference) =>
		numbers.put(percentReading(view, scalar(reference), constant(1)), 2);
	const isLstm = view.timeline.structure.net.layer(r.layer).type === "LSTM";
	switch (r.name) {
		case "gate_input":
			return { title: titles.gateInput(gate(part)), why: plainSentence(why.gateInput(gate(part))) };
		case "gates":
			if (part === CANDIDATE) return { title: titles.candidate, why: plainSentence(why.candidate) };
			return { title: titles.gates(gate(part)), why: numbers.sentence(why.gates(gate(part), percentOf(r))) };
		case "c":
			return {
				title: titles.c,
				why: numbers.sentence(why.c(percentOf(gateBeside(parts, r, 1)), percentOf(gateBeside(parts, r, 0)))),
			};
		case "h":
			if (!isLstm) return { title: titles.step, why: plainSentence(why.hPlain) };
			return { title: titles.h, why: numbers.sentence(why.h(percentOf(gateBeside(parts, r, 2)))) };
		default:
			return { title: capital(quantityName(text, view.timeline.structure, r)), why: plainSentence(plainWhy(parts, r)) };
	}
}

function plainWhy({ text: { layers } }: Case, { name }: Internal): string {
	const { why } = layers;
	const known: Readonly<Record<string, string>> = {
		h_conted: why.handedOn,
		W_xc_x: why.weighted,
		W_xc_x_static: why.weighted,
		W_xh_x: why.weighted,
		W_xh_x_static: why.weighted,
		h_0: why.carried,
		c_0: why.carried,
		h_T: why.carried,
		c_T: why.carried,
		h_neuron_input: why.hSum,
		o_neuron_input: why.output,
		o: why.output,
	};
	return known[name] ?? why.other;
}

function backWords(parts: Case, r: Internal): Words {
	const { text, view } = parts;
	const { titles, why, gate } = text.layers;
	const part = partOf(parts, r);
	switch (r.name) {
		case "gate_input":
			return {
				title: titles.dGate(gate(part)),
				why: plainSentence(part === 2 ? why.dOutputGate : why.dGate),
			};
		case "h":
		case "o":
			return { title: titles.dh, why: plainSentence(why.dh) };
		case "c":
			return { title: capital(quantityName(text, view.timeline.structure, r)), why: plainSentence(why.dc) };
		case "o_neuron_input":
		case "h_neuron_input":
			return { title: capital(quantityName(text, view.timeline.structure, r)), why: plainSentence(why.dSum) };
		default:
			return { title: capital(quantityName(text, view.timeline.structure, r)), why: plainSentence(why.other) };
	}
}
