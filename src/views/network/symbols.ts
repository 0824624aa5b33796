import type { NotationId } from "../../explain/notation.ts";
import type { Group } from "../../timeline/structure.ts";
import type { MathSymbol } from "../marks/math-text.tsx";

/** What a column holds, in the notation chosen: a^(2) or the layers' names. */
export function columnSymbol(
	notation: NotationId,
	group: Group,
	place: number,
	what: "a" | "z" | "δ",
	short = false,
): readonly (MathSymbol | string)[] {
	if (notation === "ufldl") return [{ base: what, above: `(${place + 1})` }];
	const names = (short ? [group.head] : [group.head, ...group.elementwise]).map(({ name }) => name);
	const name = group.role === "input" ? (group.head.topNames[group.slot] ?? group.head.name) : names.join(" → ");
	return [{ base: name, upright: true }];
}

/** Units count from 1 in UFLDL, from 0 in code. */
export function unitLabel(notation: NotationId, unit: number): string {
	return String(notation === "ufldl" ? unit + 1 : unit);
}

/** δ in UFLDL, the diff's name elsewhere. */
export function deltaSymbol(notation: NotationId): MathSymbol {
	return notation === "ufldl" ? { base: "δ" } : { base: notation === "caffe" ? "diff" : "grad", upright: true };
}
