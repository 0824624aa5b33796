/** What a file of weights is refused for, as data; `i18n` words it. */
export type WeightsProblem =
	| { readonly code: "not-weights" }
	| { readonly code: "weights-too-long"; readonly found: number; readonly limit: number }
	/** A blob whose shape and values do not agree. */
	| {
			readonly code: "blob-count";
			readonly layer: string;
			readonly slot: number;
			readonly expected: number;
			readonly found: number;
	  }
	/** A layer of the net that has other parameters in the file. */
	| {
			readonly code: "layer-shape";
			readonly layer: string;
			readonly slot: number;
			readonly expected: string;
			readonly found: string;
	  };

/** The only error the readers of weights throw on purpose. */
export class WeightsError extends Error {
	readonly problem: WeightsProblem;

	constructor(problem: WeightsProblem) {
		super(`${problem.code}: ${JSON.stringify(problem)}`);
		this.name = "WeightsError";
		this.problem = problem;
	}
}
