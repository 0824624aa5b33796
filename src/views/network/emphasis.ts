import type { Group, Structure } from "../../timeline/structure.ts";
import type { ParameterPlace, PictureEmphasis } from "../marks/scene.ts";
import type { Connection } from "./connections.ts";
import type { PlacedColumn } from "./layout.ts";

/** Whether an edge is in focus or has stepped back. */
export function edgeLit(emphasis: PictureEmphasis, connection: Connection): boolean {
	const { lit, parameter } = emphasis;
	if (parameter != null && isParameter(connection, parameter)) return true;
	if (lit === "all" || lit === "none") return lit === "all" && parameter == null;
	const { source, target } = connection;
	const same = (unit: number) => lit.unit === "all" || lit.unit === unit;
	return lit.side === "in"
		? lit.group === target.group && same(target.unit)
		: source !== null && lit.group === source.group && same(source.unit);
}

export function isParameter({ layer, slot, index }: ParameterPlace, other: ParameterPlace): boolean {
	return layer === other.layer && slot === other.slot && index === other.index;
}

/** Whether a unit is in focus: the one in question, or one that feeds it or pulls at it. */
export function unitLit(emphasis: PictureEmphasis, structure: Structure, group: Group, unit: number): boolean {
	const { lit } = emphasis;
	if (lit === "all" || lit === "none") return lit === "all";
	if (lit.group === group) return lit.unit === "all" || lit.unit === unit;
	return (lit.side === "in" ? structure.sourceGroups(lit.group) : structure.consumers(lit.group)).includes(group);
}

/** Whether a "+1" is in focus. */
export function biasLit(emphasis: PictureEmphasis, structure: Structure, column: PlacedColumn): boolean {
	const { lit } = emphasis;
	if (lit === "all" || lit === "none") return lit === "all";
	return lit.side === "in" && structure.sourceGroups(lit.group).includes(column.group);
}

/** Whether a layer's valves and pennants are drawn. */
export function hasError(emphasis: PictureEmphasis, group: Group): boolean {
	return emphasis.errors === true && group.role !== "input" && group.hasDelta;
}
