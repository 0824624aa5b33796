import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import { evaluate } from "../../engine/evaluate.ts";
import { createRandom } from "../../engine/random.ts";
import { formatReading } from "../../explain/number-text.ts";
import { valueOf } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import type { Depth } from "../../timeline/cursor.ts";
import { focusOf } from "./focus.ts";
import { wordsFor } from "./ledger.tsx";
import { narrate } from "./narration.ts";
import { originOf } from "./origin.ts";
import { printed } from "./printed.ts";
import { told } from "./telling.ts";
import { sentenceText } from "./words/sentence.ts";

async function opened(id: PresetId) {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	const at = (leaf: number, depth: Depth): View =>
		createView({
			experiment,
			timeline,
			trace,
			cursor: { iteration: 1, leaf },
			depth,
			sample: 0,
			failure: null,
			notation: "ufldl",
		});
	return { at, timeline };
}

/** The ledger has something to say at a leaf, and its formulas give the numbers that stand there. */
function explains(view: View, languages: readonly Catalogue[] = [en, zh]): void {
	const { formulas, term } = focusOf(view);
	expect(formulas.length).toBeGreaterThan(0);
	for (const formula of formulas) {
		const { subject } = formula;
		expect(printed(view, formula, 0, 480)).toBeDefined();
		const expression = told(view, subject, formula.whole);
		if (subject.kind === "derived" || expression === null) continue;
		const value = view.shown(subject);
		expect(Math.abs(evaluate(expression, view.shown) - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-14);
		const { phase } = view.leaf;
		const isStep = subject.kind === "internal" && (phase?.name === "forward" || phase?.name === "backward");
		if (isStep && term === null) expect(view.read(subject).status).toBe("known");
	}
	const main = formulas.at(-1)?.subject;
	if (main === undefined) throw new Error("nothing is explained");
	for (const text of languages) {
		const words = wordsFor(view, text, focusOf(view), main, false);
		const sentence = sentenceText(words.why, ({ reading, format }) => formatReading(reading, format));
		expect(words.title).not.toBe("");
		expect(`${words.title} ${sentence}`).not.toMatch(/undefined|NaN|null|\[object/);
		for (const { reading } of words.why.numbers) expect(valueOf(reading)).toBeDefined();
		if (main.kind !== "derived") expect(originOf(view, text, main)).not.toMatch(/undefined|null/);
	}
}

describe("the ledger explains layers that are not dense", () => {
	it("every leaf of an LSTM through time", { timeout: 240_000 }, async () => {
		const { at, timeline } = await opened("lstm-through-time");
		// The other language has the same numbers in its sentences: every seventh leaf will do.
		for (let leaf = 1; leaf < timeline.leaves; leaf++) explains(at(leaf, "term"), leaf % 7 === 0 ? [en, zh] : [en]);
	});

	it("leaves of LeNet drawn at random", { timeout: 240_000 }, async () => {
		const { at, timeline } = await opened("lenet");
		const random = createRandom(5);
		for (let count = 0; count < 300; count++) {
			// Each phase and layer in turn: drawn from all leaves it would be the solver's nearly always.
			const group = timeline.groups[count % timeline.groups.length];
			explains(at(Math.max(1, group.first + Math.floor(random.uniform() * group.leaves)), "term"));
		}
	});

	it("says which gate, cell or state a leaf is about", async () => {
		const { at, timeline } = await opened("lstm-through-time");
		const stage = timeline.groups.find(({ phase, key }) => phase === "forward" && key === "lstm1");
		if (stage === undefined) throw new Error("no LSTM");
		const titles = Array.from({ length: 10 }, (_, term) => {
			const view = at(stage.first + 100 + term, "term");
			const focus = focusOf(view);
			const main = focus.formulas.at(-1)?.subject;
			return main === undefined ? "" : wordsFor(view, en, focus, main, false).title;
		});
		expect(titles).toEqual([
			"Add up for the input gate",
			"Add up for the forget gate",
			"Add up for the output gate",
			"Add up for the candidate",
			"How far the input gate opens",
			"How far the forget gate opens",
			"How far the output gate opens",
			"What might be stored",
			"Keep some, take in some",
			"Let some of it out",
		]);
		const view = at(stage.first + 105, "term");
		expect(narrate(view, { text: en, language: "en" })).toMatch(/unit 1 of lstm1: forget gate/i);
	});

	it("tells the winner of a window from those that lost", async () => {
		const { at, timeline } = await opened("lenet");
		const stage = timeline.groups.find(({ phase, key }) => phase === "backward" && key === "conv1");
		if (stage === undefined) throw new Error("no convolution");
		const titles = Array.from({ length: 200 }, (_, place) => {
			const view = at(stage.first + place, "unit");
			const focus = focusOf(view);
			const main = focus.formulas.at(-1)?.subject;
			if (main === undefined || main.kind === "derived") throw new Error("nothing is explained");
			return [wordsFor(view, en, focus, main, false).title, view.value(main) === 0] as const;
		});
		const losers = titles.filter(([title]) => title === en.layers.titles.noWinner);
		expect(losers.length).toBeGreaterThan(100);
		for (const [, isZero] of losers) expect(isZero).toBe(true);
	});
});
