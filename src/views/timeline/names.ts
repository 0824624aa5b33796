import type { ScalarReference } from "../../engine/reference.ts";
import type { NotationId } from "../../explain/notation.ts";
import {
	gateRow,
	internalPlace,
	kernelPlace,
	layerNumber,
	parameterLetter,
	parameterName,
} from "../../explain/notations/places.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { StageNode } from "../../timeline/cursor.ts";
import { type Group, isNamed, mapPlace, type Structure } from "../../timeline/structure.ts";
import { type StageGroup, unitTerms } from "../../timeline/timeline.ts";

/** How a stage group is called below its cells: the symbol stands alone where there is no room for the word. */
export interface GroupLabel {
	readonly symbol: string;
	readonly word: string;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = (number: number) => `⁽${Array.from(String(number), (digit) => SUPERSCRIPTS[Number(digit)]).join("")}⁾`;

/** UFLDL counts units from 1, Caffe and PyTorch from 0. */
export function unitBase(notation: NotationId): 0 | 1 {
	return notation === "ufldl" ? 1 : 0;
}

/** Place among the hidden layers (from 1), or null where there is only one. */
function hiddenNumber(structure: Structure, group: Group): number | null {
	const hidden = structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length > 1 ? hidden.indexOf(group) + 1 : null;
}

/** Whether a row of a layer's weights belongs to a whole map, not to one unit of it. */
export function rowIsMap(group: Group): boolean {
	return mapPlace(group, 0) !== null || kernelPlace(group, 0, 0, 0) !== null;
}

/** A unit by its layer's own name, in a net whose layers are named; null where they are numbered. */
export function namedUnit(
	text: Catalogue,
	structure: Structure,
	group: Group,
	unit: number,
	base: number,
): string | null {
	if (group.role !== "hidden" || !isNamed(structure)) return null;
	const place = mapPlace(group, unit);
	const { name } = group.head;
	return place === null
		? text.layers.unit(name, unit + base)
		: text.layers.channelUnit(name, place.channel + base, place.row + base, place.column + base);
}

const PARTS = ["i", "f", "o", "g"];

/** A part of an LSTM by its letter in the notations: "input gate". */
export const gateName = (text: Catalogue, letter: string) => text.layers.gate(PARTS.indexOf(letter));

/** What a value inside a layer that goes through time is: "forget gate", "cell state"; going back its δ. */
export function quantityName(
	text: Catalogue,
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "internal" }>,
): string {
	const { internal, delta } = text.layers;
	const of = gateName(text, internalPlace(structure, r).gate ?? "");
	const names: Readonly<Record<string, string>> = {
		gate_input: internal.gateInput(of),
		gates: internal.gates(of),
		c: internal.c,
		h: internal.h,
		h_conted: internal.handedOn,
		W_xc_x: internal.weighted(of),
		W_xc_x_static: internal.weighted(of),
		h_0: internal.hStart,
		c_0: internal.cStart,
		h_T: internal.hEnd,
		c_T: internal.cEnd,
		h_neuron_input: internal.hSum,
		o_neuron_input: internal.outputSum,
		o: internal.output,
	};
	const name = names[r.name] ?? internal.other(r.name);
	return r.side === "diff" ? delta(name) : name;
}

function groupWord(text: Catalogue, structure: Structure, group: Group): string {
	const { groups } = text.app;
	if (group.role !== "hidden") return group.role === "output" ? groups.output : groups.loss;
	if (isNamed(structure)) return group.head.name;
	const number = hiddenNumber(structure, group);
	return number === null ? groups.hidden : groups.hiddenNumber(number);
}

/** A unit by its layer and number. */
export function unitWord(
	text: Catalogue,
	structure: Structure,
	group: Group,
	unit: number,
	notation: NotationId,
): string {
	const { units } = text.app;
	const shown = unit + unitBase(notation);
	if (group.role === "output") return units.output(shown);
	const named = namedUnit(text, structure, group, unit, unitBase(notation));
	if (named !== null) return named;
	const number = hiddenNumber(structure, group);
	return number === null ? units.hidden(shown) : units.hiddenNumber(number, shown);
}

/** The symbol of an error term. */
export function deltaSymbol(notation: NotationId): string {
	return { ufldl: "δ", caffe: "diff", pytorch: "grad" }[notation];
}

/** A whole parameter in a line of text: W⁽¹⁾, hidden.W, hidden.weight. */
export function parameterSymbol(structure: Structure, layer: string, slot: number, notation: NotationId): string {
	const group = structure.groupOf(layer, 0);
	const letter = parameterLetter(structure, layer, slot);
	if (notation === "ufldl") return `${letter}${raised(layerNumber(structure, group) - 1)}`;
	const recurrent = parameterName(group, slot);
	if (recurrent !== null) return `${layer}.${recurrent}`;
	if (notation === "caffe") return `${layer}.${letter}`;
	return `${layer}.${letter === "b" ? "bias" : "weight"}`;
}

