/** A pass of an iteration, from 0; `again` is the closing forward with the new parameters. */
export type Pass = number | "again";

export type Side = "data" | "diff";

/**
 * The states that one element of a learnable parameter goes through in an iteration, in order. A state that the
 * solver's settings skip (no clipping, iter_size 1, no decay) is not recorded.
 */
export const PARAMETER_MOMENTS = [
	"before",
	"gradient",
	"clipped",
	"normalized",
	"regularized",
	"history",
	"history2",
	"update",
	"after",
] as const;
export type ParameterMoment = (typeof PARAMETER_MOMENTS)[number];

/** A number that is the same for the whole iteration. */
export type SolverQuantity =
	| "rate"
	| "momentum"
	| "momentum2"
	| "delta"
	| "rmsDecay"
	| "weightDecay"
	| "iterSize"
	| "clipGradients"
	| "clipNorm"
	| "clipScale";

/**
 * The identity of one scalar of a training run. Layers are named, since names stand in the net's file, in links and on
 * screen; elements are flat row-major indices. Iterations count from 1.
 *
 * - `top`: an element of a layer's output; in-place layers make a new one, so nothing is overwritten in the trace.
 * - `internal`: a recorded value inside a layer (a loss layer's probabilities).
 * - `parameter`: an element of a learnable parameter at a moment of the solver's pipeline. `layer` and `slot` name its
 *   owner. Its history before the iteration is the `history` of the iteration before it.
 * - `share`: what one pass and one sample (a row of the batch) add to an element of a parameter's gradient.
 * - `solver`: a setting in force, or a number shared by all parameters; `layer`/`slot` where it has a multiplier.
 * - `loss`: the objective of a pass: the `data` term (weighted loss tops), the `decay` term, their `total`.
 */
export type ScalarReference =
	| {
			readonly kind: "top";
			readonly iteration: number;
			readonly pass: Pass;
			readonly layer: string;
			readonly slot: number;
			readonly side: Side;
			readonly index: number;
	  }
	| {
			readonly kind: "internal";
			readonly iteration: number;
			readonly pass: Pass;
			readonly layer: string;
			readonly name: string;
			readonly side: Side;
			readonly index: number;
	  }
	| {
			readonly kind: "parameter";
			readonly iteration: number;
			readonly layer: string;
			readonly slot: number;
			readonly moment: ParameterMoment;
			readonly index: number;
	  }
	| {
			readonly kind: "share";
			readonly iteration: number;
			readonly pass: number;
			readonly sample: number;
			readonly layer: string;
			readonly slot: number;
			readonly index: number;
	  }
	| {
			readonly kind: "solver";
			readonly iteration: number;
			readonly name: SolverQuantity;
			readonly layer?: string;
			readonly slot?: number;
	  }
	| {
			readonly kind: "loss";
			readonly iteration: number;
			readonly pass: Pass;
			readonly part: "data" | "decay" | "total";
	  };

/** The reference as one word without spaces: the DOM's `data-ref`, keys of maps, parts of links. */
export function referenceText(r: ScalarReference): string {
	switch (r.kind) {
		case "top":
			return `i${r.iteration}/p${r.pass}/top/${escapeName(r.layer)}/${r.slot}/${r.side}/${r.index}`;
		case "internal":
			return `i${r.iteration}/p${r.pass}/internal/${escapeName(r.layer)}/${r.name}/${r.side}/${r.index}`;
		case "parameter":
			return `i${r.iteration}/parameter/${escapeName(r.layer)}/${r.slot}/${r.moment}/${r.index}`;
		case "share":
			return `i${r.iteration}/p${r.pass}/share/${escapeName(r.layer)}/${r.slot}/s${r.sample}/${r.index}`;
		case "solver":
			return r.layer === undefined
				? `i${r.iteration}/solver/${r.name}`
				: `i${r.iteration}/solver/${r.name}/${escapeName(r.layer)}/${r.slot ?? 0}`;
		case "loss":
			return `i${r.iteration}/p${r.pass}/loss/${r.part}`;
	}
}

