import { type Change, type ChangedIterations, createChangedIterations } from "../engine/changed-iteration.ts";
import { multiplyAdds } from "../engine/cost.ts";
import { type ReplayOptions, settingsInForce } from "../engine/replay.ts";
import { createRunner, type Runner } from "../engine/runner.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { buildTrainingNet } from "../engine/training.ts";
import { inSlices } from "./slices.ts";
import type { WorkerRunner } from "./worker/worker-runner.ts";

/** Multiply-adds a pass above which an iteration would hold the page for longer than a frame. */
const IN_PLACE = 1_000_000;

/** A runner that holds a thread or memory until it is closed. */
export interface OpenRunner extends Runner {
	close(): void;
	/**
	 * A large net's iteration once more with one number changed, computed where the run is. Null for a small net: that is
	 * done in place, at once.
	 */
	readonly traceWith: ((iteration: number, change: Change) => Promise<IterationTrace>) | null;
}

/** What a worker would do, where none can be made: in slices, one after the other. */
function inPlace(options: ReplayOptions): WorkerRunner {
	const runner = createRunner(options);
	let changed: ChangedIterations | null = null;
	let working: Promise<unknown> = Promise.resolve();
	return {
		...runner,
		async traceWith(iteration, change) {
			const trace = await runner.trace(iteration);
			const found = working.then(() => {
				changed ??= createChangedIterations(options);
				return inSlices(changed.partsWith(trace, change));
			});
			working = found.catch(() => {});
			return found;
		},
	};
}

/**
 * A run where it is best done: small nets in place, larger ones in a worker, and in place again where no worker can be
 * made. The bits are the same.
 * @throws EngineError for a net, a solver or data that cannot be.
 */
export function openRunner(options: ReplayOptions): OpenRunner {
	const net = buildTrainingNet(options);
	if (multiplyAdds(net) <= IN_PLACE || typeof Worker === "undefined") {
		return { ...createRunner(options), traceWith: null, close: () => {} };
	}
	let opened: WorkerRunner | null = null;
	let close = () => {};
	let closed = false;
	const opening = import("./worker/open-worker.ts")
		.then(({ openInWorker }) => openInWorker(options, net))
		.then(
			(found) => {
				opened = found.runner;
				close = found.close;
				if (closed) close();
				return found.runner;
			},
			() => {
				opened = inPlace(options);
				return opened;
			},
		);
	return {
		net,
		get losses() {
			return opened?.losses ?? [];
		},
		settingsAt: (iteration) => settingsInForce(options, iteration),
		peek: (iteration) => opened?.peek(iteration),
		trace: async (iteration) => (await opening).trace(iteration),
		traceWith: async (iteration, change) => (await opening).traceWith(iteration, change),
		close() {
			closed = true;
			close();
		},
	};
}
