import type { NamedDataSet, PresetId } from "../data/preset.ts";
import type { Net } from "../engine/net.ts";
import type { ScheduledEdit } from "../engine/replay.ts";
import { sameShape } from "../engine/shape.ts";
import type { NetSpecification, SolverSettings } from "../engine/specification.ts";

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
	/** What a net that came from outside is called; absent where it is the preset's. */
	readonly name?: string;
	readonly net: NetSpecification;
	readonly solver: SolverSettings;
	readonly data: NamedDataSet;
	readonly seed: number;
	readonly start: Readonly<Record<string, readonly number[]>>;
	readonly edits: readonly Edit[];
}

/** The edit log as the replay takes it: one entry an iteration, later edits of one thing winning. */
export function scheduledEdits({ edits, solver }: Pick<Experiment, "edits" | "solver">): readonly ScheduledEdit[] {
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

/** Adds an edit; what it says takes the place of what the same iteration's edits said of the same thing. */
export function withEdit(experiment: Experiment, edit: Edit): Experiment {
	const others = experiment.edits.flatMap((known) => lessOf(known, edit));
	return { ...experiment, edits: [...others, edit] };
}

/** Takes one edit out of the log. */
export function withoutEdit(experiment: Experiment, edit: Edit): Experiment {
	return { ...experiment, edits: experiment.edits.filter((known) => known !== edit) };
}

/** What is left of an edit when another has been made: all, nothing, or the settings that the other leaves alone. */
function lessOf(known: Edit, edit: Edit): readonly Edit[] {
	if (known.iteration !== edit.iteration) return [known];
	if (known.kind === "parameter") {
		const same =
			edit.kind === "parameter" && known.layer === edit.layer && known.slot === edit.slot && known.index === edit.index;
		return same ? [] : [known];
	}
	if (edit.kind === "parameter") return [known];
	const change = Object.fromEntries(Object.entries(known.change).filter(([name]) => !Object.hasOwn(edit.change, name)));
	return Object.keys(change).length === 0 ? [] : [{ ...known, change }];
}

/** The log as it can be carried over to another net: values of parameters that have kept their shape, all settings. */
export function carriedEdits(edits: readonly Edit[], before: Net, after: Net): readonly Edit[] {
	const shapeIn = (net: Net, layer: string, slot: number) =>
		net.learnable.find((parameter) => parameter.layer === layer && parameter.slot === slot)?.blob.shape;
	return edits.filter((edit) => {
		if (edit.kind === "solver") return true;
		const [was, is] = [shapeIn(before, edit.layer, edit.slot), shapeIn(after, edit.layer, edit.slot)];
		return was !== undefined && is !== undefined && sameShape(was, is);
	});
}

/** The solver's settings in force in an iteration. */
export function settingsIn({ edits, solver }: Experiment, iteration: number): SolverSettings {
	return scheduledEdits({ edits, solver }).reduce(
		(settings, edit) => (edit.iteration <= iteration && edit.solver !== undefined ? edit.solver : settings),
		solver,
	);
}