const SOLVER_QUANTITIES: readonly SolverQuantity[] = [
	"rate",
	"momentum",
	"momentum2",
	"delta",
	"rmsDecay",
	"weightDecay",
	"iterSize",
	"clipGradients",
	"clipNorm",
	"clipScale",
];

/**
 * Reads what {@link referenceText} wrote; null for anything else. Only the form is checked: whether the net has such a
 * scalar is the reader's to find out.
 */
export function parseReference(text: string): ScalarReference | null {
	const [first = "", ...parts] = text.split("/");
	const iteration = countIn(first, "i");
	if (iteration === null || iteration < 1) return null;
	if (parts[0] === "parameter") return parseParameter(iteration, parts.slice(1));
	if (parts[0] === "solver") return parseSolver(iteration, parts.slice(1));
	const pass: Pass | null = parts[0] === "pagain" ? "again" : countIn(parts[0] ?? "", "p");
	if (pass === null) return null;
	return parseInPass(iteration, pass, parts[1] ?? "", parts.slice(2));
}

function parseInPass(iteration: number, pass: Pass, kind: string, parts: readonly string[]): ScalarReference | null {
	if (kind === "loss") {
		const part = (["data", "decay", "total"] as const).find((candidate) => candidate === parts[0]);
		return part === undefined || parts.length !== 1 ? null : { kind, iteration, pass, part };
	}
	const layer = unescapeName(parts[0] ?? "");
	const index = countIn(parts[3] ?? "", "");
	const side = (["data", "diff"] as const).find((candidate) => candidate === parts[2]);
	if (layer === null || index === null || parts.length !== 4) return null;
	if (kind === "internal" && side !== undefined && /^\w+$/.test(parts[1])) {
		return { kind, iteration, pass, layer, name: parts[1], side, index };
	}
	const slot = countIn(parts[1], "");
	if (slot === null) return null;
	if (kind === "top" && side !== undefined) return { kind, iteration, pass, layer, slot, side, index };
	const sample = countIn(parts[2], "s");
	if (kind !== "share" || sample === null || pass === "again") return null;
	return { kind, iteration, pass, sample, layer, slot, index };
}

function parseParameter(iteration: number, parts: readonly string[]): ScalarReference | null {
	const layer = unescapeName(parts[0] ?? "");
	const slot = countIn(parts[1] ?? "", "");
	const moment = PARAMETER_MOMENTS.find((candidate) => candidate === parts[2]);
	const index = countIn(parts[3] ?? "", "");
	if (layer === null || slot === null || moment === undefined || index === null || parts.length !== 4) return null;
	return { kind: "parameter", iteration, layer, slot, moment, index };
}

function parseSolver(iteration: number, parts: readonly string[]): ScalarReference | null {
	const name = SOLVER_QUANTITIES.find((candidate) => candidate === parts[0]);
	if (name === undefined || (parts.length !== 1 && parts.length !== 3)) return null;
	if (parts.length === 1) return { kind: "solver", iteration, name };
	const layer = unescapeName(parts[1]);
	const slot = countIn(parts[2], "");
	return layer === null || slot === null ? null : { kind: "solver", iteration, name, layer, slot };
}

/** A whole number of at most nine digits behind a prefix. */
function countIn(text: string, prefix: string): number | null {
	const digits = text.startsWith(prefix) ? text.slice(prefix.length) : "";
	return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

function unescapeName(text: string): string | null {
	try {
		return text === "" ? null : decodeURIComponent(text);
	} catch {
		return null;
	}
}

export function sameReference(a: ScalarReference, b: ScalarReference): boolean {
	return referenceText(a) === referenceText(b);
}

/** A net has few names and very many scalars. */
const escaped = new Map<string, string>();

function escapeName(name: string): string {
	const known = escaped.get(name);
	if (known !== undefined) return known;
	const text = encodeURIComponent(name);
	escaped.set(name, text);
	return text;
}
