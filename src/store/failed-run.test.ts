import { expect, it } from "vitest";
import { presetById } from "../data/presets/index.ts";
import { openPreset } from "./open-experiment.ts";
import { buildRun } from "./run.ts";
import { openTrace } from "./session.ts";

it("stops a run at the first iteration with a number that is not finite, however far one asks", async () => {
	const run = buildRun(await openPreset(presetById("rate-too-large")));
	const far = await run.runner.trace(5000);
	expect(far.iteration).toBeLessThan(10);
	expect(openTrace(run, far).failure).not.toBeNull();
	const before = await run.runner.trace(far.iteration - 1);
	expect(before.iteration).toBe(far.iteration - 1);
	// What the next forward pass cannot hold its closing forward could not hold either; everything before stands.
	const early = openTrace(run, before).failure;
	expect(early === null || early.leaf === openTrace(run, before).timeline.leaves - 1).toBe(true);
	expect((await run.runner.trace(far.iteration + 1)).iteration).toBe(far.iteration);
	expect(run.runner.losses).toHaveLength(far.iteration);
});

it("stops where an update made a parameter infinite, not one iteration later", async () => {
	const base = await openPreset(presetById("rate-too-large"));
	const run = buildRun({ ...base, solver: { ...base.solver, baseLr: 1.7e308 } });
	const far = await run.runner.trace(50);
	const failure = openTrace(run, far).failure;
	expect(failure?.reference).toMatchObject({ kind: "parameter" });
	expect(far.parameters.every(({ before }) => before.every(Number.isFinite))).toBe(true);
});
