let stores = true;

/** What was remembered under a key; null where there is nothing, where storage is blocked, and where none is wanted. */
export function recallText(key: string): string | null {
	try {
		return stores ? (globalThis.localStorage?.getItem(key) ?? null) : null;
	} catch {
		return null;
	}
}

/** Remembers a text where the browser lets us: a blocked or full storage only means that it lasts as long as the page. */
export function rememberText(key: string, text: string): void {
	if (!stores) return;
	try {
		globalThis.localStorage?.setItem(key, text);
	} catch {
		// Then it is forgotten.
	}
}

/** From here on nothing is remembered, and nothing remembered is heeded. */
export function stopStoring(): void {
	stores = false;
}
