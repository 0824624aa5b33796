import { explainScalar } from "../../engine/explain-scalar.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { BlockReading, BlockReference } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import type { TileShape } from "../marks/tile-geometry.ts";
import { isDense } from "./forward-tables.ts";

/** A layer whose numbers no single matrix holds, where one stands or where one asked about. */
export interface LayerSpot {
	readonly group: Group;
	readonly unit: number;
	readonly side: "data" | "diff";
	/** The row of the batch, or the time step. */
	readonly sample: number;
}

const isComputed = ({ role }: Group) => role === "hidden" || role === "output";

/** Whether a table of a layer's numbers would not be a matrix: it is shown by what its windows or steps see. */
export function needsLayer(view: View, group: Group, side: "data" | "diff"): boolean {
	if (!isComputed(group)) return false;
	if (side === "data") return !isDense(group);
	const readers = view.timeline.structure.consumers(group).filter(({ role }) => role !== "loss");
	return (readers.length > 0 && !readers.every(isDense)) || group.head.definition.steps !== null;
}

/** What the panel shows: the layer of a number that was asked about, else that of the stage; null where it is a matrix. */
export function layerSpot(view: View, inspected: ScalarReference | null): LayerSpot | null {
	const { structure } = view.timeline;
	if (
		inspected !== null &&
		(inspected.kind === "top" || inspected.kind === "internal") &&
		inspected.pass !== "again" &&
		inspected.iteration === view.cursor.iteration
	) {
		const group = structure.groupOf(inspected.layer, inspected.kind === "top" ? inspected.slot : 0);
		const { side } = inspected;
		if (needsLayer(view, group, side) && (inspected.kind === "top" || group.head.definition.steps !== null)) {
			const width =
				inspected.kind === "top" ? group.units : group.head.run.internals[inspected.name].count / group.samples;
			return { group, unit: inspected.index % group.units, side, sample: Math.floor(inspected.index / width) };
		}
	}
	const { phase, group: stage, unit } = view.leaf;
	if (stage?.subject.kind !== "group" || unit === null || phase === null) return null;
	if (phase.name !== "forward" && phase.name !== "backward") return null;
	const side = phase.name === "forward" ? "data" : "diff";
	const { group } = stage.subject;
	return needsLayer(view, group, side) ? { group, unit, side, sample: view.sample } : null;
}

interface Term {
	readonly weight: BlockReference | null;
	readonly value: BlockReference;
}

/** The product or the number that a term is; null for a bias and for what is no number of a blob. */
function termOf(expression: Expression): Term | null {
	const factors = expression.kind === "product" ? expression.factors : [expression];
	const references = factors.flatMap((factor) => (factor.kind === "scalar" ? [factor.reference] : []));
	const weight = references.find((r) => r.kind === "parameter") ?? null;
	const value = references.find((r) => r.kind === "top" || r.kind === "internal");
	return value === undefined ? null : { weight, value };
}

function leaves(expression: Expression | null): readonly Expression[] {
	if (expression === null) return [];
	if (expression.kind === "sum") return expression.terms.flatMap(leaves);
	if (expression.kind === "maximum") return expression.operands.flatMap(leaves);
	return [expression];
}

/** Two grids laid over each other: what is seen through a window, and what each of it is weighed by. */
export interface WindowModel {
	readonly shape: TileShape;
	readonly values: BlockReading;
	/** Null where nothing weighs: pooling. */
	readonly weights: BlockReading | null;
}

const distinct = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

/** What a unit is made of, or what comes back to it, as it lies in the maps that it comes from. Null where nothing does. */
export function windowModel(view: View, { group, unit, side, sample }: LayerSpot): WindowModel | null {
	const at = { iteration: view.cursor.iteration, pass: view.pass, side } as const;
	const reference = groupScalar(group, side === "data" ? "z" : "a", at, sample, unit);
	const terms = leaves(explainScalar(view.context, reference))
		.map(termOf)
		.filter((term) => term !== null);
	const [first] = terms;
	if (first === undefined || first.value.kind !== "top") return null;
	const { shape } = view.timeline.structure.net.layer(first.value.layer).run.tops[first.value.slot];
	const wide = shape[3] ?? 1;
	const each = (shape[2] ?? 1) * wide;
	const all = each * (shape[1] ?? 1);
	const placed = terms.map((term) => {
		const inside = term.value.index % all;
		return { ...term, map: Math.floor(inside / each), row: Math.floor((inside % each) / wide), column: inside % wide };
	});
	const [maps, rows, columns] = [
		distinct(placed.map(({ map }) => map)),
		distinct(placed.map(({ row }) => row)),
		distinct(placed.map(({ column }) => column)),
	];
	const count = maps.length * rows.length * columns.length;
	const values = new Array<BlockReference | null>(count).fill(null);
	const weights = new Array<BlockReference | null>(count).fill(null);
	for (const { map, row, column, value, weight } of placed) {
		const place = (maps.indexOf(map) * rows.length + rows.indexOf(row)) * columns.length + columns.indexOf(column);
		values[place] = value;
		weights[place] = weight;
	}
	return {
		shape: { maps: maps.length, rows: rows.length, columns: columns.length, count },
		values: view.gather(values),
		weights: weights.some((weight) => weight !== null) ? view.gather(weights) : null,
	};
}

/** The map that a unit lies in, of what its layer hands on or of what comes back to it. */
export function ownMap(view: View, { group, unit, side, sample }: LayerSpot) {
	const { shape } = group.head.run.tops[group.slot];
	if (shape.length !== 4 || shape[2] * shape[3] === 1) return null;
	const [, , rows, columns] = shape;
	const each = rows * columns;
	const channel = Math.floor(unit / each);
	const at = { iteration: view.cursor.iteration, pass: view.pass, side } as const;
	const first = groupScalar(group, "z", at, sample, channel * each);
	const tiles: TileShape = { maps: 1, rows, columns, count: each };
	return { channel, shape: tiles, block: view.block(first, each), place: unit % each };
}
