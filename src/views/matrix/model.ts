import type { ScalarReference } from "../../engine/reference.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar, outputLayer, type Structure } from "../../timeline/structure.ts";

/** What a block of cells holds; its symbol comes from the notation. */
export type BlockKind =
	| "input"
	| "weight"
	| "bias"
	| "z"
	| "a"
	| "target"
	| "pull"
	| "delta"
	| "weight-gradient"
	| "bias-gradient"
	| "weight-update"
	| "weight-after"
	| "probability";

/** A rectangle of cells, all of one kind. Cells are made on demand: large matrices are seen through a window. */
export interface Block {
	readonly kind: BlockKind;
	readonly group: Group;
	readonly rows: number;
	readonly columns: number;
	cell(row: number, column: number): ScalarReference;
}

/** Blocks in a grid: those of one band share their rows, those of one column of bands their columns. */
export interface MatrixModel {
	/** Bands from top to bottom; within a band the first block is over the others' first. */
	readonly bands: readonly (readonly (Block | null)[])[];
	/** What is read: a row going forward, a column going back. */
	readonly lit:
		| { readonly kind: "row"; readonly band: number; readonly index: number }
		| { readonly kind: "column"; readonly index: number }
		| null;
	readonly direction: "row" | "column" | "none";
}

interface Place {
	readonly iteration: number;
	readonly pass: number | "again";
	readonly sample: number;
}

function vector(
	kind: BlockKind,
	group: Group,
	what: "z" | "a",
	side: "data" | "diff",
	at: Place,
	upright: boolean,
): Block {
	return {
		kind,
		group,
		rows: upright ? group.units : 1,
		columns: upright ? 1 : group.units,
		cell: (row, column) => groupScalar(group, what, { ...at, side }, at.sample, upright ? row : column),
	};
}

function parameter(
	kind: BlockKind,
	group: Group,
	slot: number,
	moment: "before" | "gradient" | "update" | "after",
	iteration: number,
): Block | null {
	const use = group.head.run.parameters[slot];
	const owner = group.head.parameters[slot];
	if (use === undefined || owner === undefined) return null;
	const { outputs, inputs, transposed } = weightSizes(group);
	return {
		kind,
		group,
		rows: outputs,
		columns: slot === 0 ? inputs : 1,
		cell: (row, column) => ({
			kind: "parameter",
			iteration,
			layer: group.head.name,
			slot,
			moment,
			index: slot === 1 ? row : transposed ? column * outputs + row : row * inputs + column,
		}),
	};
}

/** Sizes of a dense layer's weight as a matrix outputs × inputs, however it is stored. */
function weightSizes(group: Group): {
	readonly outputs: number;
	readonly inputs: number;
	readonly transposed: boolean;
} {
	const { shape, count } = group.head.run.parameters[0];
	const transposed = group.head.run.settings.transpose === true;
	const outputs = transposed ? shape[1] : shape[0];
	return { outputs, inputs: count / outputs, transposed };
}

const isDense = (group: Group) => group.head.definition.picture === "dense";

function forwardTable(structure: Structure, group: Group, at: Place, unit: number | null): MatrixModel {
	const outputs = [
		vector("z", group, "z", "data", at, true),
		...(outputLayer(group) === group.head ? [] : [vector("a", group, "a", "data", at, true)]),
	];
	if (!isDense(group))
		return { bands: [outputs], lit: unit === null ? null : { kind: "row", band: 0, index: unit }, direction: "row" };
	const [source] = structure.sourceGroups(group);
	const moment = at.pass === "again" ? "after" : "before";
	return {
		bands: [
			[vector("input", source, "a", "data", at, false)],
			[
				parameter("weight", group, 0, moment, at.iteration),
				parameter("bias", group, 1, moment, at.iteration),
				...outputs,
			],
		],
		lit: unit === null ? null : { kind: "row", band: 1, index: unit },
		direction: "row",
	};
}

