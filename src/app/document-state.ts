import { type SessionState, sessionStore } from "../store/session.ts";
import { type Settings, settingsStore } from "../store/settings.ts";
import { addressText } from "../timeline/address.ts";
import { pageStore } from "./page-store.ts";
import { experimentTitle } from "./preset-texts.ts";
import { applyTheme } from "./theme/themes.ts";

/**
 * Keeps what lies outside React in step with the stores: the root's `data-cursor` (in the same task as the step, for
 * tests and host pages), the page's language, title and theme.
 */
export function followStores(root: HTMLElement): () => void {
	const document = root.ownerDocument;
	function showCursor({ opened, cursor, depth, playing }: SessionState) {
		if (opened === null) return;
		root.dataset.cursor = addressText(opened.timeline, cursor);
		root.dataset.depth = depth;
		root.dataset.playing = String(playing);
	}
	function showTitle({ catalogue }: Settings, { run }: SessionState) {
		const { productName } = catalogue.common;
		const chosen = pageStore.getState().setup.title;
		const name = chosen ?? (run === null ? null : experimentTitle(catalogue, run.experiment));
		document.title = name === null ? productName : `${name} · ${productName}`;
	}
	function showSettings(settings: Settings) {
		document.documentElement.lang = settings.language;
		applyTheme(settings.theme, document.documentElement);
		showTitle(settings, sessionStore.getState());
	}
	showSettings(settingsStore.getState());
	showCursor(sessionStore.getState());
	const stops = [
		sessionStore.subscribe((state, before) => {
			showCursor(state);
			if (state.run !== before.run) showTitle(settingsStore.getState(), state);
		}),
		settingsStore.subscribe(showSettings),
	];
	return () => {
		for (const stop of stops) stop();
	};
}
