import type { ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { gateRow, internalPlace, parameterPlace } from "../../explain/notations/places.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { type Group, isNamed, mapPlace } from "../../timeline/structure.ts";
import { gateName, namedUnit, quantityName, rowIsMap } from "../timeline/names.ts";

/** A layer as it is called in a sentence. */
export function layerName(view: View, text: Catalogue, group: Group): string {
	const { layers } = text.ledger;
	if (group.role !== "hidden") return layers[group.role];
	if (isNamed(view.timeline.structure)) return group.head.name;
	const hidden = view.timeline.structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? layers.hidden : layers.hiddenNumber(hidden.indexOf(group) + 1);
}

/** An input by its number, a pixel by where it lies. */
function inputName(view: View, text: Catalogue, group: Group, unit: number): string {
	const base = notations[view.notation].firstIndex;
	const place = mapPlace(group, unit);
	const [, maps, rows, columns] = group.head.run.tops[group.slot].shape;
	// One row or one column of numbers is a list, not a picture.
	if (place === null || rows === 1 || columns === 1) return text.ledger.inputUnit(unit + base);
	const { pixel, pixelOfMap } = text.layers;
	const [row, column] = [place.row + base, place.column + base];
	return maps === 1 ? pixel(row, column) : pixelOfMap(place.channel + base, row, column);
}

/** A unit as it is called in a sentence, counted as the notation counts. */
export function nameOfUnit(view: View, text: Catalogue, group: Group, unit: number): string {
	const { units } = text.app;
	const shown = unit + notations[view.notation].firstIndex;
	if (group.role === "input") return inputName(view, text, group, unit);
	if (group.role === "target") return text.ledger.targetUnit(shown);
	if (group.role === "output") return units.output(shown);
	const { structure } = view.timeline;
	const named = namedUnit(text, structure, group, unit, notations[view.notation].firstIndex);
	if (named !== null) return named;
	const hidden = structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? units.hidden(shown) : units.hiddenNumber(hidden.indexOf(group) + 1, shown);
}

type Internal = Extract<ScalarReference, { readonly kind: "internal" }>;

/** The same with its unit and, where there are several, its time step. */
function internalName(view: View, text: Catalogue, r: Internal): string {
	const { group, unit } = internalPlace(view.timeline.structure, r);
	const name = text.layers.ofUnit(quantityName(text, view.timeline.structure, r), nameOfUnit(view, text, group, unit));
	const row = sampleOf(view.timeline.structure, r);
	if (row === null || group.times === 1) return name;
	const time = Math.floor(row / Math.max(1, group.samples / group.times));
	return text.layers.atTime(name, time + 1);
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
			const { group, unit, stepped } = internalPlace(structure, r);
			if (stepped) return internalName(view, text, r);
			if (group.role !== "loss") return nameOfUnit(view, text, group, unit % group.units);
			return text.app.units.output(unit + notations[view.notation].firstIndex);
		}
		case "parameter":
		case "share": {
			const { group, row } = parameterPlace(structure, r);
			// A kernel's row is a channel, not a unit.
			if (rowIsMap(group)) return group.head.name;
			const { gate, unit } = gateRow(group, row);
			const name = nameOfUnit(view, text, group, unit);
			return gate === null ? name : text.layers.ofUnit(gateName(text, gate), name);
		}
		default:
			return null;
	}
}
