import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { forgetSettings } from "../store/settings.ts";
import { recallText, rememberText } from "../store/storage.ts";
import type { Notice } from "./notice.ts";
import type { PanelId } from "./panels.ts";
import { type Setup, setupOf } from "./setup.ts";

export type DialogId = "help" | "comfort" | "go-to" | "picture" | "share" | "import" | "export";

/** What the page itself shows; nothing here touches a number. */
export interface PageState {
	/** Whether the first picture has been painted, or has failed to be; what is not needed for it is fetched from then on. */
	readonly ready: boolean;
	readonly dialog: DialogId | null;
	/** Counts the dialogs opened so far. */
	readonly opening: number;
	/** Tables in place of the picture. */
	readonly tables: boolean;
	/** The panel in front; on a narrow page `step` stands among them. */
	readonly panel: PanelId | "step";
	readonly notices: readonly Notice[];
	/** Share of the ledger in the page's width. */
	readonly ledgerShare: number;
	/** Why no experiment could be opened. */
	readonly fatal: unknown;
	/** Why the state of the link could not be opened; the preset is shown behind. */
	readonly linkProblem: unknown;
	/** What is seen now, as the word of a link; null until something has been changed. */
	readonly link: string | null;
	readonly setup: Setup;
	/** Turns to a newer version of the page that is ready; null while there is none. */
	readonly newVersion: (() => void) | null;
	/** The height that a page around gives, where it gives less than was asked for. */
	readonly fill: number | null;
	/** Whether a page around has said that it listens. */
	readonly answered: boolean;
}

const KEY = "deltascope.ledger";
export const SMALLEST_SHARE = 0.26;
export const LARGEST_SHARE = 0.6;
const USUAL_SHARE = 0.38;

export const pageStore = createStore<PageState>()(() => ({
	ready: false,
	dialog: null,
	opening: 0,
	tables: false,
	panel: "step",
	notices: [],
	ledgerShare: recallShare(),
	fatal: null,
	linkProblem: null,
	link: null,
	setup: setupOf({}, "full", false),
	newVersion: null,
	fill: null,
	answered: false,
}));

export function usePage<T>(select: (state: PageState) => T): T {
	return useStore(pageStore, select);
}

/** Storage may hold another program's text: then the usual width is taken. */
function recallShare(): number {
	const share = Number.parseFloat(recallText(KEY) ?? "");
	return share >= SMALLEST_SHARE && share <= LARGEST_SHARE ? share : USUAL_SHARE;
}

/** Leaves the browser's storage alone, whatever an earlier visit has left there. */
export function forgetStored(): void {
	forgetSettings();
	pageStore.setState({ ledgerShare: USUAL_SHARE });
}

export function setLedgerShare(share: number): void {
	const ledgerShare = Math.min(LARGEST_SHARE, Math.max(SMALLEST_SHARE, share));
	pageStore.setState({ ledgerShare });
	rememberText(KEY, ledgerShare.toFixed(4));
}

export function openDialog(dialog: DialogId): void {
	pageStore.setState(({ opening }) => ({ dialog, opening: opening + 1 }));
}

/** Closes the dialog; given an opening, only while that one is still the last. */
export function closeDialog(opening: number = pageStore.getState().opening): void {
	if (opening === pageStore.getState().opening) pageStore.setState({ dialog: null });
}
