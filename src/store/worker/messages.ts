import type { Change } from "../../engine/changed-iteration.ts";
import type { EngineProblem } from "../../engine/problem.ts";
import type { ReplayOptions } from "../../engine/replay.ts";
import type { IterationTrace } from "../../engine/trace.ts";

/** What the page asks of a run in a worker. The first message opens it. */
export type RunRequest =
	| { readonly kind: "open"; readonly options: ReplayOptions }
	| { readonly kind: "trace"; readonly request: number; readonly iteration: number }
	| { readonly kind: "changed"; readonly request: number; readonly iteration: number; readonly change: Change };

/** Losses that the page does not have yet: those from an index on. */
export interface LossNews {
	readonly from: number;
	readonly values: readonly number[];
}

export type RunReply =
	| { readonly kind: "opened" }
	| { readonly kind: "trace"; readonly request: number; readonly trace: IterationTrace; readonly losses: LossNews }
	| { readonly kind: "changed"; readonly request: number; readonly trace: IterationTrace }
	/** Another request came before this one was done. */
	| { readonly kind: "overtaken"; readonly request: number }
	| {
			readonly kind: "failed";
			readonly request: number | null;
			readonly problem: EngineProblem | null;
			readonly message: string;
	  };
