import type { Net } from "../../engine/net.ts";
import { EngineError } from "../../engine/problem.ts";
import { type ReplayOptions, settingsInForce } from "../../engine/replay.ts";
import { createTraceMemory, overtaken, REMEMBERED, type Runner } from "../../engine/runner.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import type { RunReply, RunRequest } from "./messages.ts";

/** What of a worker the client uses; a test hands in its own. */
export interface RunWorker {
	postMessage(message: RunRequest): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<RunReply>) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
}

interface Pending {
	readonly request: number;
	readonly resolve: (trace: IterationTrace) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * A run in a worker, once it has opened there: the same interface and the same bits as in place.
 * Rejects where the worker cannot be used; the run is then to be done in place.
 */
export function openWorkerRunner(worker: RunWorker, options: ReplayOptions, net: Net): Promise<Runner> {
	const memory = createTraceMemory(REMEMBERED);
	const losses: number[] = [];
	let requests = 0;
	let pending: Pending | null = null;

	function errorOf({ problem, message }: Extract<RunReply, { kind: "failed" }>): Error {
		return problem === null ? new Error(message) : new EngineError(problem);
	}

	/** Takes the request that a reply is for; replies to requests given up long ago are for nobody. */
	function settle(request: number): Pending | null {
		if (pending === null || pending.request !== request) return null;
		const found = pending;
		pending = null;
		return found;
	}

	const runner: Runner = {
		net,
		losses,
		settingsAt: (iteration) => settingsInForce(options, iteration),
		peek: memory.get,
		trace(iteration) {
			const known = memory.get(iteration);
			if (known !== undefined) return Promise.resolve(memory.keep(known));
			pending?.reject(overtaken());
			const request = ++requests;
			return new Promise((resolve, reject) => {
				pending = { request, resolve, reject };
				worker.postMessage({ kind: "trace", request, iteration });
			});
		},
	};

	return new Promise((opened, refused) => {
		worker.onerror = (event) => {
			refused(new Error(event.message));
			pending?.reject(new Error(event.message));
			pending = null;
			worker.terminate();
		};
		worker.onmessage = ({ data }) => {
			switch (data.kind) {
				case "opened":
					opened(runner);
					return;
				case "trace": {
					data.losses.values.forEach((loss, place) => {
						losses[data.losses.from + place] = loss;
					});
					memory.keep(data.trace);
					settle(data.request)?.resolve(data.trace);
					return;
				}
				case "overtaken":
					settle(data.request)?.reject(overtaken());
					return;
				case "failed":
					if (data.request === null) refused(errorOf(data));
					else settle(data.request)?.reject(errorOf(data));
			}
		};
		worker.postMessage({ kind: "open", options });
	});
}
