/** What a link's state or a model's file is refused for, as data; `i18n` words it. */
export type StateProblem =
	/** Cut off on its way. */
	| { readonly code: "S1" }
	/** Changed on its way. */
	| { readonly code: "S2" }
	| { readonly code: "S3"; readonly made: number; readonly known: number }
	| {
			readonly code: "S4";
			readonly found: number;
			readonly limit: number;
			readonly what: "characters" | "bytes" | "weights";
	  }
	/** A part that cannot be: where, and in the reader's words why, if more is known. */
	| { readonly code: "S5"; readonly path: string };

/** The only error the readers of states throw on purpose. `cause` is the engine's or a format's own refusal. */
export class StateError extends Error {
	readonly problem: StateProblem;

	constructor(problem: StateProblem, cause?: unknown) {
		super(`${problem.code}: ${JSON.stringify(problem)}`, { cause });
		this.name = "StateError";
		this.problem = problem;
	}
}
