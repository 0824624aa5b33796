import type { Change } from "../../engine/changed-iteration.ts";
import type { Net } from "../../engine/net.ts";
import { EngineError } from "../../engine/problem.ts";
import { type ReplayOptions, settingsInForce } from "../../engine/replay.ts";
import { createTraceMemory, overtaken, REMEMBERED, type Runner } from "../../engine/runner.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { yieldToPage } from "../../engine/yield-to-page.ts";
import type { RunReply, RunRequest } from "./messages.ts";

/** What of a worker the client uses; a test hands in its own. */
export interface RunWorker {
	postMessage(message: RunRequest): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<RunReply>) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
}

interface Asked {
	readonly resolve: (trace: IterationTrace) => void;
	readonly reject: (error: unknown) => void;
}

/** A run in a worker, and its iterations with one number changed, each asked for after the other. */
export interface WorkerRunner extends Runner {
	traceWith(iteration: number, change: Change): Promise<IterationTrace>;
}

/**
 * A run in a worker, once it has opened there: the same interface and the same bits as in place.
 * Rejects where the worker cannot be used; the run is then to be done in place.
 */
export function openWorkerRunner(worker: RunWorker, options: ReplayOptions, net: Net): Promise<WorkerRunner> {
	const memory = createTraceMemory(REMEMBERED);
	const losses: number[] = [];
	let requests = 0;
	/** By the number of the request. Of those for a trace only the last is waited for. */
	const asked = new Map<number, Asked>();
	let lastTrace = 0;

	function errorOf({ problem, message }: Extract<RunReply, { kind: "failed" }>): Error {
		return problem === null ? new Error(message) : new EngineError(problem);
	}

	/** Takes the request that a reply is for; replies to requests given up long ago are for nobody. */
	function settle(request: number): Asked | undefined {
		const found = asked.get(request);
		asked.delete(request);
		return found;
	}

	/** In a task of its own: reading a large net's iteration out of its message has held the page for long enough. */
	async function arrive(request: number, trace: IterationTrace): Promise<void> {
		await yieldToPage();
		settle(request)?.resolve(trace);
	}

	function ask(message: (request: number) => RunRequest): Promise<IterationTrace> {
		const request = ++requests;
		return new Promise((resolve, reject) => {
			asked.set(request, { resolve, reject });
			worker.postMessage(message(request));
		});
	}

	const runner: WorkerRunner = {
		net,
		losses,
		settingsAt: (iteration) => settingsInForce(options, iteration),
		peek: memory.get,
		trace(iteration) {
			const known = memory.get(iteration);
			if (known !== undefined) return Promise.resolve(memory.keep(known));
			settle(lastTrace)?.reject(overtaken());
			lastTrace = requests + 1;
			return ask((request) => ({ kind: "trace", request, iteration }));
		},
		traceWith: (iteration, change) => ask((request) => ({ kind: "changed", request, iteration, change })),
	};

	return new Promise((opened, refused) => {
		worker.onerror = (event) => {
			refused(new Error(event.message));
			for (const { reject } of asked.values()) reject(new Error(event.message));
			asked.clear();
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
					void arrive(data.request, data.trace);
					return;
				}
				case "changed":
					void arrive(data.request, data.trace);
					return;
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
