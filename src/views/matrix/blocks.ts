import { constant } from "../../engine/expressions.ts";
import { type Pass, referenceText, type ScalarReference } from "../../engine/reference.ts";
import type { Subject } from "../../explain/reading.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";

/** What a block of cells holds; its symbol comes from the notation, that of a part of a formula from the texts. */
export type BlockKind =
	| "input"
	| "one"
	| "weight"
	| "bias"
	| "z"
	| "a"
	| "target"
	| "pull"
	| "slope"
	| "gap"
	| "factor"
	| "scale"
	| "cost"
	| "probability"
	| "delta"
	| "product"
	| "gradient"
	| "update"
	| "after";

export interface CellPlace {
	readonly row: number;
	readonly column: number;
}

/** Which cells the stage reads or makes: all, a row, a column, or whatever a test says. */
export type Lit =
	| "all"
	| "none"
	| { readonly row: number }
	| { readonly column: number }
	| { readonly test: (place: CellPlace) => boolean };

/** A sign before a block, or above it: how it follows from its neighbour. */
export type Sign = "→" | "←" | "↓" | "−" | "×" | "=";

/** A rectangle of cells, all of one kind. Cells are made on demand: large matrices are seen through a window. */
export interface Block {
	readonly kind: BlockKind;
	readonly group: Group;
	readonly rows: number;
	readonly columns: number;
	cell(row: number, column: number): Subject;
	/** Where an element of the array behind the block stands; null where the block shows other elements of it. */
	readonly placeOf: ((index: number) => CellPlace | null) | null;
	readonly lit: Lit;
	/** The cell of one term. */
	readonly strong: CellPlace | null;
	readonly sign: Sign | null;
	readonly label: "left" | "above" | "below";
	/** Of a kernel the map that tells it from its neighbours, from 0. */
	readonly map?: number;
}

export type Marks = Partial<Pick<Block, "lit" | "strong" | "sign" | "label">>;

const PLAIN = { lit: "none", strong: null, sign: null, label: "above" } as const;

export interface Place {
	readonly iteration: number;
	readonly pass: Pass;
	readonly sample: number;
}

/** One sample's values of a group: a column where `upright`, else a row. */
export function vector(
	kind: BlockKind,
	group: Group,
	what: "z" | "a",
	side: "data" | "diff",
	at: Place,
	upright: boolean,
	marks: Marks = {},
): Block {
	const first = at.sample * group.units;
	const place = (unit: number): CellPlace => (upright ? { row: unit, column: 0 } : { row: 0, column: unit });
	return {
		...PLAIN,
		label: upright ? "above" : "left",
		...marks,
		kind,
		group,
		rows: upright ? group.units : 1,
		columns: upright ? 1 : group.units,
		cell: (row, column) => groupScalar(group, what, { ...at, side }, at.sample, upright ? row : column),
		placeOf: (index) => (index >= first && index < first + group.units ? place(index - first) : null),
	};
}

/** The input +1 that a bias is the weight of. */
export function one(group: Group, marks: Marks = {}): Block {
	return {
		...PLAIN,
		...marks,
		kind: "one",
		group,
		rows: 1,
		columns: 1,
		cell: () => ({ kind: "derived", expression: constant(1) }),
		placeOf: null,
	};
}

interface WeightShape {
	readonly outputs: number;
	readonly inputs: number;
	/** Stored as inputs × outputs. */
	readonly transposed: boolean;
}

/** Sizes of a parameter as a matrix outputs × inputs, however it is stored; a bias is one column. */
export function weightShape(group: Group, slot = 0): WeightShape {
	const { shape, count } = group.head.run.parameters[slot];
	if (shape.length < 2) return { outputs: count, inputs: 1, transposed: false };
	const transposed = slot === 0 && group.head.run.settings.transpose === true;
	const outputs = transposed ? count / shape[0] : shape[0];
	return { outputs, inputs: count / outputs, transposed };
}

function matrix(
	kind: BlockKind,
	group: Group,
	slot: number,
	marks: Marks,
	reference: (index: number) => ScalarReference,
): Block | null {
	if (group.head.parameters[slot] === undefined) return null;
	const { outputs, inputs, transposed } = weightShape(group, slot);
	const placeOf = (index: number): CellPlace =>
		transposed
			? { row: index % outputs, column: Math.floor(index / outputs) }
			: { row: Math.floor(index / inputs), column: index % inputs };
	return {
		...PLAIN,
		label: "below",
		...marks,
		kind,
		group,
		rows: outputs,
		columns: inputs,
		cell: (row, column) => reference(transposed ? column * outputs + row : row * inputs + column),
		placeOf,
	};
}

