import { createContext, useContext } from "react";
import { type StoreApi, useStore } from "zustand";
import type { Catalogue } from "../i18n/catalogue.ts";
import { type Frame, frameStore } from "./clock.ts";
import { type SessionState, selectProposedView, selectView, sessionStore } from "./session.ts";
import { type Settings, settingsStore } from "./settings.ts";
import type { View } from "./view.ts";

/** The session as this part of the page sees it: as it is, or as it stood at the part's last turn. */
export const SessionContext = createContext<StoreApi<SessionState>>(sessionStore);

export function useSession<T>(select: (state: SessionState) => T): T {
	return useStore(useContext(SessionContext), select);
}

export function useSettings<T>(select: (settings: Settings) => T): T {
	return useStore(settingsStore, select);
}

/** The page's texts in the reader's language. */
export function useText(): Catalogue {
	return useStore(settingsStore, selectCatalogue);
}

const selectCatalogue = ({ catalogue }: Settings) => catalogue;

const selectNotation = ({ notation }: Settings) => notation;

/** What is seen now; null until an experiment is open. */
export function useView(): View | null {
	const notation = useSettings(selectNotation);
	return useSession((state) => selectView(state, notation));
}

/** The same place under the edit that is proposed; null while none is. */
export function useProposedView(): View | null {
	const notation = useSettings(selectNotation);
	return useSession((state) => selectProposedView(state, notation));
}

const selectT = ({ t }: Frame) => t;

/** Where the stage in motion is, 0 … 1. Only what moves may use it: it renders every frame. */
export function useFrame(): number {
	return useStore(frameStore, selectT);
}
