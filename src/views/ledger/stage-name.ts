import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { stageLine } from "../timeline/names.ts";

/** The stage of a leaf in one line. */
export function nodeLine(view: View, text: Catalogue, leaf: number): string {
	return stageLine(text, view.timeline.structure, nodeAt(view.timeline, leaf, "unit"), view.notation);
}
