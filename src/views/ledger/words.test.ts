import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById, presets } from "../../data/presets/index.ts";
import { formatReading } from "../../explain/number-text.ts";
import { type Subject, valueOf } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import { type Depth, nodeAt } from "../../timeline/cursor.ts";
import { unitFirst, unitTerms } from "../../timeline/timeline.ts";
import { conventionOf } from "./conventions.ts";
import { focusOf } from "./focus.ts";
import { standingFocus, wordsFor } from "./ledger.tsx";
import { narrate } from "./narration.ts";
import { sentenceText } from "./words/sentence.ts";

const languages: readonly (readonly [string, Catalogue])[] = [
	["en", en],
	["zh-CN", zh],
];

async function opened(id: PresetId, iteration = 1) {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline, failure } = openTrace(run, await run.runner.trace(iteration));
	const at = (leaf: number, depth: Depth = "unit", sample = 0): View =>
		createView({
			experiment,
			timeline,
			trace,
			cursor: { iteration: trace.iteration, leaf: leaf < 0 ? timeline.leaves + leaf : leaf },
			depth,
			sample,
			failure: failure?.leaf ?? null,
			notation: "ufldl",
		});
	return { at, timeline, failure };
}

/** The first, second and last unit of each stage group, at their ends. */
function stageEnds(timeline: View["timeline"]): readonly number[] {
	return timeline.groups.flatMap((group) =>
		[...new Set([0, Math.min(1, group.units - 1), group.units - 1])].map(
			(unit) => unitFirst(group, unit) + unitTerms(group, unit) - 1,
		),
	);
}

function said(view: View, text: Catalogue, subject?: Subject) {
	const focus = focusOf(view);
	const main = subject ?? focus.formulas.at(-1)?.subject;
	if (main === undefined) throw new Error("a stage without a formula");
	const words = wordsFor(view, text, focus, main, subject !== undefined);
	return { ...words, main, sentence: sentenceText(words.why, ({ reading, format }) => formatReading(reading, format)) };
}

