/**
 * Fetches what the page did not open with, when it has nothing else to do. From then on no step waits for a network, or
 * needs one. Whoever saves data fetches each part when it is used.
 */
export function fetchLater(document: Document): void {
	if (import.meta.env.MODE === "embed") {
		document.documentElement.dataset.complete = "true";
		return;
	}
	const connection: unknown = Reflect.get(navigator, "connection");
	const saves = typeof connection === "object" && connection !== null && Reflect.get(connection, "saveData") === true;
	if (import.meta.env.DEV || saves) return;
	const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
	idle(() => {
		fetchList(document).catch(() => {
			// Then each part is fetched when it is used.
		});
	});
}

/** `data-complete` on the root tells pages around, and tests, that nothing is left to fetch. */
async function fetchList(document: Document): Promise<void> {
	const base = new URL(import.meta.env.BASE_URL, document.baseURI);
	const files: unknown = await (await fetch(new URL("later.json", base))).json();
	if (!Array.isArray(files)) return;
	await Promise.all(files.map((file) => fetchFile(document, new URL(String(file), base))));
	document.documentElement.dataset.complete = "true";
	const { keepPage } = await import("./offline.ts");
	await keepPage(document);
}

function fetchFile(document: Document, { href }: URL): Promise<unknown> {
	const link = document.createElement("link");
	link.rel = href.endsWith(".css") ? "stylesheet" : "modulepreload";
	link.crossOrigin = "";
	link.href = href;
	const done = new Promise((resolve) => {
		link.onload = resolve;
		link.onerror = resolve;
	});
	document.head.append(link);
	return done;
}
