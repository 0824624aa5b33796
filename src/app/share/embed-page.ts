import type { PresetId } from "../../data/preset.ts";
import { said } from "../said.ts";

/** Where the page itself lies: its folder, or its file where it is one, without what stands behind it. */
export function pageAddress(): string {
	const url = new URL(said(document, "page") ?? import.meta.env.BASE_URL, document.baseURI);
	// Of a folder that no host serves nothing can be opened.
	if (url.protocol === "file:") url.pathname = globalThis.location.pathname;
	url.search = "";
	url.hash = "";
	return url.href;
}

export const embedAddress = () => new URL("v1/embed/", pageAddress()).href;
export const scriptAddress = () => new URL("v1/sdk.js", pageAddress()).href;

/** The text of a preset's embed page; null where there is none, as in a page that was not built or lies in a file. */
export function embedPage(preset: PresetId): Promise<string | null> {
	if (!navigator.onLine) return Promise.resolve(null);
	return fetch(new URL(`${preset}/`, embedAddress())).then(
		async (response) => {
			const text = response.ok ? await response.text() : "";
			// A development server answers every address with the page itself.
			return text.includes('name="deltascope-page"') ? text : null;
		},
		() => null,
	);
}
