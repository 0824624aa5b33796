import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type Subject, subjectText } from "../explain/reading.ts";
import { sessionStore } from "./session.ts";

/** What the pointer or the focus is on, wherever on the page: its marks light up everywhere else. */
interface Hover {
	/** `subjectText` of the number; null when there is none. */
	readonly subject: string | null;
	/** The number itself. */
	readonly number: Subject | null;
}

export const hoverStore = createStore<Hover>()(() => ({ subject: null, number: null }));

// What the pointer rested on may not be in another net.
sessionStore.subscribe(({ run }, before) => {
	if (run?.experiment.net !== before.run?.experiment.net) setHovered(null);
});

/** Lights a number's marks on the whole page, or none. */
export function setHovered(subject: Subject | null): void {
	const text = subject === null ? null : subjectText(subject);
	if (hoverStore.getState().subject !== text) hoverStore.setState({ subject: text, number: subject });
}

const selectSubject = ({ subject }: Hover) => subject;

/** The `subjectText` of the number that is hovered or focused; renders at every change. */
export function useHovered(): string | null {
	return useStore(hoverStore, selectSubject);
}

/** Whether one number is hovered or focused; renders only when that changes. */
export function useIsHovered(subject: Subject | null): boolean {
	const text = subject === null ? null : subjectText(subject);
	return useStore(hoverStore, (state) => text !== null && state.subject === text);
}
