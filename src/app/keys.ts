import type { Action } from "./actions-list.ts";

/** What of a key press decides; a `KeyboardEvent` is one. */
export interface KeyPress {
	readonly key: string;
	readonly code: string;
	readonly altKey: boolean;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly altGraph: boolean;
}

/** Every way in which a press may stand in an action's list of keys. */
function namesOf(press: KeyPress): readonly string[] {
	const { key, code, altKey, ctrlKey, metaKey, shiftKey } = press;
	const plain = key.length === 1 ? key.toLowerCase() : key;
	// Brackets lie behind AltGr on many keyboards, which some systems report as Ctrl+Alt.
	if (press.altGraph) return [plain];
	if (altKey) return ctrlKey || metaKey ? [] : [`Alt+${code}`];
	if (ctrlKey || metaKey) {
		const shift = shiftKey ? "Shift+" : "";
		return [`Mod+${shift}${plain}`, ...(ctrlKey && !metaKey ? [`Ctrl+${shift}${plain}`] : [])];
	}
	// A sign such as ? needs Shift on one keyboard and not on another; a letter with Shift is the letter.
	if (shiftKey && key.length > 1) return [`Shift+${plain}`];
	return [plain];
}

/** The action of a key press, if there is one. */
export function actionOf(actions: readonly Action[], press: KeyPress, letters: boolean): Action | undefined {
	const names = namesOf(press);
	return actions.find((action) => (letters || !action.letter) && action.keys.some((key) => names.includes(key)));
}

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
const PRESSABLE =
	"button, a[href], summary, [role='button'], [role='tab'], [role='option'], [role='menuitem'], [role='gridcell']";

/** Whether a press belongs to what has the focus and not to the page. */
export function belongsToFocus(target: EventTarget | null, key: string): boolean {
	if (!(target instanceof Element)) return false;
	if (target.closest(FIELDS) !== null) return true;
	return (key === " " || key === "Enter") && target.closest(PRESSABLE) !== null;
}
