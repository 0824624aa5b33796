import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import { densePresets as presets } from "../../data/testing/dense-presets.ts";
import type { NotationId } from "../../explain/notation.ts";
import { dataValue } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import type { PhaseName } from "../../timeline/timeline.ts";
import { batchModel } from "./model.ts";

async function opened(id: PresetId, notation: NotationId = "ufldl", iterSize = 1) {
	const preset = await openPreset(presetById(id));
	const experiment = { ...preset, solver: { ...preset.solver, iterSize } };
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	const at = (leaf: number): View =>
		createView({
			experiment,
			timeline,
			trace,
			cursor: { iteration: 1, leaf },
			depth: "unit",
			sample: 0,
			failure: null,
			notation,
		});
	const endOf = (name: PhaseName) => {
		const phase = timeline.phases.findLast((candidate) => candidate.name === name);
		if (phase === undefined) throw new Error(`no phase ${name}`);
		return phase.first + phase.leaves - 1;
	};
	return { at, timeline, endOf };
}

const number = (reading: Reading | undefined) => Number(reading === undefined ? Number.NaN : dataValue(reading));

describe("the batch panel's table", () => {
	it.each(presets.map(({ id }) => id))("%s: has a reading for every sample at every stage", async (id) => {
		const { at, timeline } = await opened(id);
		const { samples } = timeline.structure.groups[0];
		for (const group of timeline.groups) {
			const model = batchModel(at(group.first + group.leaves - 1), null);
			expect(model.samples).toBe(samples);
			for (const { readings } of model.columns) {
				expect(readings).toHaveLength(samples);
				for (const { status } of readings) expect(status).toBe("known");
			}
			for (const { reading } of model.totals) expect(reading.status).not.toBe("not-yet");
		}
	});

	it("adds the shares up to the sum, and the sum divided by the samples is the gradient", async () => {
		const { at, endOf } = await opened("xor");
		const { columns, totals } = batchModel(at(endOf("gradients")), null);
		const shares = columns[columns.length - 1].readings.map(number);
		const [came, back] = columns.map(({ readings }) => readings.map(number));
		shares.forEach((share, sample) => {
			expect(came[sample] * back[sample]).toBeCloseTo(share, 15);
		});
		const [total, mean] = totals;
		expect(totals.map(({ kind }) => kind)).toEqual(["sum", "mean"]);
		expect(number(total.reading)).toBeCloseTo(
			shares.reduce((sum, share) => sum + share, 0),
			15,
		);
		expect(number(mean.reading)).toBeCloseTo(number(total.reading) / 4, 15);
	});

	it("has no mean where the notation's shares are divided already", async () => {
		const { at, endOf } = await opened("xor", "caffe");
		expect(batchModel(at(endOf("gradients")), null).totals.map(({ kind }) => kind)).toEqual(["sum"]);
	});

	it("counts who wants a weight lower and who higher", async () => {
		const { at, endOf } = await opened("disagreement");
		const { votes } = batchModel(at(endOf("solver")), {
			kind: "parameter",
			iteration: 1,
			layer: "output",
			slot: 0,
			moment: "gradient",
			index: 0,
		});
		expect(votes).toMatchObject({ lower: 1, higher: 3 });
	});

	it("gives each sample its loss, whose mean is the batch's", async () => {
		for (const id of ["xor", "digits"] as const) {
			const { at, timeline } = await opened(id);
			const phase = timeline.phases.find(({ name }) => name === "loss");
			const data = phase?.groups[0];
			if (data === undefined) throw new Error("no loss");
			const { columns, totals } = batchModel(at(data.first + data.leaves - 1), null);
			const losses = columns[columns.length - 1].readings.map(number);
			expect(losses.reduce((sum, loss) => sum + loss, 0) / losses.length).toBeCloseTo(number(totals[0].reading), 12);
		}
	});

	it("hatches the samples that the stage has not come to", async () => {
		const { at, timeline } = await opened("xor");
		const stage = timeline.phases.find(({ name }) => name === "gradients")?.groups[0];
		if (stage === undefined) throw new Error("no gradients");
		const { columns, totals, votes } = batchModel(at(stage.first + 1), null);
		expect(columns[2].readings.map(({ status }) => status)).toEqual(["known", "known", "not-yet", "not-yet"]);
		expect(totals.map(({ reading }) => reading.status)).toEqual(["not-yet", "not-yet"]);
		expect(votes).toBeNull();
	});

	it("tells the sum of one pass from the gradient of all", async () => {
		const { at, endOf } = await opened("xor", "caffe", 2);
		const { totals } = batchModel(at(endOf("gradients")), null);
		expect(totals.map(({ kind }) => kind)).toEqual(["sum", "gradient"]);
	});

	it("shows no shares of a parameter that is not updated", async () => {
		const { at, endOf } = await opened("worked-example");
		const { columns, totals } = batchModel(at(endOf("gradients")), {
			kind: "parameter",
			iteration: 1,
			layer: "output",
			slot: 1,
			moment: "gradient",
			index: 0,
		});
		expect(columns).toEqual([]);
		expect(totals[0].reading.status).toBe("not-computed");
	});
});
