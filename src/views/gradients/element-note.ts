import { gateRow, kernelPlace, parameterName } from "../../explain/notations/places.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { gateName, unitBase } from "../timeline/names.ts";
import type { Element } from "./model.ts";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const lowered = (number: number) => Array.from(String(number), (digit) => SUBSCRIPTS[Number(digit)]).join("");

/** What a weight leads from and to, in words; of a kernel where its element lies, and over which map. */
export function elementNote(view: View, text: Catalogue, group: Group, element: Element): string {
	const texts = text.scenes.gradients;
	if (element.column === null) return texts.biasNote;
	const base = unitBase(view.notation);
	const kernel = kernelPlace(group, element.slot, element.row, element.column);
	if (kernel !== null) return texts.kernelNote(kernel.reads + base, kernel.row + base, kernel.column + base);
	const [source] = view.timeline.structure.sourceGroups(group);
	const { gate, unit } = gateRow(group, element.row);
	const name = parameterName(group, element.slot);
	// Weights W_h… of a recurrent layer read its own state: of the step before, but for what makes its output.
	const fromState = name?.startsWith("W_h") === true;
	const letter = fromState ? "h" : source?.role === "input" ? "x" : "a";
	const input =
		view.notation === "ufldl"
			? `${letter}${lowered(element.column + 1)}`
			: fromState
				? texts.state(String(element.column))
				: texts.input(String(element.column));
	const from = fromState && name !== "W_ho" ? texts.before(input) : input;
	return gate === null ? texts.weightNote(from, String(unit + base)) : texts.gateNote(from, gateName(text, gate));
}
