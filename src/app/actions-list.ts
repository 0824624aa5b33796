import type { Catalogue } from "../i18n/catalogue.ts";
import {
	closeInspection,
	discardProposal,
	goTo,
	isStopped,
	shiftDepth,
	stepOff,
	stepOn,
	togglePlay,
} from "../store/actions.ts";
import { isAtStart } from "../store/range.ts";
import { type SessionState, sessionStore } from "../store/session.ts";
import { DEPTHS, startOf } from "../timeline/cursor.ts";
import { openDialog, pageStore } from "./page-store.ts";

export type ActionId = keyof Catalogue["app"]["actions"];

/**
 * Something a person can do, as a value: buttons, keys and the list of keys all read it. A key is written as modifiers
 * and `KeyboardEvent.key` (`Shift+ArrowRight`; `Mod` is Ctrl or ⌘), with Alt by `code`, since Alt changes letters.
 */
export interface Action {
	readonly id: ActionId;
	readonly group: keyof Catalogue["app"]["helpDialog"]["groups"];
	readonly keys: readonly string[];
	/** Single characters can be switched off. */
	readonly letter: boolean;
	/** Whether it would change anything now. */
	readonly enabled: (state: SessionState) => boolean;
	readonly perform: () => void;
}

const { getState } = sessionStore;
const opened = ({ opened: iteration }: SessionState) => iteration !== null;
const canStepOn = (state: SessionState) => state.opened !== null && !isStopped();
const canStepOff = ({ opened: iteration, cursor, range }: SessionState) =>
	iteration !== null && !isAtStart(range, cursor);

/** The depth one step coarser than the chosen one; the coarsest stays. */
function coarser() {
	const { depth } = getState();
	return DEPTHS[Math.max(0, DEPTHS.indexOf(depth) - 1)];
}

function goToEnd(iteration: number): void {
	// Beyond the last leaf is clamped to it, or to where the iteration had to stop.
	void goTo({ iteration, leaf: Number.MAX_SAFE_INTEGER });
}

/** What lies on top: a proposed edit, else an open explanation. */
function close(): void {
	if (getState().proposal !== null) discardProposal();
	else closeInspection();
}

/** What few do in the first moments is fetched for it. */
function edit(what: "undo" | "redo" | "resetRun"): void {
	void import("../store/history.ts").then((history) => history[what]());
}

const step = (id: ActionId, keys: readonly string[], enabled: Action["enabled"], perform: () => void): Action => ({
	id,
	group: "steps",
	keys,
	letter: false,
	enabled,
	perform,
});

const letter = (id: ActionId, key: string, enabled: Action["enabled"], perform: () => void): Action => ({
	id,
	group: "view",
	keys: [key],
	letter: true,
	enabled,
	perform,
});

export const actions: readonly Action[] = [
	step("stepOn", ["ArrowRight"], canStepOn, () => void stepOn()),
	step("stepOff", ["ArrowLeft"], canStepOff, () => void stepOff()),
	step("coarserOn", ["Shift+ArrowRight"], canStepOn, () => void stepOn(coarser())),
	step("coarserOff", ["Shift+ArrowLeft"], canStepOff, () => void stepOff(coarser())),
	step("stopOn", ["PageDown"], canStepOn, () => void stepOn()),
	step("stopOff", ["PageUp"], canStepOff, () => void stepOff()),
	step("iterationStart", ["Home"], canStepOff, () => void goTo(startOf(getState().cursor.iteration))),
	step("iterationEnd", ["End"], canStepOn, () => goToEnd(getState().cursor.iteration)),
	step("runStart", ["Ctrl+Home"], canStepOff, () => void goTo(startOf(1))),
	step("runEnd", ["Ctrl+End"], opened, () => goToEnd(Math.max(1, getState().run?.runner.losses.length ?? 1))),
	step("playPause", [" ", "Alt+KeyK"], (state) => state.playing || canStepOn(state), togglePlay),
	letter(
		"finer",
		"]",
		({ depth }) => depth !== DEPTHS.at(-1),
		() => shiftDepth(1),
	),
	letter(
		"coarser",
		"[",
		({ depth }) => depth !== DEPTHS[0],
		() => shiftDepth(-1),
	),
	letter("goTo", "g", opened, () => openDialog("go-to")),
	letter(
		"tables",
		"t",
		() => true,
		() => pageStore.setState(({ tables }) => ({ tables: !tables })),
	),
	letter(
		"help",
		"?",
		() => true,
		() => openDialog("help"),
	),
	{
		...step("close", ["Escape"], ({ inspected, proposal }) => inspected !== null || proposal !== null, close),
		group: "view",
	},
	{ ...step("reset", ["Alt+KeyR"], opened, () => edit("resetRun")), group: "edit" },
	{
		...step(
			"undo",
			["Mod+z"],
			({ past }) => past.length > 0,
			() => edit("undo"),
		),
		group: "edit",
	},
	{
		...step(
			"redo",
			["Mod+Shift+z", "Mod+y"],
			({ future }) => future.length > 0,
			() => edit("redo"),
		),
		group: "edit",
	},
];

export function actionById(id: ActionId): Action {
	const action = actions.find((candidate) => candidate.id === id);
	if (action === undefined) throw new RangeError(`no action ${id}`);
	return action;
}
