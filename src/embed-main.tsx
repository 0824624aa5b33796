import "./app/theme/theme.css";
import { framedPage } from "./app/framed-page.ts";
import { mount } from "./app/mount.tsx";
import { ownPage } from "./app/own-page.ts";
import { connect } from "./embed/connect.ts";
import { isThread } from "./embed/own-worker.ts";
import { whenWanted } from "./embed/when-wanted.ts";
import { readParameters } from "./formats/link/read-parameters.ts";
import { loadWhole } from "./i18n/en/opening.ts";
import { serveRuns } from "./store/worker/serve-runs.ts";
import { fetchParts } from "./views/marks/later.tsx";

async function open(): Promise<void> {
	const elsewhere = await ownPage(document, location);
	// Replaced, so that the page around gets no entry in its history.
	if (elsewhere !== null) return location.replace(elsewhere);
	await whenWanted(document, readParameters(location.search).values.load ?? "eager");
	// All of it is in this file: nothing has to wait for a part.
	await Promise.all([loadWhole(), fetchParts()]);
	const values = await mount(document, "compact");
	const content = document.getElementById("root");
	if (content !== null && globalThis.parent !== globalThis.window) {
		connect({ window: globalThis.window, page: framedPage, values, content });
	}
}

/** The page as it stands in other pages: the file of `/v1/embed/`, which is the script of its threads, too. */
if (isThread) serveRuns(self);
else void open();
