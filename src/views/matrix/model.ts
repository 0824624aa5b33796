import type { View } from "../../store/view.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { backwardTable, lossTable } from "./backward-tables.ts";
import type { Block, Place } from "./blocks.ts";
import { clipTables, computedGroups, decayTables, forwardTable, isDense } from "./forward-tables.ts";
import { gradientTable, solverTable } from "./gradient-tables.ts";
import { isKernel, kernelGradients, kernelUpdates } from "./kernel-tables.ts";

/** What is framed: a row of one band of blocks, one of its blocks, or a column through all of them. */
export type Frame =
	| { readonly band: number; readonly row: number }
	| { readonly band: number; readonly slot: number }
	| { readonly column: number };

/**
 * Blocks in a grid. Those of one band share their rows and stand side by side; first blocks of all bands stand below
 * each other and share their columns, and so do the second, and so on.
 */
export interface MatrixTable {
	readonly group: Group;
	readonly bands: readonly (readonly (Block | null)[])[];
	readonly frame: Frame | null;
	/** Drawn as tiles whatever its size. */
	readonly tiles?: boolean;
}

/** How the table is read: along a row going forward, down a column going back, each cell by itself. */
export type Direction = "row" | "column" | "product" | "kernels" | "settle" | "settleKernels" | "none";

export interface MatrixModel {
	readonly tables: readonly MatrixTable[];
	readonly direction: Direction;
}

/** The unit that the step computed, and which of its terms; null where the step is coarser. */
export interface Spot {
	readonly unit: number | null;
	readonly term: number | null;
}

function spotOf(view: View): Spot {
	const { unit, term } = view.leaf;
	if (view.depth === "term") return { unit, term };
	return { unit: view.depth === "unit" ? unit : null, term: null };
}

/** The row of the batch that is shown: the sample in front, of a layer with time steps at the one where one stands. */
function rowAt({ leaf: { time }, sample }: View, { samples, times }: Group, at: Place): Place {
	if (time === null) return at;
	const sequences = samples / times;
	return { ...at, sample: time * sequences + (sample % sequences) };
}

/** A layer of windows has too many numbers for a table of several; its picture shows them. */
const MOST_UNITS = 64;

function overviewGroups(structure: Structure): readonly Group[] {
	const groups = computedGroups(structure);
	const shown = groups.filter((group) => isDense(group) || group.units <= MOST_UNITS);
	return shown.length > 0 ? shown : groups;
}

/** The tables that belong to where one stands: a function of the view's place and, for the choice of cases, its trace. */
export function matrixModel(view: View): MatrixModel {
	const { structure } = view.timeline;
	const { phase, group: stage } = view.leaf;
	const at: Place & { readonly pass: number } = {
		iteration: view.cursor.iteration,
		pass: view.pass,
		sample: view.sample,
	};
	const spot = spotOf(view);
	const one = (table: MatrixTable, direction: Direction): MatrixModel => ({ tables: [table], direction });
	const overview = (pass: Place["pass"]): MatrixModel => ({
		tables: overviewGroups(structure).map((group) =>
			forwardTable(view, group, { ...at, pass }, { unit: null, term: null }, pass !== "again"),
		),
		direction: "none",
	});
	if (phase === null || stage === null) return overview(at.pass);
	const { subject } = stage;
	switch (subject.kind) {
		case "input":
			return overview(at.pass);
		case "again":
			return overview("again");
		case "decay":
			return { tables: decayTables(view), direction: "none" };
		case "clip":
			return { tables: clipTables(view), direction: "none" };
		case "parameter": {
			const { parameter, moments } = subject;
			const owner = structure.groupOf(parameter.layer, 0);
			if (isKernel(owner, parameter.slot)) {
				const row = view.leaf.unit ?? 0;
				return one(kernelUpdates(owner, parameter.slot, at.iteration, spot, row, moments.length), "settleKernels");
			}
			return one(solverTable(owner, parameter.slot, at.iteration, spot, moments.length), "settle");
		}
		case "group": {
			const { group } = subject;
			if (phase.name === "forward") return one(forwardTable(view, group, rowAt(view, group, at), spot), "row");
			if (phase.name === "gradients") {
				if (isKernel(group, 0)) {
					return one(kernelGradients(group, at.iteration, spot, view.leaf.unit ?? 0), "kernels");
				}
				return one(gradientTable(view, group, at, spot), isDense(group) ? "product" : "none");
			}
			if (phase.name === "loss") return one(lossTable(view, group, at, spot), "none");
			const table = backwardTable(view, group, rowAt(view, group, at), spot);
			return one(table, table.bands.length > 1 ? "column" : "row");
		}
	}
}
