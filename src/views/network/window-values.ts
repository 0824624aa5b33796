import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, mapPlace } from "../../timeline/structure.ts";
import { unitReference } from "./readings.ts";

/** A layer that takes the largest of what lies under its window. */
export function isPooled({ head, elementwise }: Group): boolean {
	return head.type === "Pooling" && head.run.settings.pool !== "AVE" && elementwise.length === 0;
}

export interface WindowValue {
	readonly reading: Reading;
	readonly value: number;
	readonly wins: boolean;
	/** Where it lies in its map, from 0; null for what is no unit of a map. */
	readonly place: { readonly row: number; readonly column: number } | null;
}

function operandsOf(expression: Expression | null): readonly Expression[] {
	if (expression === null) return [];
	if (expression.kind === "maximum") return expression.operands.flatMap(operandsOf);
	return [expression];
}

function placeOf({ timeline: { structure } }: View, r: ScalarReference) {
	if (r.kind !== "top") return null;
	const source = structure.groupOf(r.layer, r.slot);
	return mapPlace(source, r.index % source.units);
}

/** What lies under a unit's window, in order; the first of the largest wins. */
export function windowValues(view: View, group: Group, unit: number): readonly WindowValue[] {
	const operands = operandsOf(explainScalar(view.context, unitReference(view, group, "z", "data", unit)));
	const readings = operands.map((operand) =>
		operand.kind === "scalar"
			? {
					reading: view.read(operand.reference),
					value: view.shown(operand.reference),
					place: placeOf(view, operand.reference),
				}
			: { reading: view.derive(operand), value: 0, place: null },
	);
	const largest = Math.max(...readings.map(({ value }) => value));
	const winner = readings.findIndex(({ value }) => value === largest);
	return readings.map((found, place) => ({ ...found, wins: place === winner }));
}
