import type { ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { parameterPlace } from "../../explain/notations/places.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";

/** A layer as it is called in a sentence. */
export function layerName(view: View, text: Catalogue, group: Group): string {
	const { layers } = text.ledger;
	if (group.role !== "hidden") return layers[group.role];
	const hidden = view.timeline.structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? layers.hidden : layers.hiddenNumber(hidden.indexOf(group) + 1);
}

/** A unit as it is called in a sentence, counted as the notation counts. */
export function nameOfUnit(view: View, text: Catalogue, group: Group, unit: number): string {
	const { units } = text.app;
	const shown = unit + notations[view.notation].firstIndex;
	if (group.role === "input") return text.ledger.inputUnit(shown);
	if (group.role === "target") return text.ledger.targetUnit(shown);
	if (group.role === "output") return units.output(shown);
	const hidden = view.timeline.structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? units.hidden(shown) : units.hiddenNumber(hidden.indexOf(group) + 1, shown);
}

/** The unit that a scalar belongs to (a parameter: the one its edge leads to); null where there is none. */
export function unitName(view: View, text: Catalogue, r: ScalarReference): string | null {
	const { structure } = view.timeline;
	switch (r.kind) {
		case "top": {
			const group = structure.groupOf(r.layer, r.slot);
			return group.role === "loss" ? null : nameOfUnit(view, text, group, r.index % group.units);
		}
		case "internal": {
			const blob = structure.net.layer(r.layer).run.internals[r.name];
			const units = blob === undefined ? 1 : blob.count / (blob.shape[0] ?? 1);
			return text.app.units.output((r.index % units) + notations[view.notation].firstIndex);
		}
		case "parameter":
		case "share": {
			const { group, row } = parameterPlace(structure, r);
			return nameOfUnit(view, text, group, row);
		}
		default:
			return null;
	}
}