describe.each(languages)("the ledger's sentences in %s", (language, text) => {
	it.each(presets.map(({ id }) => id))("%s: say something at every stage, with numbers that are known", async (id) => {
		for (const iteration of [1, 2]) {
			const { at, timeline } = await opened(id, iteration);
			// What a second iteration adds is momentum, which the small nets show.
			if (iteration > 1 && timeline.leaves > 100_000) return;
			for (const leaf of stageEnds(timeline)) {
				const view = at(leaf);
				const { title, why, sentence, main } = said(view, text);
				expect(title).not.toBe("");
				expect(sentence).toMatch(/[.。]$/);
				expect(`${title} ${sentence}`).not.toMatch(/undefined|NaN|null|\[object|·(?!10)/);
				for (const { reading } of why.numbers) expect(reading.status).toBe("known");
				expect(conventionOf(view, text, main)).not.toMatch(/undefined/);
				expect(narrate(view, { text, language: language === "en" ? "en" : "zh-CN" })).not.toMatch(/undefined|\[object/);
			}
		}
	});

	it("give no number away that is still to come", async () => {
		const { at } = await opened("worked-example");
		const subject: Subject = { kind: "top", iteration: 1, pass: 0, layer: "output", slot: 0, side: "diff", index: 0 };
		const { title, why } = said(at(1), text, subject);
		expect(title).toBe(text.ledger.titles.notYet);
		expect(why.numbers).toEqual([]);
	});
});

describe("sentences are true of their numbers", () => {
	async function stage(id: PresetId, phase: string, key: string, unit: number, iteration = 1) {
		const { at, timeline } = await opened(id, iteration);
		const group = timeline.groups.find((candidate) => candidate.phase === phase && candidate.key === key);
		if (group === undefined) throw new Error(`no ${phase} of ${key}`);
		return said(at(unitFirst(group, unit) + unitTerms(group, unit) - 1), en);
	}

	it("worked example: a large error passes a nearly open valve", async () => {
		const { title, sentence, why } = await stage("worked-example", "backward", "output", 0);
		expect(title).toBe("A large error, a nearly open valve");
		expect(sentence).toBe(
			"Output 1 should be 0.01 and is 0.75. Its valve stands 75 % open, so the error passes almost as well as f ever lets it.",
		);
		const percent = valueOf(why.numbers[2].reading) ?? 0;
		const a = 0.7513650695523157;
		expect(percent).toBeCloseTo((100 * a * (1 - a)) / 0.25, 10);
	});

	it("worked example: the outputs pull a hidden unit apart", async () => {
		const { title, sentence } = await stage("worked-example", "backward", "hidden", 0);
		expect(title).toBe("The pulls point in opposite directions");
		expect(sentence).toBe(
			"Output 1 is too high and output 2 too low: their pulls on hidden unit 1 partly cancel. What is left passes its valve, 97 % open.",
		);
	});

	it("saturated: the same error, a nearly closed valve", async () => {
		const { title, sentence } = await stage("saturated", "backward", "output", 0);
		expect(title).toBe("A large error, a nearly closed valve");
		expect(sentence).toContain("hardly any of the error gets through");
	});

	it("dead ReLU: no sample wakes the unit", async () => {
		const { title, sentence } = await stage("dead-relu", "forward", "hidden", 1);
		expect(title).toBe("A dead unit");
		expect(sentence).toContain("four samples");
	});

	it("a batch that disagrees: the votes are counted", async () => {
		const { title, sentence } = await stage("disagreement", "gradients", "output", 0);
		expect(title).toBe("Three against one");
		expect(sentence).toBe("One sample wants this weight lower, three higher; on balance it should go up.");
	});

	it("digits: without a valve the error is δ", async () => {
		const { title, sentence } = await stage("digits", "backward", "output", 3);
		expect(title).toBe("The error is δ");
		expect(sentence).toMatch(/^Output 4 should be 0 and is 0\.\d+\. The cross-entropy is fused/);
	});

	it("learning rate too large: the loss goes up, and so it is said", async () => {
		const { at } = await opened("rate-too-large");
		expect(said(at(-1), en).sentence).toMatch(/the loss went up by [\d.·⁰-⁹]+\. The step was too long\.$/);
	});
});

describe("where an iteration has to stop", () => {
	it("the operands that did it are named", async () => {
		let iteration = 1;
		let found = await opened("rate-too-large", iteration);
		while (found.failure === null && iteration < 20) found = await opened("rate-too-large", ++iteration);
		const { failure, at } = found;
		if (failure === null) throw new Error("the loss stays finite");
		const view = at(failure.leaf);
		const focus = standingFocus(view, failure.reference);
		const main = focus.formulas.at(-1)?.subject;
		if (main === undefined) throw new Error("nothing is explained");
		const words = wordsFor(view, en, focus, main, false);
		expect(words.title).toMatch(/^The first number that/);
		expect(words.why.text).toMatch(/308|³⁰⁸/);
	});
});

describe("narration", () => {
	async function told(
		id: PresetId,
		address: (timeline: View["timeline"]) => number,
		depth: Depth,
		text: Catalogue = en,
	) {
		const { at, timeline } = await opened(id);
		return narrate(at(address(timeline), depth), { text, language: text === en ? "en" : "zh-CN" });
	}
	const endOf = (phase: string, key: string, unit: number) => (timeline: View["timeline"]) => {
		const group = timeline.groups.find((candidate) => candidate.phase === phase && candidate.key === key);
		if (group === undefined) throw new Error(`no ${phase} of ${key}`);
		return unitFirst(group, unit) + unitTerms(group, unit) - 1;
	};

	it("tells a unit from its expression, in words that a synthesizer reads", async () => {
		expect(await told("worked-example", endOf("backward", "hidden", 0), "unit")).toBe(
			"Step 9 of 19, backward. Hidden, neuron 1: delta is 0.0364 times slope 0.241, equals 0.00877.",
		);
		expect(await told("worked-example", endOf("backward", "hidden", 0), "unit", zh)).toBe(
			"第 9 步，共 19 步，反向。 隐藏层，神经元 1：误差项是 0.0364 乘以 斜率 0.241，等于 0.00877。",
		);
	});

	it("follows the granularity", async () => {
		const leaf = endOf("forward", "hidden", 1);
		expect(await told("worked-example", (timeline) => leaf(timeline) - 3, "term")).toMatch(
			/term 1 of 3, 0\.25 times 0\.05, equals 0\.0125\.$/,
		);
		expect(await told("worked-example", leaf, "layer")).toMatch(/activation 0\.593, 0\.597\.$/);
		expect(await told("worked-example", ({ leaves }) => leaves - 1, "iteration")).toMatch(
			/^Iteration 1\. .*the loss went from 0\.298 to 0\.291\.$/,
		);
	});

	it("has minus in words and no sign for it", async () => {
		const text = await told("worked-example", endOf("backward", "output", 1), "unit");
		expect(text).toContain("minus 0.0381");
		expect(text).not.toMatch(/[−-]\d/);
	});

	it("stands at a node of each depth without a gap", async () => {
		const { at, timeline } = await opened("digits");
		for (const depth of ["phase", "layer", "unit", "term"] as const) {
			for (const leaf of [0, 700, 2600, timeline.leaves - 1]) {
				const node = nodeAt(timeline, leaf, depth);
				expect(narrate(at(node.last, depth), { text: en, language: "en" })).toMatch(/^Step \d+ of \d+, .+\.$/);
			}
		}
	});
});
