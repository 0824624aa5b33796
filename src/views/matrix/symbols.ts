import { type NotationId, notations } from "../../explain/notation.ts";
import type { Subject } from "../../explain/reading.ts";
import { type Symbol, symbolText } from "../../explain/symbol.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { type MathSymbol, symbolParts } from "../marks/math-text.tsx";
import { unitBase } from "../timeline/names.ts";
import type { Block, CellPlace } from "./blocks.ts";

export type SymbolParts = readonly (MathSymbol | string)[];

/** A symbol of one element as that of all of them. */
function ofAll(symbol: Symbol): Symbol {
	const { subscript: _element, ...whole } = symbol;
	return whole;
}

/** What a block holds, as the notation writes it. */
export function blockSymbol(view: View, texts: Catalogue["matrix"], block: Block): SymbolParts {
	const { notation } = view;
	const letters = notation === "ufldl";
	if (block.map !== undefined) {
		const map = texts.map(block.map + unitBase(notation));
		return block.kind === "gradient" ? [map] : [`${map}: `, ...elementSymbol(view, block)];
	}
	switch (block.kind) {
		case "one":
			return ["+1"];
		case "pull":
			if (letters) return [{ base: "W", above: "T" }, { base: "δ" }];
			break;
		case "slope":
			return [{ base: "f" }, "′"];
		case "scale":
			return ["1/", { base: "m" }];
		case "gap":
			return letters ? [{ base: hasProbability(block) ? "p" : "a" }, " − ", { base: "y" }] : [texts.error];
		case "factor":
			return [texts.factor];
		case "cost": {
			const cost = block.cell(0, 0);
			const isSquare =
				cost.kind === "derived" && cost.expression.kind === "apply" && cost.expression.function === "square";
			return letters && isSquare ? ["(", { base: "a" }, " − ", { base: "y" }, ")²"] : [texts.cost];
		}
		case "product": {
			if (isBias(block)) break;
			const name: SymbolParts = letters ? ["a · δ"] : elementSymbol(view, block);
			return [...name, texts.ofSample(view.sample + unitBase(notation))];
		}
		case "gradient":
			if (
				isBias(block) ||
				block.group.head.definition.picture !== "dense" ||
				view.timeline.structure.groups[0]?.samples === 1
			)
				break;
			return [...elementSymbol(view, block), texts.allSamples];
		case "target":
			if (block.cell(0, 0).kind === "derived") return letters ? [{ base: "y" }] : [{ base: "label", upright: true }];
			break;
		default:
			break;
	}
	return elementSymbol(view, block);
}

function isBias(block: Block): boolean {
	const subject = block.cell(0, 0);
	return "slot" in subject && subject.slot === 1;
}

function hasProbability(block: Block): boolean {
	const gap = block.cell(0, 0);
	if (gap.kind !== "derived" || gap.expression.kind !== "difference") return false;
	const { left } = gap.expression;
	return left.kind === "scalar" && left.reference.kind === "internal";
}

function elementSymbol(view: View, block: Block): SymbolParts {
	const subject = block.cell(0, 0);
	if (subject.kind === "derived") return [];
	return symbolParts(ofAll(notations[view.notation].symbol(view.timeline.structure, subject)));
}

/** A symbol as plain text. */
export function partsText(parts: SymbolParts): string {
	return parts
		.map((part) => (typeof part === "string" ? part : `${part.base}${part.above ?? ""}${part.below ?? ""}`))
		.join("");
}

/** Chinese letters are as wide as they are high. */
const textWidth = (text: string) =>
	Array.from(text).reduce((width, letter) => width + (letter > "\u2e80" ? 13.5 : 7), 0);

/** About how wide a symbol is at 13 px. */
export function partsWidth(parts: SymbolParts): number {
	return parts.reduce((width, part) => {
		if (typeof part === "string") return width + textWidth(part);
		const small = Math.max(part.above?.length ?? 0, part.below?.length ?? 0);
		return width + part.base.length * (part.upright ? 7.4 : 9) + small * 5;
	}, 0);
}

/** A cell by name: the symbol of its scalar, or of its block with the unit's number. */
export function cellName(
	view: View,
	texts: Catalogue["matrix"],
	block: Block,
	subject: Subject,
	place: CellPlace,
): string {
	if (subject.kind !== "derived") return symbolText(notations[view.notation].symbol(view.timeline.structure, subject));
	const name = partsText(blockSymbol(view, texts, block));
	if (block.rows === 1 && block.columns === 1) return name;
	return `${name} ${(block.columns === 1 ? place.row : place.column) + unitBase(view.notation)}`;
}

/** A layer as the heading of its table. */
export function layerHeading(texts: Catalogue["matrix"], structure: Structure, group: Group): string {
	if (group.role === "output") return texts.outputLayer;
	const hidden = structure.groups.filter(({ role }) => role === "hidden");
	const place = hidden.indexOf(group);
	if (place < 0) return group.head.name;
	return hidden.length === 1 ? texts.hiddenLayer : texts.hiddenNumber(place + 1);
}

export const unitNumber = (notation: NotationId, unit: number) => String(unit + unitBase(notation));
