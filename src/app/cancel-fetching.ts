import { sessionStore } from "../store/session.ts";

/**
 * Leaves a replay that is under way: a runner drops a request as soon as another is made, so one is made that costs
 * next to nothing, an early iteration that is not at hand.
 */
export function cancelFetching(): void {
	const { run } = sessionStore.getState();
	if (run === null) return;
	let iteration = 1;
	while (run.runner.peek(iteration) !== undefined) iteration++;
	void run.runner.trace(iteration).catch(() => {});
}
