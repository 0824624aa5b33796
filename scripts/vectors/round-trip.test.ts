import { describe, expect, it } from "vitest";
import { opening } from "../../src/data/presets/opening.ts";
import type { Experiment } from "../../src/store/experiment.ts";
import { bitsOf, optionsOf, throughCaffeFiles, throughOwnFile } from "../../src/store/testing/round-trip.ts";
import { folder, loadVector, vectorNames } from "./folder.ts";
import { trainingOptionsOf } from "./training-options.ts";

describe(`written and read again, a vector trains to the same bits (${folder})`, () => {
	it.for(vectorNames(folder))("%s", async (name) => {
		const file = loadVector(folder, name);
		const options = trainingOptionsOf(file);
		const bits = bitsOf(options);
		expect(bitsOf(throughCaffeFiles(options)), "in Caffe's files").toEqual(bits);
		expect(bitsOf(throughCaffeFiles(options, file.net_prototxt)), "in the net's own file").toEqual(bits);
		const experiment: Experiment = {
			preset: opening.id,
			name,
			net: options.net,
			solver: options.solver,
			data: {
				id: "file",
				source: options.data,
				card: { kind: "numbers" },
				origin: { source: "Made with Caffe.", licence: "" },
			},
			seed: options.seed,
			start: options.start ?? {},
			edits: [],
		};
		expect(bitsOf(optionsOf(await throughOwnFile(experiment))), "in the project's own file").toEqual(bits);
	});
});
