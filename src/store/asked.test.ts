import { beforeAll, describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { presetById } from "../data/presets/index.ts";
import { readParameters } from "../formats/link/read-parameters.ts";
import { askedExperiment } from "./asked.ts";
import type { Experiment } from "./experiment.ts";
import { openPreset } from "./open-experiment.ts";
import { buildRun } from "./run.ts";

let xor: Experiment;
beforeAll(async () => {
	xor = await openPreset(presetById("xor"));
});

const ask = (preset: Experiment, query: string) => askedExperiment(preset, readParameters(query).values);
const shapes = (experiment: Experiment) =>
	buildRun(experiment)
		.runner.net.learnable.filter(({ slot }) => slot === 0)
		.map(({ blob }) => [...blob.shape]);

describe("a preset with what a link asks of it", () => {
	it("takes another truth table where it fits, and says where it does not", () => {
		const { experiment, refused } = ask(xor, "data=or");
		expect(refused).toEqual([]);
		expect([...(experiment.data.source.blobs.label?.values ?? [])]).toEqual([1, 1, 1, 0]);
		expect(buildRun(experiment).runner.net.layers.length).toBe(buildRun(xor).runner.net.layers.length);
		expect(ask(xor, "net=3-2-1&data=or").refused).toEqual(["data"]);
	});

	it.each([
		[
			"net=2-5-1",
			[
				[5, 2],
				[1, 5],
			],
		],
		[
			"net=2-4-3-1",
			[
				[4, 2],
				[3, 4],
				[1, 3],
			],
		],
		["net=2-1", [[1, 2]]],
		[
			"net=3-2-2",
			[
				[2, 3],
				[2, 2],
			],
		],
	])("%s has these weights", (query, expected) => {
		const { experiment, refused } = ask(xor, query);
		expect(refused).toEqual([]);
		expect(shapes(experiment)).toEqual(expected);
	});

	it("takes activations, loss, solver, rate, batch and seed", () => {
		const { experiment, refused } = ask(xor, "act=tanh&loss=bce&opt=adam&lr=0.01&batch=2&seed=9");
		expect(refused).toEqual([]);
		const types = experiment.net.layers.map(({ type }) => type);
		expect(types).toContain("TanH");
		expect(types).toContain("SigmoidCrossEntropyLoss");
		expect(experiment.solver).toMatchObject({ type: "Adam", baseLr: 0.01, momentum: 0.9 });
		expect(experiment.seed).toBe(9);
		expect(buildRun(experiment).runner.net.inputs[0]?.blob.shape[0]).toBe(2);
	});

	it("leaves out what does not go with it and takes the rest", async () => {
		const lstm = await openPreset(presetById("lstm"));
		const { experiment, refused } = ask(lstm, "net=2-3-1&lr=0.25");
		expect(refused).toEqual(["net"]);
		expect(experiment.solver.baseLr).toBe(0.25);
		expect(experiment.net).toEqual(lstm.net);
		expect(ask(xor, "act=tanh,relu,linear").refused).toEqual(["act"]);
	});
});
