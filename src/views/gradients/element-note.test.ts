import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import type { NotationId } from "../../explain/notation.ts";
import { en } from "../../i18n/en/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView } from "../../store/view.ts";
import { elementNote } from "./element-note.ts";
import { elementAt } from "./model.ts";

async function notesOf(id: PresetId, notation: NotationId) {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	const cursor = { iteration: 1, leaf: timeline.leaves - 1 };
	const view = createView({ experiment, timeline, trace, cursor, depth: "unit", sample: 0, failure: null, notation });
	return (layer: string, slot: number, index: number) => {
		const group = timeline.structure.groupOf(layer, 0);
		return elementNote(view, en, group, elementAt(view, group, slot, index));
	};
}

describe("what a strip of the gradients says of its weight", () => {
	it("is the place in the kernel and the map it lies over", async () => {
		const note = await notesOf("lenet", "ufldl");
		// Kernel 2 of 50 over map 3 of 20, its second row and fourth column.
		expect(note("conv2", 0, (1 * 20 + 2) * 25 + 1 * 5 + 3)).toBe("map 3, row 2, column 4");
		expect(note("conv2", 1, 4)).toBe("a = 1");
		expect(note("ip2", 0, 7)).toBe("a₈ into unit 1");
		const fromZero = await notesOf("lenet", "caffe");
		expect(fromZero("conv2", 0, (1 * 20 + 2) * 25 + 1 * 5 + 3)).toBe("map 2, row 1, column 3");
	});

	it("is the gate, and of the state's weights that they read the step before", async () => {
		const note = await notesOf("lstm-through-time", "ufldl");
		expect(note("lstm1", 0, 12)).toBe("x₁ → forget gate");
		expect(note("lstm1", 2, 12 * 10 + 6)).toBe("h₇ before → forget gate");
		expect(note("lstm2", 0, 32 * 10 + 6)).toBe("a₇ → candidate");
	});
});
