/** The element of a page that holds its settings, where its address holds none. Data, so that no policy forbids it. */
export const SETTINGS_ID = "deltascope-settings";

interface WrittenSettings {
	readonly query: string;
	readonly fragment: string;
}

/** What stands in a configured copy of the page; empty in any other. */
export function settingsIn(document: Document): WrittenSettings {
	const text = document.getElementById(SETTINGS_ID)?.textContent ?? "{}";
	const settings: unknown = JSON.parse(text);
	const read = (key: string) => {
		const value: unknown = typeof settings === "object" && settings !== null ? Reflect.get(settings, key) : "";
		return typeof value === "string" ? value : "";
	};
	return { query: read("query"), fragment: read("fragment") };
}
