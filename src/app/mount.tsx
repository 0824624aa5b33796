import { createRoot } from "react-dom/client";
import type { Layout } from "../formats/link/parameters.ts";
import { App } from "./app.tsx";
import { followStores } from "./document-state.ts";
import { followLink } from "./follow-link.ts";
import { start } from "./start.ts";

/** Puts the page into its document and opens what its address asks for. */
export function mount(document: Document, layout: Layout = "full"): void {
	const root = document.getElementById("root");
	const { location, navigator } = globalThis;
	if (root === null) throw new Error("the page has no element with the id root");
	followStores(root);
	const framed = globalThis.parent !== globalThis.window;
	const { search: query, hash: fragment } = location;
	// The first picture is drawn with all that is needed for it: a skeleton stands until then.
	void start({ query, fragment, wishes: navigator.languages, layout, framed }).finally(() => {
		createRoot(root).render(<App />);
		followLink();
	});
}
