import type { PresetId } from "../data/preset.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

export interface PresetTexts {
	readonly title: string;
	readonly subtitle: string;
	readonly see: readonly string[];
}

/** What a preset is called and what to see in it. */
export function presetTexts(text: Catalogue, id: PresetId): PresetTexts {
	return text.presets[id];
}
