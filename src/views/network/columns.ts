import type { Group, Structure } from "../../timeline/structure.ts";
import { MOST_CELLS, type TileShape } from "../marks/tile-geometry.ts";

/** How a layer's units are drawn: by the ladder of their number. */
export type ColumnForm = "discs" | "compact" | "image" | "strip" | "tiles";

/** Pixels of an input that is an image. */
export interface ImageShape {
	readonly width: number;
	readonly height: number;
}

/** The groups that stand in the picture from left to right; losses stand beside it, targets face their outputs. */
export function columnGroups(structure: Structure): readonly Group[] {
	return structure.groups.filter(({ role }) => role === "input" || role === "hidden" || role === "output");
}

export function targetGroup(structure: Structure): Group | null {
	return structure.groups.find(({ role }) => role === "target") ?? null;
}

/** A class label: one number a sample for all outputs together. */
export function isLabel(structure: Structure, target: Group): boolean {
	return structure.groups.some((group) => group.role === "output" && group.units > target.units);
}

/** The loss that a group's output faces, if there is one. */
export function lossOf(structure: Structure, group: Group): Group | null {
	return structure.consumers(group).find(({ role }) => role === "loss") ?? null;
}

export function formOf(group: Group, image: ImageShape | null): ColumnForm {
	if (group.role === "input" && image !== null && image.width * image.height === group.units) return "image";
	if (group.units <= 8) return "discs";
	if (group.units <= 16) return "compact";
	return group.units <= MOST_CELLS ? "strip" : "tiles";
}

/** Maps of a layer that slides windows over its input, or of an image; one square of cells for any other long row. */
export function tileShapeOf(group: Group, image: ImageShape | null): TileShape {
	const { units } = group;
	if (image !== null && formOf(group, image) === "image") {
		return { maps: 1, rows: image.height, columns: image.width, count: units };
	}
	const { shape } = group.head.run.tops[group.slot];
	if (shape.length === 4 && shape[2] * shape[3] > 1) {
		return { maps: shape[1], rows: shape[2], columns: shape[3], count: units };
	}
	const columns = Math.ceil(Math.sqrt(units));
	return { maps: 1, rows: Math.ceil(units / columns), columns, count: units };
}

/** Largest slope of a group's activation; 1 stands for an f whose slope has no bound. Null where f is the identity. */
export function maximumSlope(group: Group): number | null {
	if (group.elementwise.length === 0) return null;
	return group.elementwise.reduce((product, { type }) => product * (type === "Sigmoid" ? 0.25 : 1), 1);
}

/** 0, 1, … count − 1. */
export function places(count: number): readonly number[] {
	return Array.from({ length: count }, (_, place) => place);
}
