// @ts-check
// Reads what the main thread did from Chromium's trace events. Times are microseconds, as in the trace.

/** @typedef {{ name: string, cat: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args?: { name?: string, data?: { type?: string } } }} TraceEvent */

/** @typedef {{ readonly start: number, readonly end: number }} Span */

/** @typedef {Span & { readonly processor: number }} Task with the processor time it took: less than the clock's where other programs ran meanwhile */

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
 * @returns {Task[]} in the order of time
 */
export function tasksOf(events) {
	const { pid, tid } = mainThread(events);
	const spans = events
		.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X")
		.filter((event) => event.name === "RunTask" || event.name === "ThreadControllerImpl::RunTask")
		.map(({ ts, dur = 0, tdur = dur }) => ({ start: ts, end: ts + dur, processor: tdur }))
		.sort((a, b) => a.start - b.start);
	/** @type {Task[]} */
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
 * The main thread's processor time within a stretch; waiting is left out.
 * @param {readonly Task[]} tasks
 * @param {number} from
 * @param {number} to
 */
export function busy(tasks, from, to) {
	return tasks.reduce((sum, { start, end, processor }) => {
		const within = Math.min(end, to) - Math.max(start, from);
		return within > 0 ? sum + (processor * within) / (end - start) : sum;
	}, 0);
}

/** Longer pauses in which the main thread had little to do are rests between two stages, not frames that came late. */
const REST = 100_000;

/**
 * The frames of pictures in motion, each from the commit before it to its own; rests are left out.
 * @param {readonly TraceEvent[]} events
 * @returns {Span[]}
 */
export function framesOf(events) {
	const tasks = tasksOf(events);
	const commits = commitsOf(events);
	return commits
		.slice(1)
		.map((end, index) => ({ start: commits[index] ?? end, end }))
		.filter(({ start, end }) => end - start < REST || busy(tasks, start, end) > (end - start) / 2);
}

/**
 * For each keydown, the main-thread time from its dispatch to the end of the `frames`-th commit after it.
 * @param {readonly TraceEvent[]} events
 * @param {number} frames
 * @returns {number[]}
 */
export function stepTimes(events, frames = 1) {
	const { pid, tid } = mainThread(events);
	const tasks = tasksOf(events);
	const commits = commitsOf(events);
	return events
		.filter((event) => event.pid === pid && event.tid === tid && event.name === "EventDispatch" && event.ph === "X")
		.filter((event) => event.args?.data?.type === "keydown")
		.flatMap(({ ts }) => {
			const commit = commits.filter((end) => end > ts)[frames - 1];
			return commit === undefined ? [] : [busy(tasks, ts, commit)];
		});
}
