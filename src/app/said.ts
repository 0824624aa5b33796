/** What the page's file says of itself: the folder of the whole page, and the preset that it was made for. */
export function said(document: Document, name: "page" | "preset"): string | undefined {
	return document.querySelector<HTMLMetaElement>(`meta[name='deltascope-${name}']`)?.content;
}
