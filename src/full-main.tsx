import "./app/theme/theme.css";
import { mount } from "./app/mount.tsx";
import { loadWhole } from "./i18n/en/opening.ts";
import { fetchParts } from "./views/marks/later.tsx";

/** The whole page as one file: `/v1/deltascope-full.html`, which opens by a double click. All of it is there at once. */
async function open(): Promise<void> {
	await Promise.all([loadWhole(), fetchParts()]);
	await mount(document);
}

void open();
