import { presetIds } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import { languages } from "../i18n/languages.ts";
import { goTo, openPresetById, setDepth } from "../store/actions.ts";
import { sessionStore } from "../store/session.ts";
import { openLanguage, settingsStore } from "../store/settings.ts";
import { addressText, MAXIMUM_ITERATION } from "../timeline/address.ts";
import type { Notice } from "./notice.ts";
import { pageStore } from "./page-store.ts";
import { resolvePlace } from "./resolve-place.ts";
import { type PageParameters, readParameters } from "./url-parameters.ts";

/** Opens what the link asks for, as far as it can be understood; the rest is told in a notice. */
export async function start(query: string, wishes: readonly string[]): Promise<void> {
	const parameters = readParameters(query, { presets: presetIds, preset: opening.id });
	const { theme, notation, gran } = parameters;
	settingsStore.setState({ ...(theme ? { theme } : {}), ...(notation ? { notation } : {}) });
	if (gran !== undefined) setDepth(gran);
	const language = showLanguage(parameters, wishes);
	try {
		await openPresetById(parameters.preset ?? opening.id);
	} catch (error) {
		pageStore.setState({ fatal: error });
	}
	await language;
	const place = parameters.at === undefined ? [] : await goToPlace(parameters.at);
	pageStore.setState({ notices: [...parameters.notices, ...place] });
}

/** A link's language holds for this visit; it is not remembered. */
async function showLanguage({ lang }: PageParameters, wishes: readonly string[]): Promise<void> {
	if (lang === undefined) return openLanguage(wishes);
	const catalogue = await languages.find(({ id }) => id === lang)?.load();
	if (catalogue !== undefined) settingsStore.setState({ language: lang, catalogue });
}

async function goToPlace(at: string): Promise<readonly Notice[]> {
	const { opened, depth } = sessionStore.getState();
	if (opened === null) return [];
	const { cursor, problem } = resolvePlace(opened.timeline, 1, depth, at);
	await goTo(cursor);
	const shown = sessionStore.getState();
	const reached =
		shown.cursor.iteration === Math.min(cursor.iteration, MAXIMUM_ITERATION) && shown.cursor.leaf === cursor.leaf;
	if ((problem === null && reached) || shown.opened === null) return [];
	return [
		{ code: "nowhere", where: "at", what: at.slice(0, 40), instead: addressText(shown.opened.timeline, shown.cursor) },
	];
}
