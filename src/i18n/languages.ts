import type { Catalogue } from "./catalogue.ts";
import { opening } from "./en/opening.ts";

export type LanguageId = "en" | "zh-CN";

export interface Language {
	readonly id: LanguageId;
	/** Its own name in its own writing, for the menu. */
	readonly name: string;
	/** Two letters for a narrow button. */
	readonly short: string;
	readonly load: () => Promise<Catalogue>;
}

/** English is at hand from the start; the others are fetched on use. */
export const fallbackCatalogue: Catalogue = opening;

export const languages: readonly Language[] = [
	{ id: "en", name: "English", short: "EN", load: async () => opening },
	{ id: "zh-CN", name: "简体中文", short: "中", load: async () => (await import("./zh/index.ts")).zh },
];

/** The language for a list of wishes, best first: exact, then by its first part (`zh-TW → zh-CN`), then English. */
export function chooseLanguage(wishes: readonly string[]): LanguageId {
	for (const wish of wishes) {
		const exact = languages.find((language) => language.id.toLowerCase() === wish.toLowerCase());
		if (exact) return exact.id;
		const base = wish.toLowerCase().split("-")[0];
		const near = languages.find((language) => language.id.toLowerCase().split("-")[0] === base);
		if (near) return near.id;
	}
	return "en";
}
