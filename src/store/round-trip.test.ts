import { describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { presets } from "../data/presets/index.ts";
import { readNet, readSolver } from "../formats/prototxt/index.ts";
import { openPreset } from "./open-experiment.ts";
import { bitsOf, optionsOf, throughCaffeFiles, throughOwnFile } from "./testing/round-trip.ts";

describe.each(presets.map((preset) => [preset.id, preset] as const))("%s trains to the same bits", (_, preset) => {
	it("written in Caffe's files and read again, in Caffe's own precision", async () => {
		const options = {
			...optionsOf(await openPreset(preset)),
			net: readNet(preset.net, { precision: "caffe" }),
			solver: readSolver(preset.solver, { precision: "caffe" }),
		};
		const bits = bitsOf(options);
		expect(bitsOf(throughCaffeFiles(options))).toEqual(bits);
		expect(bitsOf(throughCaffeFiles(options, preset.net))).toEqual(bits);
	});

	it.each(["double", "caffe"] as const)(
		"written in the project's own file and read again, in %s",
		async (precision) => {
			const experiment = {
				...(await openPreset(preset)),
				net: readNet(preset.net, { precision }),
				solver: readSolver(preset.solver, { precision }),
			};
			expect(bitsOf(optionsOf(await throughOwnFile(experiment)))).toEqual(bitsOf(optionsOf(experiment)));
		},
	);
});
