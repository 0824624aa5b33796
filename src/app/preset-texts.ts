import type { PresetId } from "../data/preset.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Experiment } from "../store/experiment.ts";

export interface PresetTexts {
	readonly title: string;
	readonly subtitle: string;
	readonly see: readonly string[];
}

/** What a preset is called and what to see in it. */
export function presetTexts(text: Catalogue, id: PresetId): PresetTexts {
	return text.presets[id];
}

/** What an experiment is called: as the file that it came from, else as its preset. */
export function experimentTitle(text: Catalogue, { name, preset }: Experiment): string {
	return name ?? presetTexts(text, preset).title;
}
