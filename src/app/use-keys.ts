import { useEffect } from "react";
import { sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { actions } from "./actions-list.ts";
import { actionOf, belongsToFocus } from "./keys.ts";
import { usePage } from "./page-store.ts";

/** Whether something lies over the page that has keys of its own. */
function covered(): boolean {
	return document.querySelector("dialog[open], [popover]:popover-open") !== null;
}

function onKeyDown(event: KeyboardEvent): void {
	if (event.defaultPrevented || event.isComposing || covered()) return;
	if (belongsToFocus(event.target, event.key)) return;
	const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
	const altGraph = event.getModifierState("AltGraph");
	const press = { key, code, altKey, ctrlKey, metaKey, shiftKey, altGraph };
	const action = actionOf(actions, press, settingsStore.getState().letterKeys);
	// What cannot be done is left to the browser or to the page around: a clicker goes on to its next slide.
	if (action === undefined || !action.enabled(sessionStore.getState())) return;
	event.preventDefault();
	action.perform();
}

/** The page's keys, as long as the page stands and its link leaves them on. */
export function useKeys(): void {
	const off = usePage((page) => page.setup.keys === "off");
	useEffect(() => {
		if (off) return undefined;
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [off]);
}
