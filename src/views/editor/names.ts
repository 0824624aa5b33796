import { type NotationId, notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import type { DraggedSetting } from "../../store/editable.ts";
import type { Structure } from "../../timeline/structure.ts";

/** A whole parameter as the notation calls it: W(1), hidden.W, hidden.weight. */
export function parameterName(structure: Structure, notation: NotationId, layer: string, slot: number): string {
	const { index } = structure.groupOf(layer, 0);
	return symbolText(notations[notation].layerSymbol(structure, index, slot === 0 ? "weight" : "bias"));
}

/** A solver setting's letter or word in the notation: α, base_lr, lr. */
export function settingSymbol(structure: Structure, notation: NotationId, setting: DraggedSetting): string {
	const name = setting === "baseLr" ? "rate" : setting;
	return symbolText(notations[notation].symbol(structure, { kind: "solver", iteration: 1, name }));
}
