import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { mathText } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { symbolLine } from "../../explain/symbol.ts";
import { en } from "../../i18n/en/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import { sceneOf } from "../network/scene-of.ts";
import { stageTitle } from "../network/stage-texts.ts";
import { parameterSymbol } from "../timeline/names.ts";
import { focusOf } from "./focus.ts";
import { wordsFor } from "./ledger.tsx";
import { printed } from "./printed.ts";
import { sentenceText } from "./words/sentence.ts";

async function viewOf(id: PresetId, leaf?: number): Promise<View> {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	const cursor = { iteration: 1, leaf: leaf ?? timeline.leaves - 1 };
	return createView({
		experiment,
		timeline,
		trace,
		cursor,
		depth: "unit",
		sample: 0,
		failure: null,
		notation: "ufldl",
	});
}

const of = (layer: string, slot: number, index: number, moment: "before" | "after" | "gradient") =>
	({ kind: "parameter", iteration: 1, layer, slot, moment, index }) satisfies ScalarReference;

/** Where a parameter's last step of the iteration is taken. */
function leafOf(view: View, layer: string, slot: number): number {
	const group = view.timeline.phases
		.flatMap(({ groups }) => groups)
		.find(
			({ subject }) =>
				subject.kind === "parameter" && subject.parameter.layer === layer && subject.parameter.slot === slot,
		);
	if (group === undefined) throw new Error(`no stage for ${layer}~${slot}`);
	return group.first + group.leaves - 1;
}

describe("the weights of the state of the step before, which stand behind the bias", () => {
	it("are called U, with their gate above the line like the values that it makes", async () => {
		const { structure } = (await viewOf("lstm")).timeline;
		const line = (slot: number, index: number) =>
			symbolLine(notations.ufldl.symbol(structure, of("lstm1", slot, index, "before")));
		expect(line(0, 12 * 10)).toBe("W⁽¹⁾ᶠ₃₁");
		expect(line(1, 12)).toBe("b⁽¹⁾ᶠ₃");
		expect(line(2, 12 * 10)).toBe("U⁽¹⁾ᶠ₃₁");
		expect([0, 1, 2].map((slot) => parameterSymbol(structure, "lstm1", slot, "ufldl"))).toEqual([
			"W⁽¹⁾",
			"b⁽¹⁾",
			"U⁽¹⁾",
		]);
		expect(parameterSymbol(structure, "lstm1", 2, "caffe")).toBe("lstm1.W_hc");
		expect(parameterSymbol(structure, "output", 1, "pytorch")).toBe("output.bias");
	});

	it("are counted as weights, not as biases", async () => {
		const view = await viewOf("lstm", 0);
		// 10·40 and 10·40 weights into each of two LSTMs and 10 into the output; 40, 40 and 1 biases.
		expect(stageTitle(en, view, sceneOf(view, null)).title).toMatch(/1,610 weights, 81 biases$/);
	});

	it("are told as weights where the solver has moved them", async () => {
		const whole = await viewOf("lstm");
		for (const [slot, word] of [
			[0, "weight"],
			[1, "bias"],
			[2, "weight"],
		] as const) {
			const view = await viewOf("lstm", leafOf(whole, "output", 0));
			const index = [...Array(400).keys()].find(
				(each) => view.value(of("lstm2", slot, each, "after")) !== view.value(of("lstm2", slot, each, "before")),
			);
			if (index === undefined) continue;
			const { why } = wordsFor(view, en, focusOf(view), of("lstm2", slot, index, "after"), true);
			expect(sentenceText(why, String)).toContain(`this ${word}`);
		}
	});
});

describe("a kernel's gradient", () => {
	it("counts samples and places by different letters", async () => {
		const view = await viewOf("lenet");
		const { columns } = printed(view, { subject: of("conv1", 0, 3, "gradient") }, 3, 480);
		const symbols = (columns?.parts ?? []).flatMap(({ cells }) =>
			cells.flatMap((cell) => (cell.symbols === null ? [] : [mathText(cell.symbols)])),
		);
		expect(symbols.join(" ")).toContain("munder(Σ; k) munder(Σ; q) ");
		expect(symbols.join(" ")).toContain("; q;");
	});
});
