import type { ParameterValues } from "../formats/link/parameters.ts";
import type { ParameterNotice } from "../formats/link/read-parameters.ts";
import { languages } from "../i18n/languages.ts";
import { setDepth, setSpeed } from "../store/actions.ts";
import { settingsStore } from "../store/settings.ts";

/**
 * How a link, or a page around, wants things to look. It holds for this visit and is not
 * remembered. Colours that could not be read are told.
 */
export async function applyLooks(values: ParameterValues): Promise<readonly ParameterNotice[]> {
	const { theme, notation, digits, motion, gran, speed, fs, lang, bg, pos, neg } = values;
	settingsStore.setState({
		...(theme === undefined ? {} : { theme }),
		...(notation === undefined ? {} : { notation }),
		...(digits === undefined ? {} : { digits }),
		...(motion === undefined ? {} : { motion }),
	});
	if (gran !== undefined) setDepth(gran);
	if (speed !== undefined) setSpeed(speed);
	if (fs !== undefined) document.documentElement.style.fontSize = `${fs * 100}%`;
	if (lang !== undefined) {
		const catalogue = await languages.find(({ id }) => id === lang)?.load();
		if (catalogue !== undefined) settingsStore.setState({ language: lang, catalogue });
	}
	if (bg === undefined && pos === undefined && neg === undefined) return [];
	const { applyColours } = await import("./link-colours.ts");
	return applyColours({
		...(bg === undefined ? {} : { bg }),
		...(pos === undefined ? {} : { pos }),
		...(neg === undefined ? {} : { neg }),
	});
}
