import { multiplyAdds } from "./cost.ts";
import type { Net } from "./net.ts";
import { createReplay, type ReplayOptions } from "./replay.ts";
import type { SolverSettings } from "./specification.ts";
import type { IterationTrace } from "./trace.ts";
import { yieldToPage } from "./yield-to-page.ts";

/** How long one slice of a replay may hold the thread, in milliseconds. */
const SLICE_MS = 12;

/**
 * The asynchronous face of a run: what the session talks to, wherever the arithmetic is done. Traces of iterations
 * asked for again are the same arrays while they are remembered, and the same bits always.
 */
export interface Runner {
	readonly net: Net;
	/** Losses of the iterations run so far (index 0 is iteration 1); grows as iterations run. */
	readonly losses: readonly number[];
	settingsAt(iteration: number): SolverSettings;
	/**
	 * The trace of an iteration (from 1). Where an earlier iteration's loss is not finite already, that iteration's
	 * trace is given instead. Rejects with an AbortError when another trace is asked for meanwhile.
	 */
	trace(iteration: number): Promise<IterationTrace>;
	/** The trace, if it is at hand without any work. */
	peek(iteration: number): IterationTrace | undefined;
}

/** How many traces are remembered: the neighbours of where a person stands. */
export const REMEMBERED = 4;

/** Multiply-adds that are done well within a slice. */
const STRIDE_COST = 200_000;

/** Keeps the traces asked for last. */
export function createTraceMemory(capacity: number) {
	const remembered = new Map<number, IterationTrace>();
	return {
		get: (iteration: number) => remembered.get(iteration),
		keep(trace: IterationTrace): IterationTrace {
			remembered.delete(trace.iteration);
			remembered.set(trace.iteration, trace);
			if (remembered.size > capacity) {
				const [oldest] = remembered.keys();
				remembered.delete(oldest);
			}
			return trace;
		},
	};
}

/** What a request for a trace is rejected with when another one overtakes it. */
export function overtaken(): DOMException {
	return new DOMException("another iteration was asked for", "AbortError");
}

/** Whether all parameters were finite before the iteration. */
function startsFinite({ parameters }: IterationTrace): boolean {
	return parameters.every(({ before }) => before.every(Number.isFinite));
}

/**
 * Runs in place, sliced so that the page stays responsive. `remembered`: how many traces are kept at hand.
 * @throws EngineError for a net, a solver or data that cannot be.
 */
export function createRunner(options: ReplayOptions, remembered = REMEMBERED): Runner {
	const replay = createReplay(options);
	const memory = createTraceMemory(remembered);
	/** Steps between two looks at the clock. */
	const stride = Math.max(1, Math.floor(STRIDE_COST / Math.max(1, multiplyAdds(replay.training.net))));
	/** One iteration may take longer than a slice: it is done layer by layer. */
	const isLarge = stride === 1;
	let request = 0;
	/** What is under way and cannot be left half done. */
	let working: Promise<unknown> = Promise.resolve();
	let end = 0;

	async function rest(): Promise<void> {
		await yieldToPage();
		end = performance.now() + SLICE_MS;
	}

	/** Whether the run is known to stop before an iteration. */
	const endsBefore = (iteration: number) => replay.failedAt !== null && replay.failedAt < iteration;

	/** Does all parts, with rests for the page when a slice is over. Begins when what is under way is done. */
	function inTurn<T>(parts: () => Generator<void, T>): Promise<T> {
		const result = working.then(async () => {
			const work = parts();
			for (;;) {
				const step = work.next();
				if (step.done) return step.value;
				if (performance.now() < end) continue;
				await rest();
			}
		});
		working = result.catch(() => {});
		return result;
	}

	return {
		net: replay.training.net,
		losses: replay.losses,
		settingsAt: replay.settingsAt,
		peek: memory.get,
		async trace(iteration) {
			const known = memory.get(iteration);
			if (known !== undefined) return memory.keep(known);
			const mine = ++request;
			end = performance.now() + SLICE_MS;
			let target = iteration;
			for (;;) {
				const wanted = replay.failedAt !== null ? Math.min(target, replay.failedAt) : target;
				let arrived = isLarge ? await inTurn(() => replay.advanceParts(wanted)) : replay.isNear(wanted);
				while (!arrived && !isLarge && !endsBefore(wanted) && performance.now() < end)
					arrived = replay.advance(wanted, stride);
				if (mine !== request) throw overtaken();
				if (arrived) {
					const trace = isLarge ? await inTurn(() => replay.recordParts(wanted)) : replay.record(wanted);
					if (wanted !== replay.failedAt || wanted === 1 || startsFinite(trace)) return memory.keep(trace);
					// The update before made them so: there the run has to stop.
					target = wanted - 1;
					const before = memory.get(target);
					if (before !== undefined) return memory.keep(before);
					continue;
				}
				if (endsBefore(wanted)) continue;
				if (performance.now() >= end) await rest();
				if (mine !== request) throw overtaken();
			}
		},
	};
}
