import type { NotationId } from "../../explain/notation.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import type { ImageShape } from "./columns.ts";
import { unitLabel } from "./symbols.ts";

type Texts = Catalogue["stage"];

/** A layer as a person names it: hidden layers are numbered where there are several. */
export function layerName(texts: Texts, structure: Structure, group: Group): string {
	if (group.role === "input") return texts.input;
	if (group.role === "output") return texts.output;
	if (group.role === "target") return texts.target;
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
		return texts.inputImage(image.width, image.height);
	}
	const name = layerName(texts, structure, group);
	const loss = structure.consumers(group).find(({ role }) => role === "loss");
	if (group.role === "output" && loss?.head.type === "SoftmaxWithLoss") return texts.softmax;
	const shown =
		group.role !== "input" && group.elementwise.length === 0 && loss?.head.run.internals.probability === undefined
			? texts.linear(name)
			: name;
	return group.units > 8 && !short ? texts.counted(shown, group.units) : shown;
}

/** A unit as it is announced and titled. */
export function unitName(texts: Texts, structure: Structure, notation: NotationId, group: Group, unit: number): string {
	return texts.unit(layerName(texts, structure, group), unitLabel(notation, unit));
}

export function lensTitle(
	texts: Texts,
	structure: Structure,
	notation: NotationId,
	group: Group,
	unit: number,
): string {
	const label = unitLabel(notation, unit);
	return group.role === "output" ? texts.lensOutput(label) : texts.lensUnit(layerName(texts, structure, group), label);
}
