import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import { type ParameterValues, parameters } from "../formats/link/parameters.ts";
import { loadWhole } from "../i18n/en/opening.ts";
import { openExperiment } from "../store/open-experiment.ts";
import { sessionStore } from "../store/session.ts";
import { openPresetById, showExperiment } from "../store/show-experiment.ts";
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
		const preset = values.preset ?? usual;
		const refused = await openPresetOr(preset, values);
		if (refused === null) {
			// The place that the link names is one in the preset that is not here.
			const retry = () => openAgain(values, state, usual);
			return [{ code: "unfetched", where: "preset", preset, retry }];
		}
		if (values.at === undefined) return refused;
		const { goToPlace } = await import("./go-to-place.ts");
		return [...refused, ...(await goToPlace(values.at))];
	} catch (error) {
		pageStore.setState({ fatal: error });
		return [];
	}
}

/** Asks once more for what could not be fetched, with all that the link wants of it. */
async function openAgain(values: ParameterValues, state: string | undefined, usual: PresetId): Promise<void> {
	sessionStore.setState({ range: null });
	const told = await openAsked(values, state, usual);
	const { lockRange } = await import("./lock-range.ts");
	const bounds = values.from === undefined && values.to === undefined ? [] : await lockRange(values);
	pageStore.setState({ notices: [...told, ...bounds] });
}

const CONTENT = ["net", "data", "act", "loss", "opt", "lr", "batch", "seed"] as const;

/**
 * A preset that cannot be had is told, and the page opens with the usual one: a single file does not bring its data along;
 * null where it could not be fetched.
 */
async function openPresetOr(preset: PresetId, values: ParameterValues): Promise<readonly Notice[] | null> {
	try {
		return await openChanged(preset, values);
	} catch (error) {
		if (preset === opening.id) throw error;
		await openPresetById(opening.id);
		return import.meta.env.MODE === "embed" ? [{ code: "unsuitable", where: "preset", instead: opening.id }] : null;
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
