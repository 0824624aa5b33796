/** What a text-format file is refused for, as data; `i18n` words it. Lines and columns count from 1. */
export type FormatProblem =
	| {
			readonly code: "unexpected";
			readonly found: string;
			readonly expected: string;
			readonly line: number;
			readonly column: number;
	  }
	| { readonly code: "unterminated-string"; readonly line: number; readonly column: number }
	| { readonly code: "unclosed"; readonly field: string; readonly line: number; readonly column: number }
	| { readonly code: "too-deep"; readonly limit: number; readonly line: number; readonly column: number }
	| { readonly code: "too-many-fields"; readonly limit: number; readonly line: number; readonly column: number }
	| { readonly code: "too-long"; readonly limit: number; readonly found: number }
	| {
			readonly code: "unknown-field";
			readonly field: string;
			/** The field that was probably meant. */
			readonly near: string | null;
			readonly line: number;
			readonly column: number;
	  }
	| {
			readonly code: "wrong-type";
			readonly field: string;
			readonly expected: string;
			readonly line: number;
			readonly column: number;
	  }
	/** A layer that reads from a file or a database: what one of its samples looks like stands nowhere in the net. */
	| {
			readonly code: "shape-needed";
			readonly layer: string;
			readonly top: string;
			readonly batch: number;
			readonly line: number;
	  }
	/** Without a place where the whole file lacks it. */
	| { readonly code: "missing"; readonly field: string; readonly line?: number; readonly column?: number };

/** The only error the readers of files throw on purpose, beside the engine's own. */
export class FormatError extends Error {
	readonly problem: FormatProblem;

	constructor(problem: FormatProblem) {
		super(`${problem.code}: ${JSON.stringify(problem)}`);
		this.name = "FormatError";
		this.problem = problem;
	}
}
