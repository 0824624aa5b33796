import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { followStores } from "./document-state.ts";
import { start } from "./start.ts";

/** Puts the page into its document and opens what its address asks for. */
export function mount(document: Document): void {
	const root = document.getElementById("root");
	const { location, navigator } = globalThis;
	if (root === null) throw new Error("the page has no element with the id root");
	followStores(root);
	// The first picture is drawn with all that is needed for it: a skeleton stands until then.
	void start(location.search, navigator.languages).finally(() => {
		createRoot(root).render(<App />);
	});
}
