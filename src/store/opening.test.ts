import { expect, it } from "vitest";
import { presetIds } from "../data/preset.ts";
import { presets } from "../data/presets/index.ts";
import { openExperiment, openPreset } from "./open-experiment.ts";

it("lists the ids of the menu in the order of the presets", () => {
	expect(presets.map(({ id }) => id)).toEqual(presetIds);
});

it.each(presets)("opens $id as its prototxt reads", async (preset) => {
	expect(await openExperiment(preset.id)).toEqual(await openPreset(preset));
});
