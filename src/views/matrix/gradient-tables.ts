import { gateRow } from "../../explain/notations/places.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import {
	type Block,
	type BlockKind,
	type CellPlace,
	type Lit,
	one,
	outerProduct,
	type Place,
	parameter,
	rowOf,
	rowsFrom,
	vector,
	weightShape,
} from "./blocks.ts";
import { isDense } from "./forward-tables.ts";
import type { MatrixTable, Spot } from "./model.ts";

/** A stored row of a weight: a row of the matrix, or a column where the layer keeps its weight transposed. */
function storedRow(group: Group, unit: number | null): Lit {
	if (unit === null) return "none";
	return weightShape(group).transposed ? { column: unit } : { row: unit };
}

/** The outer product a × δ of the sample in front, and below it the gradient that all samples add up to. */
export function gradientTable(
	view: View,
	group: Group,
	at: Place & { readonly pass: number },
	{ unit }: Spot,
): MatrixTable {
	const [source] = view.timeline.structure.sourceGroups(group);
	const { transposed } = weightShape(group);
	const lit = storedRow(group, unit);
	const all: Lit = unit === null ? "none" : "all";
	const biasLit: Lit = unit === null ? "none" : transposed ? "none" : { row: unit };
	const single = source.samples === 1 && view.trace.passes.length === 1;
	const sum = (slot: number) =>
		parameter("gradient", group, slot, "gradient", at.iteration, { lit: slot === 0 ? lit : biasLit });
	const part = (slot: number) =>
		single ? sum(slot) : outerProduct(group, slot, at, { lit: slot === 0 ? lit : biasLit });
	if (!isDense(group)) return plainGradients(group, at.iteration, unit);
	const bias = part(1);
	const delta = vector("delta", group, "z", "diff", at, true, { lit: transposed ? all : lit, sign: "←" });
	return {
		group,
		bands: [
			[
				vector("input", source, "a", "data", at, false, { lit: transposed ? lit : all }),
				bias === null ? null : one(group, { lit: all }),
			],
			[part(0), bias, delta],
			...(single ? [] : [[sum(0), sum(1)]]),
		],
		frame: unit === null ? null : transposed ? { column: unit } : { band: 1, row: unit },
	};
}

/** The gradients of a layer that is no plain product, all its parameters side by side; an LSTM's by its gates. */
function plainGradients(group: Group, iteration: number, unit: number | null): MatrixTable {
	const { parameters } = group.head.run;
	const blocks = parameters.map((_, slot) => parameter("gradient", group, slot, "gradient", iteration));
	const rows = parameters[0].shape[0];
	const { gate, unit: inGate } = gateRow(group, unit ?? 0);
	const each = gateRow(group, 0).gate === null ? rows : group.units;
	const own = gate === null ? 0 : Math.floor((unit ?? 0) / each);
	const bands = Array.from({ length: rows / each }, (_, band) =>
		blocks.map((block) => {
			if (block === null || block.rows !== rows) return block;
			return rowsFrom(block, band * each, each, unit !== null && band === own ? { row: inGate } : "none");
		}),
	);
	return { group, bands, frame: unit === null ? null : { band: own, row: inGate } };
}

/** Up to so many columns old, step and new value stand side by side. */
const BESIDE = 3;

/** Old value, step, new value: row by row as the solver goes. */
export function solverTable(group: Group, slot: number, iteration: number, spot: Spot, moments: number): MatrixTable {
	const isVector = group.head.run.parameters[slot].shape.length < 2;
	const element = spot.term === null ? null : Math.floor(spot.term / moments);
	const lit: Lit =
		spot.unit === null ? "none" : !isVector ? storedRow(group, spot.unit) : element === null ? "all" : { row: element };
	const strong: CellPlace | null =
		isVector || element === null || spot.unit === null
			? null
			: weightShape(group).transposed
				? { row: element, column: spot.unit }
				: { row: spot.unit, column: element };
	const columns = weightShape(group, slot).inputs;
	const beside = columns <= BESIDE;
	const make = (kind: BlockKind, moment: "before" | "update" | "after", sign: Block["sign"]) =>
		parameter(kind, group, slot, moment, iteration, { lit, strong, sign, label: beside ? "below" : "left" });
	const blocks = [
		make(slot === 0 ? "weight" : "bias", "before", null),
		make("update", "update", "−"),
		make("after", "after", "="),
	];
	if (!beside && !isVector && spot.unit !== null && !weightShape(group).transposed) {
		return {
			group,
			bands: [...blocks.map((block) => [rowOf(block, spot.unit ?? 0)]), [make("after", "after", null)]],
			frame: { band: 3, row: spot.unit },
		};
	}
	const row = spot.unit === null || weightShape(group).transposed ? null : isVector ? element : spot.unit;
	return {
		group,
		bands: beside ? [blocks] : blocks.map((block) => [block]),
		frame: row === null ? null : { band: beside ? 0 : 2, row },
	};
}
