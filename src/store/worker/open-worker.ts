import type { Net } from "../../engine/net.ts";
import type { ReplayOptions } from "../../engine/replay.ts";
import Worker from "./run.worker.ts?worker&inline";
import { openWorkerRunner, type WorkerRunner } from "./worker-runner.ts";

/** Starts a worker with a run in it. Rejects where this page may have no worker. */
export async function openInWorker(
	options: ReplayOptions,
	net: Net,
): Promise<{ readonly runner: WorkerRunner; readonly close: () => void }> {
	const worker = new Worker();
	const runner = await openWorkerRunner(worker, options, net);
	return { runner, close: () => worker.terminate() };
}
