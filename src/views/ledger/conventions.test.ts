import { describe, expect, it } from "vitest";
import { xor } from "../../data/presets/xor.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { LayerSpecification } from "../../engine/specification.ts";
import type { NotationId } from "../../explain/notation.ts";
import type { Subject } from "../../explain/reading.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView } from "../../store/view.ts";
import { conventionOf } from "./conventions.ts";

const double = { name: "double", type: "Power", bottoms: ["hidden"], tops: ["hidden"], settings: { scale: 2 } };
const secondLoss = {
	name: "loss2",
	type: "EuclideanLoss",
	bottoms: ["output_a", "label"],
	tops: ["loss2"],
	settings: {},
};

/** XOR with a layer more, behind the one of a name. */
async function xorWith(layer: LayerSpecification, after: string, notation: NotationId) {
	const base = await openPreset(xor);
	const place = base.net.layers.findIndex(({ name }) => name === after) + 1;
	const experiment = { ...base, net: { ...base.net, layers: base.net.layers.toSpliced(place, 0, layer) } };
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
		notation,
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
		const view = await xorWith(double, "hidden", "caffe");
		const reason = text.common.inPlace.own("double", "double");
		expect(conventionOf(view, text, top("hidden"))).toBe(`${reason} ${text.ledger.conventions.caffe.delta}`);
		for (const layer of ["double", "output"]) expect(conventionOf(view, text, top(layer))).not.toContain(reason);
		expect(conventionOf(view, text, top("hidden", "data"))).not.toContain(reason);
	});

	it.each([en, zh])("speaks of the whole batch's δ where UFLDL has none of one sample", async (text) => {
		const view = await xorWith(double, "hidden", "ufldl");
		const { conventions, wholeBatch } = text.ledger;
		expect(conventionOf(view, text, top("output"))).toBe(wholeBatch.inPlace);
		expect(conventionOf(view, text, top("hidden"))).toContain(wholeBatch.inPlace);
		expect(conventionOf(view, text, top("hidden"))).not.toContain(conventions.ufldl.delta);
		// The number itself is the batch's: the same as Caffe's.
		const caffe = await xorWith(double, "hidden", "caffe");
		const delta: ScalarReference = {
			kind: "top",
			iteration: 1,
			pass: 0,
			layer: "output",
			slot: 0,
			side: "diff",
			index: 0,
		};
		expect(view.shown(delta)).toBe(caffe.shown(delta));
		const twoLosses = await xorWith(secondLoss, "loss", "ufldl");
		expect(conventionOf(twoLosses, text, top("hidden"))).toBe(wholeBatch.severalLosses);
		const plain = await xorWith({ ...double, tops: ["unread"] }, "hidden", "ufldl");
		expect(conventionOf(plain, text, top("hidden"))).toBe(conventions.ufldl.delta);
	});
});
