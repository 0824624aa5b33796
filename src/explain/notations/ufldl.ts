import type { ScalarReference } from "../../engine/reference.ts";
import type { Structure } from "../../timeline/structure.ts";
import type { Notation } from "../notation.ts";
import { letter, type Symbol } from "../symbol.ts";
import { gateRow, internalPlace, layerNumber, pair, parameterLetter, parameterPlace, partOf } from "./places.ts";

const SOLVER: Readonly<Record<string, Symbol>> = {
	rate: letter("α"),
	momentum: letter("μ"),
	momentum2: letter("β", undefined, "2"),
	delta: letter("ε"),
	rmsDecay: letter("ρ"),
	weightDecay: letter("λ"),
	iterSize: letter("n"),
	clipGradients: letter("c"),
	clipNorm: letter("‖g‖", undefined, undefined, { upright: true }),
	clipScale: letter("s"),
};

const MOMENTS: Readonly<Record<string, string>> = {
	clipped: "clip",
	normalized: "÷",
	regularized: "λ",
	history: "",
	history2: "2",
	update: "",
};

function top(structure: Structure, r: Extract<ScalarReference, { readonly kind: "top" }>): Symbol {
	const group = structure.groupOf(r.layer, r.slot);
	const unit = String((r.index % group.units) + 1);
	const number = `(${layerNumber(structure, group)})`;
	const prime = r.pass === "again" ? "′" : "";
	if (group.role === "loss") return letter(`J${prime}`);
	if (group.role === "target") return letter("y", undefined, unit, { partial: r.side === "diff" });
	// Of several inputs all but the first go by their own names: cont says where a sequence begins.
	if (group.role === "input" && group.slot > 0) {
		return letter(group.head.topNames[group.slot], undefined, unit, { partial: r.side === "diff", upright: true });
	}
	if (group.role === "input") return letter("x", undefined, unit, { partial: r.side === "diff" });
	const part = partOf(group, r.layer);
	if (r.side === "data") return letter(`${part}${prime}`, number, unit);
	return part === "z" ? letter("δ", number, unit) : letter("a", number, unit, { partial: true });
}

/** Letters for the values that a recurrent layer keeps on its way. */
const INTERNALS: Readonly<Record<string, string>> = {
	gate_input: "z",
	c: "c",
	h: "h",
	h_conted: "h̄",
	W_xc_x: "u",
	W_xc_x_static: "u",
	h_0: "h₀",
	c_0: "c₀",
	h_T: "h",
	c_T: "c",
	h_neuron_input: "z",
	W_xh_x: "u",
	W_xh_x_static: "u",
	o_neuron_input: "zₒ",
	o: "a",
};

function internal(structure: Structure, r: Extract<ScalarReference, { readonly kind: "internal" }>): Symbol {
	const { gate, unit, group, stepped } = internalPlace(structure, r);
	if (group.role === "loss") return letter("p", undefined, String(unit + 1));
	const partial = r.side === "diff";
	if (!stepped) return letter(r.name, undefined, String(unit + 1), { partial, upright: true });
	const number = `(${layerNumber(structure, group)})`;
	const above = gate !== null && r.name !== "gates" ? `${number}${gate}` : number;
	const base = r.name === "gates" ? (gate ?? r.name) : (INTERNALS[r.name] ?? r.name);
	return letter(base, above, String(unit + 1), { partial });
}

function parameter(
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "parameter" | "share" }>,
): Symbol {
	const { group, isBias, row, column } = parameterPlace(structure, r);
	const { gate, unit } = gateRow(group, row);
	// The gate stands above, as with the values that it makes.
	const number = `(${layerNumber(structure, group) - 1})${gate ?? ""}`;
	const base = parameterLetter(structure, r.layer, r.slot);
	const subscript = isBias ? String(unit + 1) : pair(unit + 1, column + 1);
	if (r.kind === "share") return letter(base, number, `${subscript}; ${r.sample + 1}`, { partial: true });
	switch (r.moment) {
		case "before":
			return letter(base, number, subscript);
		case "after":
			return letter(`${base}′`, number, subscript);
		case "gradient":
			return letter(base, number, subscript, { partial: true });
		case "history":
		case "history2":
			return letter("v", number, subscript);
		case "update":
			return letter(`Δ${base}`, number, subscript);
		default:
			return letter("g", `(${MOMENTS[r.moment]})${gate ?? ""}`, subscript);
	}
}

/** UFLDL: z, a, δ, W^(l)_ij; layers and units from 1, δ of one sample. */
export const ufldl: Notation = {
	id: "ufldl",
	name: "UFLDL",
	firstIndex: 1,
	symbol(structure, r) {
		switch (r.kind) {
			case "top":
				return top(structure, r);
			case "internal":
				return internal(structure, r);
			case "parameter":
			case "share":
				return parameter(structure, r);
			case "solver":
				return SOLVER[r.name];
			case "loss": {
				const prime = r.pass === "again" ? "′" : "";
				return r.part === "total" ? letter(`J${prime}`) : letter(`J${prime}`, undefined, r.part);
			}
		}
	},
	layerSymbol(structure, index, what) {
		const group = structure.groups[index];
		const number = layerNumber(structure, group);
		switch (what) {
			case "a":
				return group.role === "input" ? letter("x") : letter("a", `(${number})`);
			case "z":
				return letter("z", `(${number})`);
			case "delta":
				return letter("δ", `(${number})`);
			case "weight":
				return letter("W", `(${number - 1})`);
			case "bias":
				return letter("b", `(${number - 1})`);
			case "target":
				return letter("y");
		}
	},
};
