import { stateOfLink } from "../formats/link/state-of-link.ts";
import { type SessionState, sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { type PageState, pageStore } from "./page-store.ts";

const PAUSE_MS = 300;

const seen = ({ run, cursor, depth, sample, inspected }: SessionState) => [run, cursor, depth, sample, inspected];
const shown = ({ panel, tables }: PageState) => [panel, tables];

function differ(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.some((part, index) => part !== b[index]);
}

/**
 * Keeps the link to what is seen: in the store, and unless the page stands in another one in its address, too. The
 * entry of the history is replaced, never added to. A reload comes back to the same stage.
 */
export function followLink(): () => void {
	let waiting: ReturnType<typeof setTimeout> | undefined;
	let asked = 0;
	async function write() {
		const number = ++asked;
		const { currentLink } = await import("./link-state.ts");
		const link = await currentLink();
		if (number !== asked || link === null) return;
		pageStore.setState({ link });
		if (!pageStore.getState().setup.framed) replaceFragment(`#s=${link}`);
	}
	function later() {
		clearTimeout(waiting);
		waiting = setTimeout(() => {
			write().catch(() => {
				// Without its reader the address stays as it was, and so does the page.
			});
		}, PAUSE_MS);
	}
	const stops = [
		sessionStore.subscribe((state, before) => {
			if (!state.playing && (before.playing || differ(seen(state), seen(before)))) later();
		}),
		settingsStore.subscribe(({ notation, form }, before) => {
			if (notation !== before.notation || form !== before.form) later();
		}),
		pageStore.subscribe((state, before) => {
			if (differ(shown(state), shown(before))) later();
		}),
	];
	return () => {
		clearTimeout(waiting);
		for (const stop of stops) stop();
	};
}

/** Some frames and files have no history of their own; then the address stays as it was. */
export function replaceFragment(fragment: string): void {
	const { pathname, search } = globalThis.location;
	try {
		globalThis.history.replaceState(globalThis.history.state, "", pathname + search + fragment);
	} catch {
		// Browsers limit how often an address may be replaced; the next change writes it.
	}
}

/** Whether the address of a page that stands already has been given another state, which is then to be opened. */
export function isAnotherState(fragment: string): boolean {
	const state = stateOfLink("", fragment);
	return state !== undefined && state !== pageStore.getState().link;
}
