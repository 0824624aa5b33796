import type { ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import type { NumberFormat, SpokenLanguage } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { placeOf } from "../../timeline/cursor.ts";
import { type Group, groupScalar, isBias, isNamed } from "../../timeline/structure.ts";
import { quantityName } from "../timeline/names.ts";
import { focusOf } from "./focus.ts";
import { nameOfUnit, unitName } from "./names.ts";
import { type Speaker, speakerFor } from "./spoken.ts";
import { nodeLine } from "./stage-name.ts";
import { told } from "./telling.ts";

/** How a narration is spoken. */
export interface Voice {
	readonly text: Catalogue;
	readonly language: SpokenLanguage;
	readonly decimal?: NumberFormat["decimal"];
}

/** So many values of a layer are spoken. */
const VALUES = 4;

function quantityOf(view: View, { text }: Voice, r: ScalarReference): string {
	const { quantity } = text.ledger.narration;
	switch (r.kind) {
		case "top": {
			const group = view.timeline.structure.groupOf(r.layer, r.slot);
			if (group.role === "loss") return quantity.loss;
			if (group.role === "input") return quantity.input;
			if (group.role === "target") return quantity.target;
			const isHead = r.layer === group.head.name;
			if (r.side === "diff") return isHead ? quantity.delta : quantity.pull;
			return isHead ? quantity.z : quantity.a;
		}
		case "internal":
			return view.timeline.structure.groupOf(r.layer, 0).role === "loss"
				? quantity.probability
				: quantityName(text, view.timeline.structure, r);
		case "share":
			return quantity.share;
		case "loss":
			return quantity.loss;
		case "solver":
			return r.name === "clipNorm" ? quantity.norm : quantity.setting;
		case "parameter":
			if (r.moment === "before")
				return isBias(view.timeline.structure, r.layer, r.slot) ? quantity.bias : quantity.weight;
			if (r.moment === "after") return quantity.after;
			if (r.moment === "history") return quantity.history;
			return r.moment === "update" ? quantity.step : quantity.gradient;
	}
}

/** The layer and unit of the stage: `Hidden 1, neuron 3`. */
function placeName(view: View, { text }: Voice): string {
	const { group: stage, unit } = view.leaf;
	const { stage: names } = text;
	if (stage === null || unit === null || stage.subject.kind !== "group" || stage.subject.group.role === "loss") {
		return nodeLine(view, text, view.cursor.leaf);
	}
	const { group } = stage.subject;
	if (isNamed(view.timeline.structure)) return nameOfUnit(view, text, group, unit);
	const hidden = view.timeline.structure.groups.filter(({ role }) => role === "hidden");
	const layer =
		group.role === "output"
			? names.output
			: hidden.length === 1
				? names.hidden
				: names.hiddenNumber(hidden.indexOf(group) + 1);
	return names.unit(layer, String(unit + notations[view.notation].firstIndex));
}

function subjectSpoken(view: View, voice: Voice, speaker: Speaker, subject: Subject): string {
	const words = voice.text.ledger.narration;
	const expression = told(view, subject);
	const reading = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
	const how = expression === null ? "" : speaker.formula(expression);
	if (subject.kind === "derived") return words.adds(how, speaker.number(reading));
	return words.is(quantityOf(view, voice, subject), how, speaker.number(reading));
}

function layerValues(view: View, { text }: Voice, speaker: Speaker, group: Group, side: "data" | "diff"): string {
	const words = text.ledger.narration;
	const at = { iteration: view.cursor.iteration, pass: view.pass, side } as const;
	const shown = Math.min(group.units, VALUES);
	const values = Array.from({ length: shown }, (_, unit) =>
		speaker.number(view.read(groupScalar(group, side === "diff" ? "z" : "a", at, view.sample, unit))),
	);
	if (group.units > shown) values.push(words.andMore(group.units - shown));
	const name =
		side === "diff" ? words.quantity.delta : group.elementwise.length > 0 ? words.quantity.a : words.quantity.z;
	return words.values(name, values.join(text.ledger.narration.listJoin));
}

/** What a whole layer or phase came to. */
function wholeSpoken(view: View, voice: Voice, speaker: Speaker): string | null {
	const words = voice.text.ledger.narration;
	const { phase, group: stage } = view.leaf;
	if (phase === null || stage === null) return null;
	if (stage.subject.kind === "group" && stage.subject.group.role !== "loss") {
		if (phase.name === "forward") return layerValues(view, voice, speaker, stage.subject.group, "data");
		if (phase.name === "backward") return layerValues(view, voice, speaker, stage.subject.group, "diff");
	}
	return phase.name === "gradients" || phase.name === "solver"
		? words.whole(nodeLine(view, voice.text, view.cursor.leaf))
		: null;
}

function againSpoken(view: View, voice: Voice, speaker: Speaker): string {
	const { iteration } = view.cursor;
	const total = (pass: number | "again"): ScalarReference => ({ kind: "loss", iteration, pass, part: "total" });
	const before = speaker.number(view.read(total(view.trace.passes.length - 1)));
	return voice.text.ledger.narration.lossBecame(before, speaker.number(view.read(total("again"))));
}

/** A number that was asked about, in words. */
export function narrateSubject(view: View, voice: Voice, subject: Subject): string {
	const speaker = speakerFor(view, voice.text, voice.language, voice.decimal);
	const spoken = subjectSpoken(view, voice, speaker, subject);
	const unit = subject.kind === "derived" ? null : unitName(view, voice.text, subject);
	return voice.text.ledger.narration.sentence(unit ?? voice.text.ledger.form, spoken);
}

/** The last step in words, as a screen reader speaks it: of the chosen granularity, with its numbers. */
export function narrate(view: View, voice: Voice): string {
	const { text } = voice;
	const words = text.ledger.narration;
	const speaker = speakerFor(view, text, voice.language, voice.decimal);
	const { phase } = view.leaf;
	if (phase === null) return "";
	const { place, count } = placeOf(view.timeline, view.cursor.leaf, view.depth);
	const head =
		view.depth === "iteration"
			? words.iteration(view.cursor.iteration)
			: words.step(place + 1, count, text.app.phases[phase.name].toLowerCase());
	if (view.failure === view.cursor.leaf) return `${head} ${words.sentence(placeName(view, voice), words.stopped)}`;
	return `${head} ${stageSpoken(view, voice, speaker)}`;
}

function stageSpoken(view: View, voice: Voice, speaker: Speaker): string {
	const words = voice.text.ledger.narration;
	const { phase, group: stage } = view.leaf;
	const here = placeName(view, voice);
	if (phase?.name === "again") return words.sentence(here, againSpoken(view, voice, speaker));
	if (stage?.subject.kind === "input") return words.sentence(here, words.given);
	if (view.depth !== "unit" && view.depth !== "term") {
		const whole = wholeSpoken(view, voice, speaker);
		const line = nodeLine(view, voice.text, view.cursor.leaf);
		if (whole !== null) return words.sentence(line, whole);
	}
	const focus = focusOf(view);
	if (focus.term !== null) {
		const how = subjectSpoken(view, voice, speaker, focus.term.value);
		return words.sentence(here, `${words.term(focus.term.place, focus.term.of)}, ${how}`);
	}
	const spoken = focus.formulas.map(({ subject }) => subjectSpoken(view, voice, speaker, subject));
	return words.sentence(here, spoken.join(words.listJoin));
}
