// @ts-check
// Reads what the main thread did from Chromium's trace events. Times are microseconds, as in the trace.

/** @typedef {{ name: string, cat: string, ph: string, ts: number, dur?: number, pid: number, tid: number, args?: { name?: string, data?: { type?: string } } }} TraceEvent */

/** @typedef {{ readonly start: number, readonly end: number }} Span */

/**
 * The value that a share of all values does not exceed (nearest rank).
 * @param {readonly number[]} values
 * @param {number} share 0..1
 */
export function percentile(values, share) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The page's main thread: the one named so that did most of the marked work.
 * @param {readonly TraceEvent[]} events
 */
function mainThread(events) {
	const names = events.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
	let best = { pid: -1, tid: -1, tasks: -1 };
	for (const { pid, tid } of names) {
		const tasks = events.filter((event) => event.pid === pid && event.tid === tid).length;
		if (tasks > best.tasks) best = { pid, tid, tasks };
	}
	return best;
}

/**
 * The outermost tasks of the page's main thread.
 * @param {readonly TraceEvent[]} events
 * @returns {Span[]} in the order of time
 */
export function tasksOf(events) {
	const { pid, tid } = mainThread(events);
	const spans = events
		.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X")
		.filter((event) => event.name === "RunTask" || event.name === "ThreadControllerImpl::RunTask")
		.map((event) => ({ start: event.ts, end: event.ts + (event.dur ?? 0) }))
		.sort((a, b) => a.start - b.start);
	/** @type {Span[]} */
	const outermost = [];
	for (const span of spans) {
		const last = outermost.at(-1);
		if (last === undefined || span.start >= last.end) outermost.push(span);
	}
	return outermost;
}

/**
 * The ends of the commits, by which the main thread hands a frame over.
 * @param {readonly TraceEvent[]} events
 * @returns {number[]}
 */
export function commitsOf(events) {
	const { pid, tid } = mainThread(events);
	return events
		.filter((event) => event.pid === pid && event.tid === tid && event.name === "Commit" && event.ph === "X")
		.map((event) => event.ts + (event.dur ?? 0))
		.sort((a, b) => a - b);
}

/**
 * Main-thread time within a stretch; waiting is left out.
 * @param {readonly Span[]} tasks
 * @param {number} from
 * @param {number} to
 */
export function busy(tasks, from, to) {
	return tasks.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
}

/**
 * For each keydown, the main-thread time from its dispatch to the end of the commit after it.
 * @param {readonly TraceEvent[]} events
 * @returns {number[]}
 */
export function stepTimes(events) {
	const { pid, tid } = mainThread(events);
	const tasks = tasksOf(events);
	const commits = commitsOf(events);
	return events
		.filter((event) => event.pid === pid && event.tid === tid && event.name === "EventDispatch" && event.ph === "X")
		.filter((event) => event.args?.data?.type === "keydown")
		.flatMap(({ ts }) => {
			const commit = commits.find((end) => end > ts);
			return commit === undefined ? [] : [busy(tasks, ts, commit)];
		});
}
