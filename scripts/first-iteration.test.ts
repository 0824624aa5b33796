import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { firstRun, giveFirstIteration } from "../src/store/first-run.ts";
import { openingExperiment } from "../src/store/open-experiment.ts";
import { buildRun } from "../src/store/run.ts";
import { moduleOf, recordFirstIteration } from "./first-iteration.ts";

async function written() {
	const file = join(tmpdir(), `first-iteration-${process.pid}.mjs`);
	await writeFile(file, moduleOf(await recordFirstIteration()));
	const { firstIteration } = await import(/* @vite-ignore */ pathToFileURL(file).href);
	return firstIteration;
}

describe("the iteration that the page opens with", () => {
	it("comes out of its module bit for bit as the engine recorded it", async () => {
		expect(await written()).toEqual(await buildRun(openingExperiment).runner.trace(1));
		const odd = { values: Float64Array.of(-0, 0.1 + 0.2, 5e-324), none: null, name: "a\nb" };
		const code = moduleOf({ ...(await recordFirstIteration()), ...odd });
		expect(code).toContain("f(-0,0.30000000000000004,5e-324)");
	});

	it("is followed by what a run from the start makes of it", async () => {
		expect(firstRun(openingExperiment)).toBeNull();
		giveFirstIteration(await written());
		expect(firstRun({ ...openingExperiment })).toBeNull();
		const run = firstRun(openingExperiment);
		const whole = buildRun(openingExperiment);
		expect(run?.runner.peek(1)).toBe(await run?.runner.trace(1));
		expect(run?.runner.peek(2)).toBeUndefined();
		expect(run?.runner.losses).toEqual([(await whole.runner.trace(1)).passes[0]?.dataLoss]);
		expect(await run?.runner.trace(3)).toEqual(await whole.runner.trace(3));
		expect(run?.runner.losses).toEqual(whole.runner.losses);
		expect(run?.runner.peek(3)).toBe(await run?.runner.trace(3));
	});
});
