import type { Preset, PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import type { Experiment } from "./experiment.ts";

let last: { readonly preset: Preset; readonly experiment: Promise<Experiment> } | null = null;

/**
 * Reads a preset's files and data. The last one stays at hand: at each step a link is written of what differs from it.
 * @throws FormatError or EngineError, which no shipped preset does.
 */
export function openPreset(preset: Preset): Promise<Experiment> {
	if (last?.preset === preset) return last.experiment;
	const experiment = readPreset(preset);
	last = { preset, experiment };
	// A fetch that failed may work the next time.
	experiment.catch(() => {
		if (last?.experiment === experiment) last = null;
	});
	return experiment;
}

async function readPreset(preset: Preset): Promise<Experiment> {
	const { readNet, readSolver } = await import("../formats/prototxt/index.ts");
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

const { id: preset, net, solver, data, seed, start } = opening;

/** What the page opens with. */
export const openingExperiment: Experiment = { preset, net, solver, data, seed, start, edits: [] };

/** A preset by its id. The one that the page opens with is at hand; texts and their reader are fetched for the others. */
export async function openExperiment(id: PresetId): Promise<Experiment> {
	if (id === opening.id) return openingExperiment;
	const { presetById } = await import("../data/presets/index.ts");
	return openPreset(presetById(id));
}
