/** Where the page itself lies: its folder, without what stands behind it. */
export function pageAddress(): string {
	const url = new URL(import.meta.env.BASE_URL, document.baseURI);
	url.search = "";
	url.hash = "";
	return url.href;
}

export const embedAddress = () => new URL("v1/embed/", pageAddress()).href;
export const scriptAddress = () => new URL("v1/sdk.js", pageAddress()).href;

let fetched: Promise<string | null> | null = null;

/** The embed page's own text; null where there is none, as in a page that was not built or lies in a file. */
export function embedPage(): Promise<string | null> {
	fetched ??= fetch(embedAddress()).then(
		async (response) => {
			const text = response.ok ? await response.text() : "";
			// A development server answers every address with the page itself.
			return text.includes('name="deltascope-page"') ? text : null;
		},
		() => null,
	);
	return fetched;
}
