import type { ScalarReference } from "../../engine/reference.ts";
import type { Structure } from "../../timeline/structure.ts";
import type { Notation } from "../notation.ts";
import { code, type Symbol } from "../symbol.ts";
import { internalPlace, parameterName, parameterPlace } from "./places.ts";

const SOLVER: Readonly<Record<string, string>> = {
	rate: "rate",
	momentum: "momentum",
	momentum2: "momentum2",
	delta: "delta",
	rmsDecay: "rms_decay",
	weightDecay: "weight_decay",
	iterSize: "iter_size",
	clipGradients: "clip_gradients",
	clipNorm: "l2norm_diff",
	clipScale: "scale_factor",
};

function parameter(
	structure: Structure,
	r: Extract<ScalarReference, { readonly kind: "parameter" | "share" }>,
): Symbol {
	const { group, isBias, row, column } = parameterPlace(structure, r);
	const subscript = isBias ? String(row) : `${row},${column}`;
	const blob = `${r.layer}.${parameterName(group, r.slot) ?? (isBias ? "b" : "W")}`;
	if (r.kind === "share") return code(`${blob}.diff`, `${subscript}; n=${r.sample}`);
	switch (r.moment) {
		case "before":
			return code(blob, subscript);
		case "after":
			return code(`${blob}′`, subscript);
		case "history":
		case "history2":
			return code("history", subscript);
		case "update":
			return code("update", subscript);
		default:
			return code(`${blob}.diff`, r.moment === "gradient" ? subscript : `${subscript}; ${r.moment}`);
	}
}

/** Caffe: blobs by name with data and diff, everything counted from 0. */
export const caffe: Notation = {
	id: "caffe",
	name: "Caffe",
	firstIndex: 0,
	symbol(structure, r) {
		switch (r.kind) {
			case "top": {
				const layer = structure.net.layer(r.layer);
				const group = structure.groupOf(r.layer, r.slot);
				const blob = layer.topNames[r.slot];
				return code(`${blob}${r.pass === "again" ? "′" : ""}.${r.side}`, String(r.index % group.units));
			}
			case "internal": {
				const inner = structure.net.layer(r.layer).run.internals[r.name];
				const { group, stepped } = internalPlace(structure, r);
				if (!stepped) {
					const index = String(r.index % (inner.count / (inner.shape[0] ?? 1)));
					return group.role === "loss" ? code("prob", index) : code(`${r.layer}.${r.name}`, index);
				}
				return code(`${r.layer}.${r.name}.${r.side}`, String(r.index % (inner.shape.at(-1) ?? 1)));
			}
			case "parameter":
			case "share":
				return parameter(structure, r);
			case "solver":
				return code(SOLVER[r.name]);
			case "loss":
				return r.part === "data"
					? code(r.pass === "again" ? "loss′" : "loss")
					: code(`${r.part === "decay" ? "decay" : "objective"}${r.pass === "again" ? "′" : ""}`);
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
				return code(`${head.topNames[group.slot]}.diff`);
			case "weight":
				return code(`${head.name}.W`);
			case "bias":
				return code(`${head.name}.b`);
		}
	},
};
