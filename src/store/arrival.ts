import { yieldToPage } from "../engine/yield-to-page.ts";
import type { Cursor } from "../timeline/cursor.ts";
import { type Opened, openTrace, type Run, sessionStore } from "./session.ts";

const { getState, setState } = sessionStore;

/** The iteration, ready to be seen; null where another was asked for meanwhile. */
export async function fetchIteration(run: Run, iteration: number): Promise<Opened | null> {
	const known = run.runner.peek(iteration);
	if (known !== undefined) return openTrace(run, known);
	setState({ fetching: iteration });
	try {
		const opened = openTrace(run, await run.runner.trace(iteration));
		// A large net's numbers have been looked through for bad ones: that is enough for one task, drawing is the next.
		if (run.runner.traceWith !== null) await yieldToPage();
		return opened;
	} catch (error) {
		if (error instanceof DOMException && error.name === "AbortError") return null;
		throw error;
	} finally {
		if (getState().fetching === iteration) setState({ fetching: null });
	}
}

/** No further than where the iteration is, and no further than its first number that is not finite. */
export function clampCursor({ trace, timeline, failure }: Opened, cursor: Cursor): Cursor {
	const end = failure === null ? timeline.leaves - 1 : failure.leaf;
	const leaf = trace.iteration < cursor.iteration ? end : Math.min(Math.max(cursor.leaf, 0), end);
	return { iteration: trace.iteration, leaf };
}
