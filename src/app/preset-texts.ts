import type { PresetId } from "../data/preset.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

export interface PresetTexts {
	readonly title: string;
	readonly subtitle: string;
	readonly see: readonly string[];
}

export function presetTexts(_text: Catalogue, id: PresetId): PresetTexts {
	return { title: id, subtitle: "", see: [] };
}
