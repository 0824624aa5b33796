import type { ScalarReference } from "../../engine/reference.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { internalAt } from "../../timeline/internal-stage.ts";
import type { Group } from "../../timeline/structure.ts";
import { unitTerms } from "../../timeline/timeline.ts";
import { timeOfSample } from "./readings.ts";

type Internal = Extract<ScalarReference, { readonly kind: "internal" }>;

/** One value of a unit on its way through a layer that has several steps. */
export interface StepValue {
	readonly reference: Internal;
	readonly reading: Reading;
	readonly value: number;
	/** Its place among the leaves of the unit. */
	readonly term: number;
	/** A gate is opened by its value, 0 … 1; anything else has a sign. */
	readonly isGate: boolean;
}

/** The candidate is the last of an LSTM's four parts, and no gate. */
const GATES = 3;

/** The steps of a unit at the time step in front, in the order in which they are gone through. */
export function stepValues(
	view: View,
	phase: "forward" | "backward",
	group: Group,
	unit: number,
): readonly StepValue[] {
	const stage = view.timeline.phases
		.find(({ name, pass }) => name === phase && pass === view.pass)
		?.groups.find(({ subject }) => subject.kind === "group" && subject.group === group);
	if (stage === undefined) return [];
	const { iteration } = view.cursor;
	const at = { iteration, pass: view.pass, sample: view.sample, unit };
	return Array.from({ length: unitTerms(stage, unit, timeOfSample(view, group)) }, (_, term) => {
		const reference = internalAt(stage, { ...at, term });
		if (reference === null) return null;
		const width = group.head.run.internals[reference.name].shape.at(-1) ?? group.units;
		const part = Math.floor((reference.index % width) / group.units);
		return {
			reference,
			reading: view.read(reference),
			value: view.shown(reference),
			term,
			isGate: reference.side === "data" && reference.name === "gates" && part < GATES,
		};
	}).filter((step) => step !== null);
}
