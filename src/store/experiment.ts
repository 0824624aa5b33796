import type { NamedDataSet, Preset, PresetId } from "../data/preset.ts";
import type { ScheduledEdit } from "../engine/replay.ts";
import type { NetSpecification, SolverSettings } from "../engine/specification.ts";
import { readNet, readSolver } from "../formats/prototxt/index.ts";

/** A value or a solver setting changed before an iteration; earlier iterations stay as they were. */
export type Edit =
	| {
			readonly kind: "parameter";
			readonly iteration: number;
			readonly layer: string;
			readonly slot: number;
			readonly index: number;
			readonly value: number;
	  }
	| { readonly kind: "solver"; readonly iteration: number; readonly change: Partial<SolverSettings> };

/**
 * Everything that decides a run's numbers. Immutable: an edit makes a new one, undo returns to the old. What changes
 * shape, data, seed or loss replaces a field here and starts again at iteration 1; the rest goes into the log.
 */
export interface Experiment {
	readonly preset: PresetId;
	readonly net: NetSpecification;
	readonly solver: SolverSettings;
	readonly data: NamedDataSet;
	readonly seed: number;
	readonly start: Readonly<Record<string, readonly number[]>>;
	readonly edits: readonly Edit[];
}

/** Reads a preset's files and data. @throws FormatError or EngineError, which no shipped preset does. */
export async function openPreset(preset: Preset): Promise<Experiment> {
	return {
		preset: preset.id,
		net: readNet(preset.net, { precision: "double" }),
		solver: readSolver(preset.solver, { precision: "double" }),
		data: await preset.data(),
		seed: preset.seed,
		start: preset.start ?? {},
		edits: [],
	};
}

/** The edit log as the replay takes it: one entry an iteration, later edits of one thing winning. */
export function scheduledEdits({ edits, solver }: Experiment): readonly ScheduledEdit[] {
	const iterations = [...new Set(edits.map(({ iteration }) => iteration))].sort((a, b) => a - b);
	let settings = solver;
	return iterations.map((iteration) => {
		const parameters: Record<string, Record<number, number>> = {};
		let solverChanged = false;
		for (const edit of edits) {
			if (edit.iteration !== iteration) continue;
			if (edit.kind === "solver") {
				settings = { ...settings, ...edit.change };
				solverChanged = true;
			} else {
				const key = `${edit.layer}/${edit.slot}`;
				parameters[key] = { ...parameters[key], [edit.index]: edit.value };
			}
		}
		return { iteration, parameters, ...(solverChanged ? { solver: settings } : {}) };
	});
}

/** Whether a parameter's value at the start of an iteration was typed or dragged. */
export function isEdited(
	experiment: Experiment,
	iteration: number,
	layer: string,
	slot: number,
	index: number,
): boolean {
	return experiment.edits.some(
		(edit) =>
			edit.kind === "parameter" &&
			edit.iteration === iteration &&
			edit.layer === layer &&
			edit.slot === slot &&
			edit.index === index,
	);
}

/** Adds an edit; one of the same thing in the same iteration is replaced. */
export function withEdit(experiment: Experiment, edit: Edit): Experiment {
	const others = experiment.edits.filter((known) => !sameSubject(known, edit));
	return { ...experiment, edits: [...others, edit] };
}

function sameSubject(a: Edit, b: Edit): boolean {
	if (a.iteration !== b.iteration || a.kind !== "parameter" || b.kind !== "parameter") return false;
	return a.layer === b.layer && a.slot === b.slot && a.index === b.index;
}
