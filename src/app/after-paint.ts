import { fetchLater } from "./fetch-later.ts";
import { followLink } from "./follow-link.ts";
import { loadFonts } from "./theme/fonts.ts";

/** What a reader who sees the first picture needs next, and what only then should take the network's time. */
export function afterPaint(document: Document): void {
	followLink();
	// The embed is one file and brings no fonts: they would be a third of it.
	if (import.meta.env.MODE !== "embed") void loadFonts();
	fetchLater(document);
}
