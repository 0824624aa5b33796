import type { ScalarReference } from "../../engine/reference.ts";
import { type Group, isBias, outputLayer, type Structure } from "../../timeline/structure.ts";

/** Where a scalar stands in a net, in the words that every notation needs. */

/** UFLDL's number of a layer: the inputs, however many they are, are layer 1. */
export function layerNumber(structure: Structure, group: Group): number {
	if (group.role === "input") return 1;
	const computed = structure.groups.filter(({ role }) => role === "hidden" || role === "output");
	const place = computed.indexOf(group);
	return (place < 0 ? computed.length - 1 : place) + 2;
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
	const place = transposed ? { row: column, column: row } : { row, column };
	return { group, isBias: isBias(structure, r.layer, r.slot), ...place };
}

export interface KernelPlace {
	/** The map that it reads and the one that it makes. */
	readonly reads: number;
	readonly makes: number;
	readonly row: number;
	readonly column: number;
}

/** Where an element of a kernel lies, from 0, by row and column of its weight; null for a parameter that is no kernel. */
export function kernelPlace({ head }: Group, slot: number, row: number, column: number): KernelPlace | null {
	const { shape } = head.run.parameters[slot];
	if (shape.length !== 4 || shape[2] * shape[3] === 1) return null;
	const [own, others, high, wide] = shape;
	const groups = Number(head.run.settings.group ?? 1);
	const each = high * wide;
	// A group of maps is made of its own group of maps.
	const other = Math.floor((row * groups) / own) * others + Math.floor(column / each);
	const inside = column % each;
	return {
		...(head.type === "Deconvolution" ? { reads: row, makes: other } : { reads: other, makes: row }),
		row: Math.floor(inside / wide),
		column: inside % wide,
	};
}

/** Two indices as a subscript: `11`, or `3,12` where a digit more would be ambiguous. */
export function pair(row: number, column: number): string {
	return row > 9 || column > 9 ? `${row},${column}` : `${row}${column}`;
}

/** The gates of an LSTM in Caffe's order: input, forget, output, and the candidate. */
const GATES = ["i", "f", "o", "g"];

/** Which gate a row of a recurrent layer's weights belongs to, and of which unit it is; a plain RNN has no gates. */
export function gateRow(group: Group, row: number): { readonly gate: string | null; readonly unit: number } {
	if (group.head.type !== "LSTM") return { gate: null, unit: row };
	return { gate: GATES[Math.floor(row / group.units)] ?? null, unit: row % group.units };
}

/** What the parameters of a recurrent layer are called in Caffe, by slot. */
export function parameterName({ head, times }: Group, slot: number): string | null {
	if (head.definition.picture !== "gates" || times < 1) return null;
	const isLstm = head.type === "LSTM";
	const hasStatic = head.run.parameters.length > (isLstm ? 3 : 5);
	const names = isLstm
		? ["W_xc", "b_c", ...(hasStatic ? ["W_xc_static"] : []), "W_hc"]
		: ["W_xh", "b_h", ...(hasStatic ? ["W_xh_static"] : []), "W_hh", "W_ho", "b_o"];
	return names[slot] ?? null;
}

/** The letter of a whole parameter: U is what weighs the state of the step before. */
export function parameterLetter(structure: Structure, layer: string, slot: number): "W" | "U" | "b" {
	if (isBias(structure, layer, slot)) return "b";
	return parameterName(structure.groupOf(layer, 0), slot)?.startsWith("W_h") === true ? "U" : "W";
}

export interface InternalPlace {
	/** Null for what is no value of a layer that goes through time. */
	readonly gate: string | null;
	readonly unit: number;
	readonly group: Group;
	/** The layer goes through time steps, and this is one of its values on the way. */
	readonly stepped: boolean;
}

/** Where an internal value of a layer stands: its gate, if it has several parts, and its unit. */
export function internalPlace(
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "internal" }>,
): InternalPlace {
	const group = structure.groupOf(r.layer, 0);
	const blob = structure.net.layer(r.layer).run.internals[r.name];
	const stepped = group.head.name === r.layer && group.head.definition.steps !== null;
	if (!stepped) {
		return { gate: null, unit: blob === undefined ? 0 : r.index % (blob.count / (blob.shape[0] ?? 1)), group, stepped };
	}
	const width = blob.shape.at(-1) ?? 1;
	const inside = r.index % width;
	const gate = width === group.units ? null : (GATES[Math.floor(inside / group.units)] ?? null);
	return { gate, unit: inside % group.units, group, stepped };
}
