import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import type { Layout, ParameterValues } from "../formats/link/parameters.ts";
import type { ReadParameters } from "../formats/link/read-parameters.ts";
import { stateOfLink } from "../formats/link/state-of-link.ts";
import { loadWhole } from "../i18n/en/opening.ts";
import { openPresetById, showExperiment } from "../store/actions.ts";
import { openExperiment } from "../store/experiment.ts";
import { sessionStore } from "../store/session.ts";
import { openLanguage } from "../store/settings.ts";
import { startOf } from "../timeline/cursor.ts";
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
	// Another picture needs other texts, too.
	const [opened] = await Promise.all([open(values, state, preset), usual ? undefined : loadWhole(), language]);
	const refused = await looks;
	const bounds =
		values.from === undefined && values.to === undefined
			? []
			: await import("./lock-range.ts").then(({ lockRange }) => lockRange(values));
	pageStore.setState({ notices: [...notices.filter(({ where }) => where !== "s"), ...refused, ...opened, ...bounds] });
	return values;
}

/** Most visits bring no query, and need no reader for it. */
async function readQuery(query: string): Promise<ReadParameters> {
	if (query === "") return { values: {}, notices: [] };
	const { readParameters } = await import("../formats/link/read-parameters.ts");
	return readParameters(query);
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
	const [{ askedExperiment }, { parameters }] = await Promise.all([
		import("../store/asked.ts"),
		import("../formats/link/parameters.ts"),
	]);
	const { experiment, refused } = askedExperiment(await openExperiment(preset), values);
	await showExperiment(experiment, startOf(1));
	return refused.map((where) => ({ code: "unsuitable", where, instead: parameters[where].fallback }));
}
