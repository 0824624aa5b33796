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

export function sameReference(a: ScalarReference, b: ScalarReference): boolean {
	return referenceText(a) === referenceText(b);
}

function escapeName(name: string): string {
	return encodeURIComponent(name);
}
