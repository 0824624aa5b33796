import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import { type Layout, type ParameterValues, parameters } from "../formats/link/parameters.ts";
import { readParameters, stateOfLink } from "../formats/link/read-parameters.ts";
import { goTo, openPresetById, showExperiment } from "../store/actions.ts";
import { openExperiment } from "../store/experiment.ts";
import { sessionStore } from "../store/session.ts";
import { openLanguage } from "../store/settings.ts";
import { addressText, MAXIMUM_ITERATION } from "../timeline/address.ts";
import { startOf } from "../timeline/cursor.ts";
import { applyLooks } from "./looks.ts";
import type { Notice } from "./notice.ts";
import { pageStore } from "./page-store.ts";
import { resolvePlace } from "./resolve-place.ts";
import { locksOf, setupOf } from "./setup.ts";

export interface StartOptions {
	readonly query: string;
	readonly fragment: string;
	/** The reader's languages, best first. */
	readonly wishes: readonly string[];
	/** The layout where the link names none. */
	readonly layout: Layout;
	/** The experiment where the link names none. */
	readonly preset: PresetId;
	readonly framed: boolean;
}

/** Opens what the link asks for, as far as it can be understood; the rest is told in a notice. */
export async function start({
	query,
	fragment,
	wishes,
	layout,
	preset,
	framed,
}: StartOptions): Promise<ParameterValues> {
	const { values, notices } = readParameters(query);
	pageStore.setState({ setup: setupOf(values, layout, framed) });
	sessionStore.setState({ locked: locksOf(values) });
	const language = values.lang === undefined ? openLanguage(wishes) : Promise.resolve();
	const looks = applyLooks(values);
	const opened = await open(values, stateOfLink(query, fragment), preset);
	await language;
	const refused = await looks;
	pageStore.setState({ notices: [...notices.filter(({ where }) => where !== "s"), ...refused, ...opened] });
	return values;
}

async function open(values: ParameterValues, state: string | undefined, usual: PresetId): Promise<readonly Notice[]> {
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
		const place = values.at === undefined ? [] : await goToPlace(values.at);
		return [...refused, ...place];
	} catch (error) {
		pageStore.setState({ fatal: error });
		return [];
	}
}

const CONTENT = ["net", "act", "loss", "opt", "lr", "batch", "seed"] as const;

/** A preset whose data this file does not bring along is told, and the page opens with the usual one. */
async function openPresetOr(preset: PresetId, values: ParameterValues): Promise<readonly Notice[]> {
	try {
		return await openAsked(preset, values);
	} catch (error) {
		if (preset === opening.id) throw error;
		await openPresetById(opening.id);
		return [{ code: "unsuitable", where: "preset", instead: opening.id }];
	}
}

async function openAsked(preset: PresetId, values: ParameterValues): Promise<readonly Notice[]> {
	if (CONTENT.every((key) => values[key] === undefined)) {
		await openPresetById(preset);
		return [];
	}
	const { askedExperiment } = await import("../store/asked.ts");
	const { experiment, refused } = askedExperiment(await openExperiment(preset), values);
	await showExperiment(experiment, startOf(1));
	return refused.map((where) => ({ code: "unsuitable", where, instead: parameters[where].fallback }));
}

/** Goes to a place as a link or a page around writes it; what does not exist is clamped and told. */
export async function goToPlace(at: string): Promise<readonly Notice[]> {
	const { opened, depth, cursor: here } = sessionStore.getState();
	if (opened === null) return [];
	const { cursor, problem } = resolvePlace(opened.timeline, here.iteration, depth, at);
	await goTo(cursor);
	const shown = sessionStore.getState();
	const reached =
		shown.cursor.iteration === Math.min(cursor.iteration, MAXIMUM_ITERATION) && shown.cursor.leaf === cursor.leaf;
	if ((problem === null && reached) || shown.opened === null) return [];
	// A run that failed on the way says so itself.
	if (problem === null && shown.cursor.leaf === shown.opened.failure?.leaf) return [];
	return [
		{ code: "nowhere", where: "at", what: at.slice(0, 40), instead: addressText(shown.opened.timeline, shown.cursor) },
	];
}
