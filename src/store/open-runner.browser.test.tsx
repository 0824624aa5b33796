import { describe, expect, it, vi } from "vitest";
import { digits } from "../data/presets/digits.ts";
import { type Change, createChangedIterations } from "../engine/changed-iteration.ts";
import type { ReplayOptions } from "../engine/replay.ts";
import { createRunner } from "../engine/runner.ts";
import { openPreset } from "./open-experiment.ts";
import { openRunner } from "./open-runner.ts";

/** The digits with more hidden units: a net that is not run in place. */
async function largeRun(): Promise<ReplayOptions> {
	const experiment = await openPreset(digits);
	const layers = experiment.net.layers.map((layer) =>
		layer.name === "hidden" ? { ...layer, settings: { ...layer.settings, num_output: 700 } } : layer,
	);
	return {
		net: { ...experiment.net, layers },
		solver: experiment.solver,
		data: experiment.data.source,
		seed: experiment.seed,
		edits: [{ iteration: 3, parameters: { "output/1": { 0: 0.25 } } }],
	};
}

describe("a large net's run", () => {
	it("is done in a worker, with the same bits as in place", async () => {
		const options = await largeRun();
		const workers = vi.spyOn(globalThis, "Worker");
		const runner = openRunner(options);
		const found = await runner.trace(4);
		expect(workers).toHaveBeenCalledOnce();
		expect(found).toEqual(await createRunner(options).trace(4));
		expect(runner.losses).toHaveLength(4);
		expect(runner.peek(4)).toBe(found);
		expect(await runner.trace(2)).toEqual(await createRunner(options).trace(2));
		runner.close();
		workers.mockRestore();
	});

	it("is done there, too, with a number changed", async () => {
		const options = await largeRun();
		const changes: readonly Change[] = [
			{ kind: "parameter", layer: "hidden", slot: 0, index: 7, value: 0.5 },
			{ kind: "data", blob: "data", sample: 9, index: 3, value: 0.25 },
			{ kind: "solver", change: { baseLr: 0.125 } },
		];
		const runner = openRunner(options);
		const here = createChangedIterations(options);
		for (const iteration of [2, 4]) {
			const trace = await runner.trace(iteration);
			for (const change of changes)
				expect(await runner.traceWith?.(iteration, change)).toEqual(here.traceWith(trace, change));
		}
		expect(await runner.trace(3)).toEqual(await createRunner(options).trace(3));
		runner.close();
	});

	it("gives up a request that another one overtakes", async () => {
		const runner = openRunner(await largeRun());
		await runner.trace(1);
		const [far, near] = await Promise.allSettled([runner.trace(100_000), runner.trace(2)]);
		expect(far).toMatchObject({ status: "rejected", reason: { name: "AbortError" } });
		expect(near.status).toBe("fulfilled");
		runner.close();
	});

	it("is done in place where no worker can be made", async () => {
		const options = await largeRun();
		const workers = vi.spyOn(globalThis, "Worker").mockImplementation(function refuse() {
			throw new DOMException("refused", "SecurityError");
		});
		const runner = openRunner(options);
		const second = await createRunner(options).trace(2);
		expect(await runner.trace(2)).toEqual(second);
		const change: Change = { kind: "solver", change: { momentum: 0.5 } };
		expect(await runner.traceWith?.(2, change)).toEqual(createChangedIterations(options).traceWith(second, change));
		workers.mockRestore();
	});
});
