import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { places } from "./columns.ts";
import { isDense, parameterOf, parameterReference } from "./connections.ts";

/** An edge of a unit as it is listed: its parameter and the unit at its other end. */
export interface UnitEdge {
	readonly kind: "from" | "to" | "bias";
	readonly reading: Reading;
	readonly other: { readonly group: Group; readonly unit: number } | null;
}

/** Longer lists keep their largest. */
const MOST = 60;

/** The weights into a unit, its bias, and the weights out of it. */
export function edgesOfUnit(view: View, group: Group, unit: number): readonly UnitEdge[] {
	const { structure } = view.timeline;
	const edge = (kind: UnitEdge["kind"], target: Group, row: number, input: number | null, other: UnitEdge["other"]) => {
		const place = { layer: target.head.name, ...parameterOf(target.head, row, input, target.units) };
		const reference = parameterReference(structure, place, view.cursor.iteration);
		return { kind, other, reference, size: Math.abs(view.value(reference)) };
	};
	const incoming = isDense(group)
		? structure
				.sourceGroups(group)
				.flatMap((source) =>
					places(source.units).map((input) => edge("from", group, unit, input, { group: source, unit: input })),
				)
		: [];
	const bias = isDense(group) && group.head.run.parameters.length > 1 ? [edge("bias", group, unit, null, null)] : [];
	const outgoing = structure
		.consumers(group)
		.filter(isDense)
		.flatMap((target) =>
			places(target.units).map((row) => edge("to", target, row, unit, { group: target, unit: row })),
		);
	const shorten = (list: typeof incoming) =>
		list.length <= MOST ? list : list.toSorted((a, b) => b.size - a.size).slice(0, MOST);
	return [...shorten(incoming), ...bias, ...shorten(outgoing)].map(({ kind, other, reference }) => ({
		kind,
		other,
		reading: view.read(reference),
	}));
}
