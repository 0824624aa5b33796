import type { ScalarReference } from "../engine/reference.ts";
import type { Structure } from "../timeline/structure.ts";
import { caffe } from "./notations/caffe.ts";
import { pytorch } from "./notations/pytorch.ts";
import { ufldl } from "./notations/ufldl.ts";
import type { Symbol } from "./symbol.ts";

export type NotationId = "ufldl" | "caffe" | "pytorch";

/** How one world writes the quantities of a net. */
export interface Notation {
	readonly id: NotationId;
	readonly name: string;
	/** Whether it counts units and samples from 0 or 1. */
	readonly firstIndex: 0 | 1;
	symbol(structure: Structure, reference: ScalarReference): Symbol;
	/** The symbol of a whole layer's vector or matrix. */
	layerSymbol(structure: Structure, group: number, what: "a" | "z" | "delta" | "weight" | "bias" | "target"): Symbol;
}

/** Every notation of the switch. Adding one is its file, a line here and its conventions in the catalogues. */
export const notations: Readonly<Record<NotationId, Notation>> = { ufldl, caffe, pytorch };
