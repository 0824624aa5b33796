import type { Net } from "../engine/net.ts";
import type { ReplayOptions } from "../engine/replay.ts";
import { openWorkerRunner, type WorkerRunner } from "../store/worker/worker-runner.ts";

/** The element that holds the page's script, in a page that is one file. */
const SCRIPT_ID = "deltascope-script";

/** Whether this script runs as a thread: the one file's script is both. */
export const isThread = typeof document === "undefined";

/**
 * Starts a worker with a run in it, where there is no file for it to come from: with the page's own script.
 * Rejects where this page may have no worker.
 */
export async function openInWorker(
	options: ReplayOptions,
	net: Net,
): Promise<{ readonly runner: WorkerRunner; readonly close: () => void }> {
	const script = document.getElementById(SCRIPT_ID)?.textContent;
	if (script === null || script === undefined) throw new Error("the page's script is not in the page");
	const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
	const worker = new Worker(url);
	const close = () => {
		worker.terminate();
		URL.revokeObjectURL(url);
	};
	try {
		return { runner: await openWorkerRunner(worker, options, net), close };
	} catch (error) {
		close();
		throw error;
	}
}
