import { kernelPlace } from "../../explain/notations/places.ts";
import type { Group } from "../../timeline/structure.ts";
import { type Block, type CellPlace, kernel, parameter, rowOf } from "./blocks.ts";
import type { MatrixTable, Spot } from "./model.ts";

/** Whether a parameter is a stack of kernels, which a table of rows × all columns would tear apart. */
export const isKernel = (group: Group, slot: number) => kernelPlace(group, slot, 0, 0) !== null;

/** Columns of tiles that stand side by side. */
const ACROSS = 20;

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) => items.slice(chunk * size, (chunk + 1) * size));

/** The map at the other end of a row's kernel. */
function otherMap(group: Group, slot: number, row: number, place: number): number {
	const [, , high, wide] = group.head.run.parameters[slot].shape;
	const found = kernelPlace(group, slot, row, place * high * wide);
	return found === null ? place : group.head.type === "Deconvolution" ? found.makes : found.reads;
}

/**
 * The gradients of a row's kernels, a block a map that they read, with the bias; of kernels that read one map alone all
 * rows, a block a map that they make.
 */
export function kernelGradients(group: Group, iteration: number, { unit }: Spot, row: number): MatrixTable {
	const [rows, maps, , wide] = group.head.run.parameters[0].shape;
	const whole = parameter("gradient", group, 0, "gradient", iteration);
	const bias = rowOf(parameter("gradient", group, 1, "gradient", iteration), row);
	if (whole === null) return { group, bands: [], frame: null };
	const blocks = Array.from({ length: maps === 1 ? rows : maps }, (_, k) =>
		maps === 1
			? kernel(whole, group, 0, { row: k, place: 0, map: k }, { lit: unit === k ? "all" : "none" })
			: kernel(
					whole,
					group,
					0,
					{ row, place: k, map: otherMap(group, 0, row, k) },
					{ lit: unit === null ? "none" : "all" },
				),
	);
	const across = Math.max(1, Math.floor(ACROSS / wide));
	const [first, ...rest] = chunks<Block>(blocks, across);
	return {
		group,
		bands: [bias === null ? first : [...first, { ...bias, label: "above" }], ...rest],
		frame: maps === 1 && unit !== null ? { band: Math.floor(unit / across), slot: unit % across } : null,
		tiles: true,
	};
}

/** Old value, step, new value of a row's kernels, a line a map that they read. */
export function kernelUpdates(
	group: Group,
	slot: number,
	iteration: number,
	{ unit, term }: Spot,
	row: number,
	moments: number,
): MatrixTable {
	const [, maps] = group.head.run.parameters[slot].shape;
	const strong: CellPlace | null = term === null ? null : { row, column: Math.floor(term / moments) };
	const lit = unit === null ? "none" : "all";
	const wholes = (
		[
			["weight", "before", null],
			["update", "update", "−"],
			["after", "after", "="],
		] as const
	).map(([kind, moment, sign]) => parameter(kind, group, slot, moment, iteration, { strong, sign, lit }));
	const bands = Array.from({ length: maps }, (_, place) =>
		wholes.map((block, k): Block | null => {
			if (block === null) return null;
			const { map, ...own } = kernel(
				block,
				group,
				slot,
				{ row, place, map: maps === 1 ? row : otherMap(group, slot, row, place) },
				{ lit, sign: block.sign },
			);
			// One heading a line names the map.
			return k === 0 && map !== undefined ? { ...own, map } : own;
		}),
	);
	return { group, bands, frame: null, tiles: true };
}
