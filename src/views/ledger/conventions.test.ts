import { describe, expect, it } from "vitest";
import { xor } from "../../data/presets/xor.ts";
import type { Subject } from "../../explain/reading.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/experiment.ts";
import { buildRun, openTrace } from "../../store/session.ts";
import { createView } from "../../store/view.ts";
import { conventionOf } from "./conventions.ts";

/** XOR whose hidden layer is doubled in place. */
async function doubledInPlace() {
	const base = await openPreset(xor);
	const place = base.net.layers.findIndex(({ name }) => name === "hidden") + 1;
	const double = { name: "double", type: "Power", bottoms: ["hidden"], tops: ["hidden"], settings: { scale: 2 } };
	const experiment = { ...base, net: { ...base.net, layers: base.net.layers.toSpliced(place, 0, double) } };
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	return createView({
		experiment,
		timeline,
		trace,
		cursor: { iteration: 1, leaf: timeline.leaves - 1 },
		depth: "unit",
		sample: 0,
		failure: null,
		notation: "caffe",
	});
}

const top = (layer: string, side: "data" | "diff" = "diff"): Subject => ({
	kind: "top",
	iteration: 1,
	pass: 0,
	layer,
	slot: 0,
	side,
	index: 0,
});

describe("the line below a δ", () => {
	it.each([en, zh])("says why an in-place layer makes it wrong, before the convention", async (text) => {
		const view = await doubledInPlace();
		const reason = text.common.inPlace.own("double", "double");
		expect(conventionOf(view, text, top("hidden"))).toBe(`${reason} ${text.ledger.conventions.caffe.delta}`);
		for (const layer of ["double", "output"]) expect(conventionOf(view, text, top(layer))).not.toContain(reason);
		expect(conventionOf(view, text, top("hidden", "data"))).not.toContain(reason);
	});
});
