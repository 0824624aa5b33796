import type { ScalarReference } from "../../engine/reference.ts";
import type { Structure } from "../../timeline/structure.ts";
import type { Notation } from "../notation.ts";
import { code, type Symbol } from "../symbol.ts";
import { internalPlace, parameterName, parameterPlace } from "./places.ts";

const SOLVER: Readonly<Record<string, string>> = {
	rate: "lr",
	momentum: "momentum",
	momentum2: "beta2",
	delta: "eps",
	rmsDecay: "alpha",
	weightDecay: "weight_decay",
	iterSize: "accumulate",
	clipGradients: "max_norm",
	clipNorm: "total_norm",
	clipScale: "clip_coef",
};

function parameter(
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "parameter" | "share" }>,
): Symbol {
	const { group, isBias, row, column } = parameterPlace(structure, r);
	const subscript = isBias ? String(row) : `${row},${column}`;
	const tensor = `${r.layer}.${parameterName(group, r.slot) ?? (isBias ? "bias" : "weight")}`;
	if (r.kind === "share") return code(`${tensor}.grad`, `${subscript}; n=${r.sample}`);
	switch (r.moment) {
		case "before":
			return code(tensor, subscript);
		case "after":
			return code(`${tensor}′`, subscript);
		case "history":
		case "history2":
			return code("momentum_buffer", subscript);
		case "update":
			return code("step", subscript);
		default:
			return code(`${tensor}.grad`, r.moment === "gradient" ? subscript : `${subscript}; ${r.moment}`);
	}
}

/** PyTorch: tensors by name, gradients in `.grad`, everything counted from 0. */
export const pytorch: Notation = {
	id: "pytorch",
	name: "PyTorch",
	firstIndex: 0,
	symbol(structure, r) {
		switch (r.kind) {
			case "top": {
				const group = structure.groupOf(r.layer, r.slot);
				const blob = structure.net.layer(r.layer).topNames[r.slot];
				return code(
					`${blob}${r.pass === "again" ? "′" : ""}${r.side === "diff" ? ".grad" : ""}`,
					String(r.index % group.units),
				);
			}
			case "internal": {
				const inner = structure.net.layer(r.layer).run.internals[r.name];
				const { group, stepped } = internalPlace(structure, r);
				if (!stepped) {
					const index = String(r.index % (inner.count / (inner.shape[0] ?? 1)));
					return group.role === "loss" ? code("softmax", index) : code(`${r.layer}.${r.name}`, index);
				}
				const grad = r.side === "diff" ? ".grad" : "";
				return code(`${r.layer}.${r.name}${grad}`, String(r.index % (inner.shape.at(-1) ?? 1)));
			}
			case "parameter":
			case "share":
				return parameter(structure, r);
			case "solver":
				return code(SOLVER[r.name]);
			case "loss":
				return code(
					`${r.part === "data" ? "loss" : r.part === "decay" ? "penalty" : "objective"}${r.pass === "again" ? "′" : ""}`,
				);
		}
	},
	layerSymbol(structure, index, what) {
		const group = structure.groups[index];
		const { head } = group;
		const output = group.elementwise.at(-1) ?? head;
		switch (what) {
			case "a":
			case "target":
				return code(output.topNames[output === head ? group.slot : 0]);
			case "z":
				return code(head.topNames[group.slot]);
			case "delta":
				return code(`${head.topNames[group.slot]}.grad`);
			case "weight":
				return code(`${head.name}.weight`);
			case "bias":
				return code(`${head.name}.bias`);
		}
	},
};
