/** What a file or a pasted text is refused for, as data; `i18n` words it. Lines and columns count from 1. */
export type ImportProblem =
	| { readonly code: "file-too-large"; readonly found: number; readonly limit: number }
	| { readonly code: "unknown-kind" }
	| { readonly code: "not-json"; readonly line: number; readonly column: number }
	| { readonly code: "csv-empty" }
	| { readonly code: "csv-quote"; readonly line: number }
	/** A row with another number of cells than the first. */
	| { readonly code: "csv-width"; readonly line: number; readonly expected: number; readonly found: number }
	| {
			readonly code: "csv-number";
			readonly line: number;
			readonly column: number;
			/** The column's name. */
			readonly name: string;
			readonly found: string;
	  }
	| { readonly code: "csv-class"; readonly line: number; readonly name: string; readonly found: string }
	| { readonly code: "csv-cells"; readonly found: number; readonly limit: number }
	| { readonly code: "csv-classes"; readonly name: string; readonly found: number; readonly limit: number }
	| { readonly code: "csv-roles"; readonly missing: "input" | "target" }
	/** No layer of the net bears a name of the file's. */
	| { readonly code: "weights-none"; readonly names: readonly string[] }
	| { readonly code: "npz-broken" }
	| { readonly code: "npy-header"; readonly name: string }
	| { readonly code: "npy-type"; readonly name: string; readonly found: string }
	| { readonly code: "npy-length"; readonly name: string; readonly expected: number; readonly found: number };

/** The only error the readers of this folder throw on purpose. */
export class ImportError extends Error {
	readonly problem: ImportProblem;

	constructor(problem: ImportProblem) {
		super(`${problem.code}: ${JSON.stringify(problem)}`);
		this.name = "ImportError";
		this.problem = problem;
	}
}
