import type { ScalarReference } from "../../engine/reference.ts";
import { type Group, outputLayer, type Structure } from "../../timeline/structure.ts";

/** Where a scalar stands in a net, in the words that every notation needs. */

/** UFLDL's number of a layer: the inputs are layer 1. */
export function layerNumber(structure: Structure, group: Group): number {
	const counted = structure.groups.filter((g) => g.role === "input" || g.role === "hidden" || g.role === "output");
	const place = counted.indexOf(group);
	return place < 0 ? counted.length : place + 1;
}

/** Whether a top is what its group hands on (a), or what its head makes (z) before an activation. */
export function partOf(group: Group, layer: string): "z" | "a" {
	if (group.elementwise.length === 0) return "z";
	return layer === group.head.name ? "z" : layer === outputLayer(group).name || layer === group.split?.name ? "a" : "z";
}

export interface ParameterPlace {
	readonly group: Group;
	readonly isBias: boolean;
	readonly row: number;
	readonly column: number;
}

/** Row (output unit) and column (input) of a parameter's element, from 0. */
export function parameterPlace(
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "parameter" | "share" }>,
): ParameterPlace {
	const group = structure.groupOf(r.layer, 0);
	const { shape, count } = group.head.run.parameters[r.slot];
	const columns = shape.length > 1 ? count / shape[0] : 1;
	const row = Math.floor(r.index / columns);
	const column = r.index % columns;
	const transposed = group.head.run.settings.transpose === true && shape.length > 1;
	return { group, isBias: r.slot > 0, row: transposed ? column : row, column: transposed ? row : column };
}

/** Two indices as a subscript: `11`, or `3,12` where a digit more would be ambiguous. */
export function pair(row: number, column: number): string {
	return row > 9 || column > 9 ? `${row},${column}` : `${row}${column}`;
}
