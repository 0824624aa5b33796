import { createRoot } from "react-dom/client";
import { presetIds } from "../data/preset.ts";
import { opening as usual } from "../data/presets/opening.ts";
import type { Layout, ParameterValues } from "../formats/link/parameters.ts";
import { awaitPicture } from "../views/marks/later.tsx";
import { App } from "./app.tsx";
import { followStores } from "./document-state.ts";
import { said } from "./said.ts";
import { start } from "./start.ts";
import { settingsIn } from "./written-settings.ts";

/** Puts the page into its document and opens what its address asks for; resolves to that when it is there. */
export function mount(document: Document, layout: Layout = "full"): Promise<ParameterValues> {
	const root = document.getElementById("root");
	const { location, navigator } = globalThis;
	if (root === null) throw new Error("the page has no element with the id root");
	followStores(root);
	awaitPicture();
	const framed = globalThis.parent !== globalThis.window;
	const named = said(document, "preset");
	const preset = presetIds.find((id) => id === named) ?? usual.id;
	// A configured copy holds its settings itself; what its own address says comes before them.
	const written = settingsIn(document);
	const query = location.search || written.query;
	const fragment = location.hash || written.fragment;
	// The first picture is drawn with all that is needed for it: a skeleton stands until then.
	const options = { wishes: navigator.languages, layout, preset, framed };
	let underWay = 0;
	globalThis.addEventListener("hashchange", async () => {
		const { search: query, hash: fragment } = globalThis.location;
		root.setAttribute("aria-busy", String(++underWay > 0));
		try {
			const { isAnotherState } = await import("./follow-link.ts");
			if (isAnotherState(fragment)) await start({ ...options, query, fragment });
		} finally {
			root.setAttribute("aria-busy", String(--underWay > 0));
		}
	});
	const opening = start({ ...options, query, fragment });
	void opening.then(({ autoplay: plays }) => {
		if (plays) void import("./autoplay.ts").then(({ autoplay }) => autoplay(root));
	});
	return opening.finally(() => {
		createRoot(root).render(<App />);
	});
}