function subjectGroupLabel(
	text: Catalogue,
	structure: Structure,
	stage: StageGroup,
	group: Group,
	notation: NotationId,
): GroupLabel {
	const name = group.head.name;
	const number = layerNumber(structure, group);
	const word = groupWord(text, structure, group);
	switch (stage.phase) {
		case "loss":
			return notation === "ufldl" ? { symbol: "J", word: "" } : { symbol: name, word: "" };
		case "backward":
			return notation === "ufldl"
				? { symbol: `δ${raised(number)}`, word }
				: { symbol: `${name}.${deltaSymbol(notation)}`, word: "" };
		case "gradients":
			if (notation === "ufldl") return { symbol: `∂W${raised(number - 1)}`, word: "" };
			return { symbol: notation === "caffe" ? `${name}.W.diff` : `${name}.weight.grad`, word: "" };
		default:
			return notation === "ufldl" ? { symbol: `a${raised(number)}`, word } : { symbol: name, word: "" };
	}
}

export function groupLabel(text: Catalogue, structure: Structure, stage: StageGroup, notation: NotationId): GroupLabel {
	const { subject } = stage;
	switch (subject.kind) {
		case "input":
			return { symbol: notation === "ufldl" ? "x" : (subject.groups[0]?.head.topNames[0] ?? "x"), word: "" };
		case "group":
			return subjectGroupLabel(text, structure, stage, subject.group, notation);
		case "decay":
			return { symbol: notation === "ufldl" ? "λ" : text.app.groups.decay, word: "" };
		case "clip":
			return { symbol: text.app.groups.clip, word: "" };
		case "parameter":
			return {
				symbol: parameterSymbol(structure, subject.parameter.layer, subject.parameter.slot, notation),
				word: "",
			};
		case "again":
			return { symbol: notation === "ufldl" ? "J" : text.app.groups.loss, word: "" };
	}
}

/** What a row of a layer's weights leads to: a channel of a convolution, a gate of a unit, or a unit. */
function rowWord(text: Catalogue, structure: Structure, group: Group, row: number, notation: NotationId): string {
	const base = unitBase(notation);
	if (rowIsMap(group)) return text.layers.channelOf(group.head.name, row + base);
	const { gate, unit } = gateRow(group, row);
	const name = unitWord(text, structure, group, unit, notation);
	return gate === null ? name : text.layers.ofUnit(gateName(text, gate), name);
}

function unitStage(
	text: Catalogue,
	structure: Structure,
	stage: StageGroup,
	unit: number,
	notation: NotationId,
): string {
	const { stages } = text.app;
	const { subject } = stage;
	switch (subject.kind) {
		case "input":
			return stages.input;
		case "decay":
			return stages.decayTerm;
		case "clip":
			return stages.clip;
		case "again":
			return stages.again;
		case "parameter": {
			const symbol = parameterSymbol(structure, subject.parameter.layer, subject.parameter.slot, notation);
			const owner = structure.groupOf(subject.parameter.layer, 0);
			if (stage.units > 1 && rowIsMap(owner)) return stages.solverMap(symbol, unit + unitBase(notation));
			return stage.units > 1 ? stages.solverRow(symbol, unit + unitBase(notation)) : stages.solver(symbol);
		}
		case "group": {
			const { group } = subject;
			if (stage.phase === "loss") {
				return unit < stage.units - 1 ? stages.probability(unit + unitBase(notation)) : stages.dataTerm;
			}
			const name = unitWord(text, structure, group, unit, notation);
			if (stage.phase === "backward") return stages.backward(deltaSymbol(notation), name);
			if (stage.phase === "gradients") return stages.gradients(rowWord(text, structure, group, unit, notation));
			return group.elementwise.length > 0 ? stages.forward(name) : stages.forwardLinear(name);
		}
	}
}

/** One line that says what a step computed, for the transport, the slider and the live region. */
export function stageLine(text: Catalogue, structure: Structure, node: StageNode, notation: NotationId): string {
	const { phase, group, time, unit, term } = node;
	if (phase === null) return text.app.stages.iteration;
	if (group === null) return text.app.phases[phase.name];
	if (unit === null) {
		const { symbol, word } = groupLabel(text, structure, group, notation);
		return group.units === 1
			? unitStage(text, structure, group, 0, notation)
			: `${text.app.phases[phase.name]} · ${symbol} ${word}`.trim();
	}
	const unitLine = unitStage(text, structure, group, unit, notation);
	const line = time === null ? unitLine : text.app.stages.atTime(unitLine, time + 1);
	const terms = unitTerms(group, unit, time ?? 0);
	return term === null || terms === 1 ? line : text.app.stages.term(line, term + 1, terms);
}
