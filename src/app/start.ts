import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import type { Layout, ParameterValues } from "../formats/link/parameters.ts";
import type { ReadParameters } from "../formats/link/read-parameters.ts";
import { stateOfLink } from "../formats/link/state-of-link.ts";
import { sessionStore } from "../store/session.ts";
import { openLanguage } from "../store/settings.ts";
import { openPresetById } from "../store/show-experiment.ts";
import type { Notice } from "./notice.ts";
import { forgetStored, pageStore } from "./page-store.ts";
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
	const { values, notices } = await readQuery(query);
	if (values.store === "off") forgetStored();
	pageStore.setState({ setup: setupOf(values, layout, framed), linkProblem: null });
	sessionStore.setState({ locked: locksOf(values), range: null });
	const language = values.lang === undefined ? openLanguage(wishes) : Promise.resolve();
	const looks = query === "" ? [] : import("./looks.ts").then(({ applyLooks }) => applyLooks(values));
	const state = stateOfLink(query, fragment);
	const usual = query === "" && state === undefined && preset === opening.id;
	const opened = usual
		? openUsual()
		: import("./open-asked.ts").then(({ openAsked }) => openAsked(values, state, preset));
	const [told, refused] = await Promise.all([opened, looks, language]);
	const bounds =
		values.from === undefined && values.to === undefined
			? []
			: await import("./lock-range.ts").then(({ lockRange }) => lockRange(values));
	pageStore.setState({ notices: [...notices.filter(({ where }) => where !== "s"), ...refused, ...told, ...bounds] });
	return values;
}

/** Most visits bring no query, and need no reader for it. */
async function readQuery(query: string): Promise<ReadParameters> {
	if (query === "") return { values: {}, notices: [] };
	const { readParameters } = await import("../formats/link/read-parameters.ts");
	return readParameters(query);
}

async function openUsual(): Promise<readonly Notice[]> {
	try {
		await openPresetById(opening.id);
	} catch (fatal) {
		pageStore.setState({ fatal });
	}
	return [];
}
