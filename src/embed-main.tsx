import "./app/theme/theme.css";
import { framedPage } from "./app/framed-page.ts";
import { mount } from "./app/mount.tsx";
import { connect } from "./embed/connect.ts";
import { whenWanted } from "./embed/when-wanted.ts";
import { readParameters } from "./formats/link/read-parameters.ts";

async function open(): Promise<void> {
	await whenWanted(document, readParameters(location.search).values.load ?? "eager");
	const values = await mount(document, "compact");
	const content = document.getElementById("root");
	if (content !== null && globalThis.parent !== globalThis.window) {
		connect({ window: globalThis.window, page: framedPage, values, content });
	}
}

/** The page as it stands in other pages: the file of `/v1/embed/`. */
void open();
