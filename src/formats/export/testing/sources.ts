import { evaluate } from "../../../engine/evaluate.ts";
import { type ExplanationContext, explainScalar } from "../../../engine/explain-scalar.ts";
import { readTrace } from "../../../engine/read-trace.ts";
import type { NotationId } from "../../../explain/notation.ts";
import { structureOf } from "../../../timeline/structure.ts";
import { createTimeline } from "../../../timeline/timeline.ts";
import type { Iteration } from "../python/script.ts";
import type { ExportSource } from "../source.ts";

/** An iteration with all that explains it. */
export function sourceOf({ net, trace, title }: Iteration, notation: NotationId = "ufldl"): ExportSource {
	const structure = structureOf(net);
	const engine: ExplanationContext = {
		net,
		settings: trace.settings,
		read(reference) {
			const recorded = readTrace(net, trace, reference);
			if (recorded !== undefined) return recorded;
			const expression = reference.kind === "share" ? explainScalar(engine, reference) : null;
			return expression === null ? Number.NaN : evaluate(expression, engine.read);
		},
	};
	return {
		trace,
		timeline: createTimeline(structure, trace.settings),
		explain: { structure, engine, notation },
		title,
	};
}
