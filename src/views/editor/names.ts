import { type NotationId, notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import type { DraggedSetting } from "../../store/editable.ts";
import type { Structure } from "../../timeline/structure.ts";

/** A solver setting's letter or word in the notation: α, base_lr, lr. */
export function settingSymbol(structure: Structure, notation: NotationId, setting: DraggedSetting): string {
	const name = setting === "baseLr" ? "rate" : setting;
	return symbolText(notations[notation].symbol(structure, { kind: "solver", iteration: 1, name }));
}
