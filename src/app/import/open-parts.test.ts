import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import "../../engine/layers/index.ts";
import { xor } from "../../data/presets/xor.ts";
import { fillParameters } from "../../engine/fill.ts";
import { buildNet } from "../../engine/net.ts";
import { writeCaffemodel } from "../../formats/caffemodel/caffemodel.ts";
import { storedLayers } from "../../formats/caffemodel/net-weights.ts";
import { readCsv } from "../../formats/import/csv.ts";
import { guessRoles, samplesOf } from "../../formats/import/csv-samples.ts";
import { recognise, recogniseText } from "../../formats/import/recognise.ts";
import { FormatError, writeNet } from "../../formats/prototxt/index.ts";
import type { Experiment } from "../../store/experiment.ts";
import { undo } from "../../store/history.ts";
import { stateOf } from "../../store/model-state.ts";
import { openExperiment } from "../../store/open-experiment.ts";
import { sessionStore } from "../../store/session.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import { sampleTarget } from "./experiments.ts";
import { combine, openParts, type Part, PartError, withPart } from "./open-parts.ts";

const text = (content: string, name = "pasted"): Part => ({ name, content: recogniseText(content, name) });
const none = { samples: null, shapes: {} };

const OWN_NET = `name: "own"
layer { name: "in" type: "Input" top: "x" top: "y" input_param { shape { dim: 2 dim: 3 } shape { dim: 2 dim: 2 } } }
layer { name: "ip" type: "InnerProduct" bottom: "x" top: "a" inner_product_param { num_output: 2 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "EuclideanLoss" bottom: "a" bottom: "y" top: "loss" }`;

const FROM_FILE = `layer { name: "db" type: "Data" top: "data" top: "label" data_param { batch_size: 4 source: "x" } }
layer { name: "ip" type: "InnerProduct" bottom: "data" top: "a" inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "a" bottom: "label" top: "loss" }`;

async function refusalOf(parts: readonly Part[], wishes = none): Promise<PartError> {
	const before = sessionStore.getState().run;
	try {
		await openParts(parts, wishes);
	} catch (error) {
		expect(sessionStore.getState().run).toBe(before);
		if (error instanceof PartError) return error;
		throw error;
	}
	throw new Error("nothing was refused");
}

let current: Experiment;
beforeEach(async () => {
	await openPresetById("xor");
	current = await openExperiment("xor");
});

describe("files opened over an experiment", () => {
	it("a net comes with samples drawn for it, and undo brings the former back", async () => {
		const before = sessionStore.getState().run?.experiment;
		const notes = await openParts([text(OWN_NET)], none);
		expect(notes).toEqual([{ code: "float32" }, { code: "drawn", samples: 2, seed: xor.seed }]);
		expect(sessionStore.getState().run?.experiment).toMatchObject({ name: "own", net: { precision: "caffe" } });
		await undo();
		expect(sessionStore.getState().run?.experiment).toBe(before);
	});

	it("a net that reads from a database is asked about, and labels stay within its classes", async () => {
		const asked = await refusalOf([text(FROM_FILE)]);
		expect(asked.cause).toBeInstanceOf(FormatError);
		expect(asked.cause).toMatchObject({ problem: { code: "shape-needed", top: "data", batch: 4 } });
		const { experiment } = await combine(current, [text(FROM_FILE)], { samples: null, shapes: { data: [1, 2, 2] } });
		expect(experiment.data.source.blobs.data.sampleShape).toEqual([1, 2, 2]);
		expect(Array.from(experiment.data.source.blobs.label.values)).toEqual([0, 1, 2, 0]);
	});

	it("a broken net is refused with its line, and nothing has changed", async () => {
		const { cause, part } = await refusalOf([
			text('layer {\n  name: "a" type: "ReLU"\n  botom: "x"\n}', "net.prototxt"),
		]);
		expect(part).toBe("net.prototxt");
		expect(cause).toMatchObject({ problem: { code: "unknown-field", field: "botom", line: 3, column: 3 } });
	});

	it("a solver, weights and samples go into the net that stands", async () => {
		const net = buildNet(current.net);
		fillParameters(net, 99);
		const stored = storedLayers(net, (learnable) => net.learnable[learnable].blob.data);
		const weights: Part = { name: "w.caffemodel", content: recognise(writeCaffemodel("n", stored), "w.caffemodel") };
		const table = readCsv("1,0,0\n0,1,1\n1,1,1");
		const samples = samplesOf(table, guessRoles(table, sampleTarget(current)));
		const parts = [weights, text('base_lr: 0.3\nlr_policy: "fixed"'), text("1,0,0\n0,1,1\n1,1,1")].reduce<
			readonly Part[]
		>(withPart, []);
		const { experiment, notes } = await combine(current, parts, { samples, shapes: {} });
		expect(notes).toEqual([]);
		expect(experiment.net).toBe(current.net);
		expect(experiment.solver.baseLr).toBe(Math.fround(0.3));
		expect(experiment.data.source.samples).toBe(3);
		expect(Object.keys(experiment.start)).toEqual(net.learnable.map(({ layer, slot }) => `${layer}/${slot}`));
	});

	it("samples that do not fit bring a net of their own", async () => {
		const content = "a,b,c,kind\n1,2,3,cat\n4,5,6,dog\n7,8,9,emu";
		const table = readCsv(content);
		const samples = samplesOf(table, guessRoles(table, sampleTarget(current)));
		const notes = await openParts([text(content, "animals.csv")], { samples, shapes: {} });
		expect(notes).toEqual([]);
		const { run, opened } = sessionStore.getState();
		expect(run?.experiment).toMatchObject({ name: "animals", net: { precision: "double" } });
		expect(run?.structure.net.learnable.map(({ blob }) => blob.shape)).toEqual([[4, 3], [4], [3, 4], [3]]);
		expect(opened?.trace.passes[0]).toBeDefined();
	});

	it("weights of another net are refused by their names", async () => {
		const stored = [{ name: "conv1", type: "Convolution", blobs: [{ shape: [1], values: Float64Array.of(1) }] }];
		const { cause } = await refusalOf([
			{ name: "w", content: recognise(writeCaffemodel("n", stored), "w.caffemodel") },
		]);
		expect(cause).toMatchObject({ problem: { code: "weights-none", names: ["conv1"] } });
	});

	it("a saved experiment comes back whole", async () => {
		const saved = JSON.stringify({ ...(await stateOf({ ...current, seed: 12 }, true)), at: "i2.backward.output.1" });
		await openPresetById("worked-example");
		expect(await openParts([text(saved)], none)).toEqual([]);
		const { run, cursor } = sessionStore.getState();
		expect(run?.experiment).toMatchObject({ preset: "xor", seed: 12 });
		expect(writeNet(run?.experiment.net ?? current.net).text).toBe(writeNet(current.net).text);
		expect(cursor.iteration).toBe(2);
	});

	it("real nets of Caffe open once it is known what their samples look like", async () => {
		const folder = "src/formats/prototxt/fixtures";
		const lenet = readFileSync(`${folder}/lenet.prototxt`, "utf8");
		const { experiment } = await combine(current, [text(lenet)], { samples: null, shapes: { data: [1, 28, 28] } });
		expect(experiment.data.source.samples).toBe(64);
	});
});
