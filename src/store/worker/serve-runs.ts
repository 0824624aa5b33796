import "../../engine/layers/index.ts";
import { type Change, type ChangedIterations, createChangedIterations } from "../../engine/changed-iteration.ts";
import { EngineError } from "../../engine/problem.ts";
import type { ReplayOptions } from "../../engine/replay.ts";
import { createRunner, type Runner } from "../../engine/runner.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import type { RunReply, RunRequest } from "./messages.ts";

/** What of a worker's own scope is used. */
interface Thread {
	onmessage: ((event: MessageEvent<RunRequest>) => unknown) | null;
	postMessage(message: RunReply, options: { readonly transfer: Transferable[] }): void;
}

/** Every buffer of a value made of plain objects and typed arrays, each once. */
function buffersIn(value: unknown, found: Set<ArrayBuffer> = new Set()): Set<ArrayBuffer> {
	if (ArrayBuffer.isView(value)) {
		if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
	} else if (typeof value === "object" && value !== null) {
		for (const part of Object.values(value)) buffersIn(part, found);
	}
	return found;
}

/** Serves one run from a thread of its own. It keeps no trace: the arrays move to the page. */
export function serveRuns(thread: Thread): void {
	let runner: Runner | null = null;
	let options: ReplayOptions | null = null;
	let told = 0;

	function reply(message: RunReply, transfer: Transferable[] = []): void {
		thread.postMessage(message, { transfer });
	}

	function fail(request: number | null, error: unknown): void {
		const problem = error instanceof EngineError ? error.problem : null;
		reply({ kind: "failed", request, problem, message: String(error) });
	}

	function failed(request: number, error: unknown): void {
		if (error instanceof DOMException && error.name === "AbortError") reply({ kind: "overtaken", request });
		else fail(request, error);
	}

	async function trace(request: number, iteration: number): Promise<void> {
		if (runner === null) return fail(request, new Error("no run is open"));
		try {
			const found = await runner.trace(iteration);
			const losses = { from: told, values: runner.losses.slice(told) };
			told = runner.losses.length;
			reply({ kind: "trace", request, trace: found, losses }, [...buffersIn(found)]);
		} catch (error) {
			failed(request, error);
		}
	}

	/** The iteration that numbers are changed in, as it was recorded: kept here, since the page has the other copy. */
	let base: IterationTrace | null = null;
	let changed: ChangedIterations | null = null;

	async function traceWith(request: number, iteration: number, change: Change): Promise<void> {
		try {
			if (runner === null || options === null) throw new Error("no run is open");
			if (base?.iteration !== iteration) base = await runner.trace(iteration);
			changed ??= createChangedIterations(options);
			const found = changed.traceWith(base, change);
			reply({ kind: "changed", request, trace: found }, [...buffersIn(found)]);
		} catch (error) {
			failed(request, error);
		}
	}

	thread.onmessage = ({ data }) => {
		if (data.kind === "trace") {
			void trace(data.request, data.iteration);
			return;
		}
		if (data.kind === "changed") {
			void traceWith(data.request, data.iteration, data.change);
			return;
		}
		try {
			runner = createRunner(data.options, 0);
			options = data.options;
			reply({ kind: "opened" });
		} catch (error) {
			fail(null, error);
		}
	};
}
