import type { NotationId } from "../../explain/notation.ts";
import { type SpokenLanguage, spokenNumber } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { drawnValue } from "../marks/reading-attributes.ts";
import { isLabel, lossOf, targetGroup } from "./columns.ts";
import { unitName } from "./names.ts";
import { discReading, unitReading } from "./readings.ts";

export interface Speech {
	readonly texts: Catalogue["stage"];
	readonly language: SpokenLanguage;
	readonly notation: NotationId;
}

/** A number as it is said; what may not be shown is said to be so. */
export function spoken({ texts, language }: Speech, reading: Reading): string {
	const value = drawnValue(reading);
	if (value !== undefined) return spokenNumber(value, language, { digits: 3 });
	if (reading.status === "not-finite") return texts.notFinite;
	return reading.status === "not-yet" ? texts.unknown : texts.neverComputed;
}

/** A unit as a screen reader says it: "Hidden, neuron 2: activation 0.731, delta minus 0.012". */
export function unitWords(view: View, speech: Speech, group: Group, unit: number): string {
	const { texts, notation } = speech;
	const { structure } = view.timeline;
	const target = lossOf(structure, group) === null ? null : targetGroup(structure);
	const errors = group.role !== "input" && group.hasDelta;
	const parts = [
		group.role === "input"
			? texts.value(spoken(speech, discReading(view, group, unit)))
			: texts.activation(spoken(speech, discReading(view, group, unit))),
		...(errors ? [texts.delta(spoken(speech, unitReading(view, group, "z", "diff", unit)))] : []),
		...(target !== null && !isLabel(structure, target)
			? [texts.targetValue(spoken(speech, unitReading(view, target, "a", "data", unit)))]
			: []),
	];
	return texts.gridUnit(unitName(texts, structure, notation, group, unit), parts);
}
