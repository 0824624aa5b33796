import "./app/theme/theme.css";
import { framedPage } from "./app/framed-page.ts";
import { mount } from "./app/mount.tsx";
import { connect } from "./embed/connect.ts";

/** The page as it stands in other pages: the file of `/v1/embed/`. */
void mount(document, "compact").then((values) => {
	const content = document.getElementById("root");
	if (content !== null && globalThis.parent !== globalThis.window) {
		connect({ window: globalThis.window, page: framedPage, values, content });
	}
});
