import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { presets } from "../data/presets/index.ts";
import { createRunner } from "../engine/runner.ts";
import { countOf } from "../engine/shape.ts";
import { decodeState, encodeState } from "../formats/link/codec.ts";
import { StateError } from "../formats/model/problem.ts";
import { readState, type WrittenState } from "../formats/model/state.ts";
import { withDataValue, withSampleAdded } from "./data-edits.ts";
import { type Experiment, scheduledEdits, withEdit } from "./experiment.ts";
import { experimentOf, stateOf } from "./model-state.ts";
import { openPreset } from "./open-experiment.ts";

/** All that decides the numbers, without what only says where a layer stood in a file. */
function substance({ net, solver, data, seed, start, edits, preset, name }: Experiment) {
	const layers = net.layers.map(({ line: _, ...layer }) => layer);
	return { net: { ...net, layers }, solver, source: data.source, seed, start, edits, preset, name };
}

const through = async (experiment: Experiment) =>
	experimentOf(await decodeState(await encodeState(await stateOf(experiment))));

/** The parameters after an iteration, as bytes. */
async function bitsAfter(experiment: Experiment, iteration: number): Promise<readonly string[]> {
	const runner = createRunner({
		net: experiment.net,
		solver: experiment.solver,
		data: experiment.data.source,
		seed: experiment.seed,
		start: experiment.start,
		edits: scheduledEdits(experiment),
	});
	const { parameters } = await runner.trace(iteration);
	return parameters.map(({ after }) => createHash("sha256").update(after).digest("hex"));
}

describe.each(presets.map((preset) => [preset.id, preset] as const))("%s as a state", (_, preset) => {
	let base: Experiment;
	beforeAll(async () => {
		base = await openPreset(preset);
	});

	it("is its name alone while nothing was changed", async () => {
		expect(await stateOf(base)).toEqual({ v: 1, preset: preset.id });
		expect(substance(await through(base))).toEqual(substance(base));
	});

	it("carries the seed, the solver, its edits, start values and data, and gives the same bits", async () => {
		const [key, values] = Object.entries(base.start)[0] ?? [];
		let changed: Experiment = {
			...base,
			seed: base.seed + 4,
			solver: { ...base.solver, momentum: 0.7, baseLr: 1 / 3 },
		};
		if (key !== undefined && values !== undefined)
			changed = { ...changed, start: { ...base.start, [key]: values.map((w) => w / 3) } };
		changed = withDataValue(changed, Object.keys(base.data.source.blobs)[0], 0, 0, 0.123456789);
		const weights = base.net.layers.filter(({ type }) => type === "InnerProduct");
		for (const layer of weights.slice(0, 2)) {
			changed = withEdit(changed, {
				kind: "parameter",
				iteration: 2,
				layer: layer.name,
				slot: 0,
				index: 0,
				value: -0.1,
			});
		}
		changed = withEdit(changed, { kind: "solver", iteration: 2, change: { weightDecay: 0.01, regularization: "L1" } });
		const back = await through(changed);
		expect(substance(back)).toEqual(substance(changed));
		expect(await bitsAfter(back, 3)).toEqual(await bitsAfter(changed, 3));
		expect((await encodeState(await stateOf(changed))).length).toBeLessThan(1500);
	});

	it("as a whole file holds everything, also what the preset has", async () => {
		const state = await stateOf(withSampleAdded(base), true);
		expect(state).toMatchObject({ net: {}, solver: {}, data: { blobs: {} } });
		const back = await experimentOf(readState(JSON.parse(JSON.stringify(state))));
		expect(substance(back)).toEqual(substance(withSampleAdded(base)));
	});
});

it("a state keeps a blob's own number of rows", async () => {
	const base = await openPreset(presets[0]);
	const { blobs } = base.data.source;
	const [name, { sampleShape }] = Object.entries(blobs)[0];
	const values = new Float64Array(5 * countOf(sampleShape)).fill(0.5);
	const data = { ...base.data, source: { ...base.data.source, blobs: { ...blobs, [name]: { sampleShape, values } } } };
	expect((await through({ ...base, data })).data.source).toEqual(data.source);
});

describe("a state that cannot be", () => {
	const refused: readonly [WrittenState, string][] = [
		[{ v: 1, preset: "no-such" }, "preset"],
		[{ v: 1, net: { text: "layer {", precision: "double" } }, "net"],
		[{ v: 1, net: { text: 'layer { name: "x" type: "Nothing" }', precision: "double" } }, "net"],
		[{ v: 1, solver: { text: "base_lr: 1", precision: "double" } }, "solver"],
		[{ v: 1, data: { id: "x", changes: { data: { 99: 1 } } } }, "data.changes.data.99"],
		[{ v: 1, data: { id: "x", samples: 2, blobs: { data: { shape: [2], values: [1] } } } }, "data.blobs.data"],
		[
			{ v: 1, data: { id: "x", samples: 2, blobs: { data: { shape: [2], rows: 3, values: [1, 2, 3, 4] } } } },
			"data.blobs.data",
		],
		[{ v: 1, edits: [[2, "solver", '{"baseLr": "fast"}']] }, "edits.0.baseLr"],
		[{ v: 1, edits: [[2, "solver", "{"]] }, "edits.0"],
		[{ v: 1, edits: [[2, "hidden/0/4", 1]] }, "edits.0"],
		[{ v: 1, edits: [[2, "nowhere/0/0", 1]] }, "edits.0"],
		[{ v: 1, start: { "hidden/0": [1, 2, 3] } }, "start.hidden/0"],
		[{ v: 1, edits: [[2, "solver", '{"colour": 1}']] }, "edits.0.colour"],
	];
	it.each(refused)("%j is refused with its path", async (state, path) => {
		await expect(experimentOf(readState(state))).rejects.toThrow(StateError);
		await experimentOf(readState(state)).catch((error: StateError) => {
			expect(error.problem).toEqual({ code: "S5", path });
		});
	});
});
