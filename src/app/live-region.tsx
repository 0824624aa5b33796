import { useEffect, useState } from "react";
import { type SessionState, selectView, sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { narrate } from "../views/ledger/narration.ts";
import { tellAround } from "./told-around.ts";

/** A pause before new text, so that a screen reader takes it as new even within a frame. */
const CLEARED_MS = 100;

const placeOf = ({ cursor }: SessionState) => `${cursor.iteration}.${cursor.leaf}`;

/**
 * Tells every step with its numbers; while playing only changes of phase. What is told replaces what was still to be
 * said. Opening an experiment tells nothing, nor does following an explanation: there the focus moves to its heading.
 */
function watchSteps(say: (message: string) => void): () => void {
	let { run } = sessionStore.getState();
	let place = placeOf(sessionStore.getState());
	let phase = "";
	let waiting: ReturnType<typeof setTimeout> | undefined;
	const unsubscribe = sessionStore.subscribe((state) => {
		if (state.leaving !== null || (state.run === run && placeOf(state) === place)) return;
		const { notation, catalogue: text, language, decimal } = settingsStore.getState();
		const opened = state.run !== run;
		run = state.run;
		place = placeOf(state);
		const view = selectView(state, notation);
		if (view === null) return;
		const phaseBefore = phase;
		phase = `${view.cursor.iteration}.${view.leaf.phase?.index}`;
		if (opened || state.inspected !== null || (state.playing && phase === phaseBefore)) return;
		clearTimeout(waiting);
		say("");
		waiting = setTimeout(() => say(narrate(view, { text, language, decimal })), CLEARED_MS);
	});
	return () => {
		clearTimeout(waiting);
		unsubscribe();
	};
}

/** Where the page around speaks itself, the region stays silent. */
const toldAround = (text: string) => text !== "" && tellAround({ type: "narrate", text });

/** The page's one live region: what the last step was. Silent until the first step. */
export function LiveRegion() {
	const [message, setMessage] = useState("");
	useEffect(() => watchSteps((text) => setMessage(toldAround(text) ? "" : text)), []);
	return (
		<div role="status" aria-live="polite" className="sr-only" data-live>
			{message}
		</div>
	);
}
