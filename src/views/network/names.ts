import type { NotationId } from "../../explain/notation.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { type Group, isNamed, mapPlace, type Structure } from "../../timeline/structure.ts";
import type { ImageShape } from "./columns.ts";
import { unitLabel } from "./symbols.ts";

type Texts = Catalogue["stage"];

/** A layer as a person names it: hidden layers are numbered where there are several. */
export function layerName(texts: Texts, structure: Structure, group: Group): string {
	const inputs = structure.groups.filter(({ role }) => role === "input");
	if (group.role === "input") return inputs.length > 1 ? (group.head.topNames[group.slot] ?? texts.input) : texts.input;
	if (group.role === "output") return texts.output;
	if (group.role === "target") return texts.target;
	if (isNamed(structure)) return group.head.name;
	const hidden = structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? texts.hidden : texts.hiddenNumber(hidden.indexOf(group) + 1);
}

/** The heading of a column. */
export function columnName(
	texts: Texts,
	structure: Structure,
	group: Group,
	image: ImageShape | null,
	short = false,
): string {
	if (group.role === "input" && image !== null && image.width * image.height === group.units) {
		if (short) return layerName(texts, structure, group);
		return texts.inputImage(image.width, image.height);
	}
	const name = layerName(texts, structure, group);
	const loss = structure.consumers(group).find(({ role }) => role === "loss");
	if (group.role === "output" && loss?.head.type === "SoftmaxWithLoss") return texts.softmax;
	const shown =
		group.role !== "input" &&
		(group.role === "output" || !isNamed(structure)) &&
		group.elementwise.length === 0 &&
		loss?.head.run.internals.probability === undefined
			? texts.linear(name)
			: name;
	return group.units > 8 && !short ? texts.counted(shown, group.units) : shown;
}

/** A unit's number, or where it lies in its map: channel, row, column. */
function placeLabel(notation: NotationId, group: Group, unit: number): string {
	const place = mapPlace(group, unit);
	if (place === null) return unitLabel(notation, unit);
	return [place.channel, place.row, place.column].map((number) => unitLabel(notation, number)).join(", ");
}

/** A unit as it is announced and titled. */
export function unitName(texts: Texts, structure: Structure, notation: NotationId, group: Group, unit: number): string {
	return texts.unit(layerName(texts, structure, group), placeLabel(notation, group, unit));
}

export function lensTitle(
	texts: Texts,
	structure: Structure,
	notation: NotationId,
	group: Group,
	unit: number,
): string {
	const label = placeLabel(notation, group, unit);
	return group.role === "output" ? texts.lensOutput(label) : texts.lensUnit(layerName(texts, structure, group), label);
}