function backwardTable(structure: Structure, group: Group, at: Place, unit: number | null): MatrixModel {
	const consumer = structure.consumers(group).find(isDense);
	const output = vector("a", group, "a", "data", at, consumer === undefined);
	const pull = vector("pull", group, "a", "diff", at, consumer === undefined);
	const delta = vector("delta", group, "z", "diff", at, consumer === undefined);
	const bent = outputLayer(group) !== group.head;
	if (consumer === undefined) {
		const target = structure.groups.find((candidate) => candidate.role === "target" && candidate.units === group.units);
		const blocks = [
			output,
			...(target ? [vector("target", target, "a", "data", at, true)] : []),
			...(bent ? [pull] : []),
			delta,
		];
		return { bands: [blocks], lit: unit === null ? null : { kind: "row", band: 0, index: unit }, direction: "row" };
	}
	return {
		bands: [
			[output],
			[parameter("weight", consumer, 0, "before", at.iteration), vector("delta", consumer, "z", "diff", at, true)],
			...(bent ? [[pull]] : []),
			[delta],
		],
		lit: unit === null ? null : { kind: "column", index: unit },
		direction: "column",
	};
}

function gradientTable(structure: Structure, group: Group, at: Place, unit: number | null): MatrixModel {
	const [source] = structure.sourceGroups(group);
	return {
		bands: [
			[vector("input", source, "a", "data", at, false)],
			[
				parameter("weight-gradient", group, 0, "gradient", at.iteration),
				parameter("bias-gradient", group, 1, "gradient", at.iteration),
				vector("delta", group, "z", "diff", at, true),
			],
		],
		lit: unit === null ? null : { kind: "row", band: 1, index: unit },
		direction: "row",
	};
}

function solverTable(group: Group, iteration: number, row: number): MatrixModel {
	return {
		bands: [
			[parameter("weight", group, 0, "before", iteration), parameter("bias", group, 1, "before", iteration)],
			[
				parameter("weight-update", group, 0, "update", iteration),
				parameter("bias-gradient", group, 1, "update", iteration),
			],
			[parameter("weight-after", group, 0, "after", iteration), parameter("bias", group, 1, "after", iteration)],
		],
		lit: { kind: "row", band: 2, index: row },
		direction: "row",
	};
}

/** The table that belongs to where one stands: a pure function of the view's place, not of its numbers. */
export function matrixModel(view: View): MatrixModel | null {
	const { structure } = view.timeline;
	const { phase, group: stage, unit } = view.leaf;
	if (phase === null || stage === null) return null;
	const at: Place = { iteration: view.cursor.iteration, pass: view.pass, sample: view.sample };
	const { subject } = stage;
	const computed = structure.groups.filter((group) => group.role === "hidden" || group.role === "output");
	const focus = view.depth === "phase" || view.depth === "iteration" || view.depth === "layer" ? null : unit;
	switch (subject.kind) {
		case "input":
			return computed.length > 0 ? forwardTable(structure, computed[0], at, null) : null;
		case "group":
			if (phase.name === "forward") return forwardTable(structure, subject.group, at, focus);
			if (phase.name === "backward") return backwardTable(structure, subject.group, at, focus);
			if (phase.name === "gradients") return gradientTable(structure, subject.group, at, focus);
			return lossTable(structure, subject.group, at);
		case "parameter": {
			const owner = structure.groupOf(subject.parameter.layer, 0);
			return solverTable(owner, at.iteration, subject.parameter.slot === 0 ? (unit ?? 0) : elementOf(view));
		}
		case "again": {
			const last = computed.at(-1);
			return last === undefined ? null : forwardTable(structure, last, { ...at, pass: "again" }, null);
		}
		default:
			return computed.length > 0 ? forwardTable(structure, computed[computed.length - 1], at, null) : null;
	}
}

/** The element of a vector parameter that the cursor's term is a step of. */
function elementOf(view: View): number {
	const { group, term } = view.leaf;
	if (group?.subject.kind !== "parameter" || term === null) return 0;
	return Math.floor(term / group.subject.moments.length);
}

function lossTable(structure: Structure, loss: Group, at: Place): MatrixModel {
	const [scores, target] = structure.sourceGroups(loss);
	const names = Object.keys(loss.head.run.internals);
	const probabilities = names.map(
		(name): Block => ({
			kind: "probability",
			group: loss,
			rows: scores.units,
			columns: 1,
			cell: (row) => ({
				kind: "internal",
				iteration: at.iteration,
				pass: at.pass,
				layer: loss.head.name,
				name,
				side: "data",
				index: at.sample * scores.units + row,
			}),
		}),
	);
	return {
		bands: [
			[
				vector("a", scores, "a", "data", at, true),
				...probabilities,
				...(target === undefined ? [] : [vector("target", target, "a", "data", at, true)]),
			],
		],
		lit: null,
		direction: "none",
	};
}