/** A weight or bias of a layer at a moment of the iteration; null where the layer has none. */
export function parameter(
	kind: BlockKind,
	group: Group,
	slot: number,
	moment: "before" | "gradient" | "update" | "after",
	iteration: number,
	marks: Marks = {},
): Block | null {
	const layer = group.head.name;
	return matrix(kind, group, slot, marks, (index) => ({ kind: "parameter", iteration, layer, slot, moment, index }));
}

/** What one sample adds to a gradient: the outer product of what came in and what comes back. */
export function outerProduct(
	group: Group,
	slot: number,
	at: Place & { readonly pass: number },
	marks: Marks = {},
): Block | null {
	if (!group.head.run.parameterNeedsDiff[slot])
		return parameter("gradient", group, slot, "gradient", at.iteration, marks);
	const layer = group.head.name;
	return matrix("product", group, slot, marks, (index) => ({ kind: "share", ...at, layer, slot, index }));
}

/** Some rows of a matrix by themselves. */
export function rowsFrom(block: Block, first: number, rows: number, lit: Lit): Block {
	const { placeOf, strong } = block;
	const inside = (place: CellPlace | null): CellPlace | null =>
		place !== null && place.row >= first && place.row < first + rows
			? { row: place.row - first, column: place.column }
			: null;
	return {
		...block,
		rows,
		lit,
		strong: inside(strong),
		cell: (row, column) => block.cell(first + row, column),
		placeOf: placeOf === null ? null : (index) => inside(placeOf(index)),
	};
}

/** One row of a matrix by itself, all of it lit. */
export function rowOf(block: Block | null, row: number): Block | null {
	return block === null ? null : { ...rowsFrom(block, row, 1, "all"), label: "left" };
}

/** One kernel of a row of a weight, as it lies over its map. */
export function kernel(
	block: Block,
	group: Group,
	slot: number,
	at: { readonly row: number; readonly place: number; readonly map: number },
	marks: Marks,
): Block {
	const [, , high, wide] = group.head.run.parameters[slot].shape;
	const each = high * wide;
	const first = at.place * each;
	const { placeOf } = block;
	const inside = (place: CellPlace | null): CellPlace | null => {
		if (place === null || place.row !== at.row || place.column < first || place.column >= first + each) return null;
		return { row: Math.floor((place.column - first) / wide), column: (place.column - first) % wide };
	};
	return {
		...block,
		label: "above",
		...marks,
		rows: high,
		columns: wide,
		strong: inside(block.strong),
		cell: (row, column) => block.cell(at.row, first + row * wide + column),
		placeOf: placeOf === null ? null : (index) => inside(placeOf(index)),
		map: at.map,
	};
}

/** Numbers that belong to a layer's units one each, however they are made. */
export function perUnit(
	kind: BlockKind,
	group: Group,
	upright: boolean,
	subject: (unit: number) => Subject,
	marks: Marks = {},
): Block {
	return {
		...PLAIN,
		label: upright ? "above" : "left",
		...marks,
		kind,
		group,
		rows: upright ? group.units : 1,
		columns: upright ? 1 : group.units,
		cell: (row, column) => subject(upright ? row : column),
		placeOf: null,
	};
}

export function isLit({ lit }: Block, place: CellPlace): boolean {
	if (typeof lit === "string") return lit === "all";
	if ("test" in lit) return lit.test(place);
	return "row" in lit ? lit.row === place.row : lit.column === place.column;
}

/** Everything of a reference but which element it is. */
function arrayText(reference: ScalarReference): string {
	return referenceText("index" in reference ? { ...reference, index: 0 } : reference);
}

/** Where in a block a scalar stands; null where it does not. */
export function findScalar(block: Block, reference: ScalarReference): CellPlace | null {
	const first = block.cell(0, 0);
	if (first.kind === "derived" || !("index" in reference)) return null;
	const text = referenceText(reference);
	if (block.placeOf !== null) {
		if (arrayText(first) !== arrayText(reference)) return null;
		return block.placeOf(reference.index);
	}
	const count = Math.max(block.rows, block.columns);
	for (let unit = 0; unit < count; unit++) {
		const place = block.columns === 1 ? { row: unit, column: 0 } : { row: 0, column: unit };
		const subject = block.cell(place.row, place.column);
		if (subject.kind !== "derived" && referenceText(subject) === text) return place;
	}
	return null;
}
