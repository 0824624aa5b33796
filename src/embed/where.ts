import { presetIds } from "../data/preset.ts";
import { languages } from "../i18n/languages.ts";
import { sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { addressText } from "../timeline/address.ts";
import { nodeAt, placeOf } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";

/** What the frame can do for a page around it. */
export const CAPABILITIES = ["state", "snapshot", "table", "goto", "set", "focus", "narrate", "print"] as const;

/** Where the frame stands, as it is told; null until something is open. */
export function whereNow() {
	const { opened, cursor, depth, run } = sessionStore.getState();
	if (opened === null || run === null) return null;
	const { timeline, trace } = opened;
	const { catalogue, notation } = settingsStore.getState();
	const { place, count } = placeOf(timeline, cursor.leaf, depth);
	const node = nodeAt(timeline, cursor.leaf, "term");
	return {
		i: place + 1,
		n: count,
		id: addressText(timeline, cursor),
		stage: node.phase?.name ?? null,
		layer: node.group?.key ?? null,
		unit: node.unit === null ? null : node.unit + 1,
		term: node.term === null ? null : node.term + 1,
		iter: trace.iteration,
		loss: trace.passes.reduce((sum, { dataLoss }) => sum + dataLoss, 0) / trace.passes.length,
		text: stageLine(catalogue, timeline.structure, nodeAt(timeline, cursor.leaf, depth), notation),
	};
}

export function greeting(title: string) {
	return { proto: [1], title, lang: settingsStore.getState().language };
}

export function readiness(height: number) {
	return {
		proto: 1,
		caps: CAPABILITIES,
		langs: languages.map(({ id }) => id),
		presets: presetIds,
		step: whereNow(),
		height,
	};
}
