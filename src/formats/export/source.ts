import type { IterationTrace } from "../../engine/trace.ts";
import type { ExplainContext } from "../../explain/expand.ts";
import type { Timeline } from "../../timeline/timeline.ts";

/** One recorded iteration with all that explains it: what every export is written from. */
export interface ExportSource {
	readonly trace: IterationTrace;
	readonly timeline: Timeline;
	readonly explain: ExplainContext;
	/** What the experiment is called. */
	readonly title: string;
}
