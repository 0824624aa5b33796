import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import { type ParameterValues, parameters } from "../formats/link/parameters.ts";
import { loadWhole } from "../i18n/en/opening.ts";
import { openPresetById, showExperiment } from "../store/actions.ts";
import { openExperiment } from "../store/open-experiment.ts";
import { startOf } from "../timeline/cursor.ts";
import type { Notice } from "./notice.ts";
import { pageStore } from "./page-store.ts";

/** Opens the state of a link or the preset that it asks for, with all that it wants to have otherwise. */
export async function openAsked(
	values: ParameterValues,
	state: string | undefined,
	usual: PresetId,
): Promise<readonly Notice[]> {
	// Another picture needs other texts, too.
	await loadWhole();
	if (state !== undefined) {
		try {
			const { openLink } = await import("./link-state.ts");
			await openLink(state);
			return [];
		} catch (error) {
			pageStore.setState({ linkProblem: error });
		}
	}
	try {
		const refused = await openPresetOr(values.preset ?? usual, values);
		if (values.at === undefined) return refused;
		const { goToPlace } = await import("./go-to-place.ts");
		return [...refused, ...(await goToPlace(values.at))];
	} catch (error) {
		pageStore.setState({ fatal: error });
		return [];
	}
}

const CONTENT = ["net", "data", "act", "loss", "opt", "lr", "batch", "seed"] as const;

/** A preset whose data this file does not bring along is told, and the page opens with the usual one. */
async function openPresetOr(preset: PresetId, values: ParameterValues): Promise<readonly Notice[]> {
	try {
		return await openChanged(preset, values);
	} catch (error) {
		if (preset === opening.id) throw error;
		await openPresetById(opening.id);
		return [{ code: "unsuitable", where: "preset", instead: opening.id }];
	}
}

async function openChanged(preset: PresetId, values: ParameterValues): Promise<readonly Notice[]> {
	if (CONTENT.every((key) => values[key] === undefined)) {
		await openPresetById(preset);
		return [];
	}
	const { askedExperiment } = await import("../store/asked.ts");
	const { experiment, refused } = askedExperiment(await openExperiment(preset), values);
	await showExperiment(experiment, startOf(1));
	return refused.map((where) => ({ code: "unsuitable", where, instead: parameters[where].fallback }));
}
