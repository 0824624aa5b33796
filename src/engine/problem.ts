/** What the engine refuses, as data; `i18n` words it. Every variant names where it is and what was expected. */
export type EngineProblem =
	| {
			readonly code: "unknown-layer-type";
			readonly layer: string;
			readonly type: string;
			/** The type that was probably meant. */
			readonly near?: string;
			readonly line?: number;
	  }
	| { readonly code: "unknown-bottom"; readonly layer: string; readonly bottom: string; readonly line?: number }
	| { readonly code: "duplicate-layer"; readonly layer: string; readonly line?: number }
	| { readonly code: "duplicate-top"; readonly layer: string; readonly top: string; readonly line?: number }
	| {
			readonly code: "port-count";
			readonly layer: string;
			readonly port: "bottom" | "top";
			readonly found: number;
			readonly minimum: number;
			readonly maximum: number;
			readonly line?: number;
	  }
	| {
			readonly code: "shape-mismatch";
			readonly layer: string;
			readonly what: string;
			readonly expected: string;
			readonly found: string;
			readonly line?: number;
	  }
	| { readonly code: "in-place-refused"; readonly layer: string; readonly top: string; readonly line?: number }
	| {
			readonly code: "setting";
			readonly layer: string;
			readonly setting: string;
			readonly expected: string;
			readonly found: string;
			readonly line?: number;
	  }
	| { readonly code: "unknown-setting"; readonly layer: string; readonly setting: string; readonly line?: number }
	| {
			readonly code: "shared-parameter";
			readonly layer: string;
			readonly parameter: string;
			readonly expected: string;
			readonly found: string;
	  }
	| { readonly code: "too-large"; readonly layer: string; readonly elements: number; readonly limit: number }
	| { readonly code: "data-shape"; readonly blob: string; readonly expected: number; readonly found: number }
	| { readonly code: "no-loss" };

/** The only error the engine throws on purpose. */
export class EngineError extends Error {
	readonly problem: EngineProblem;

	constructor(problem: EngineProblem) {
		super(`${problem.code}: ${JSON.stringify(problem)}`);
		this.name = "EngineError";
		this.problem = problem;
	}
}
