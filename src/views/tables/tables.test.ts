import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import { densePresets as presets } from "../../data/testing/dense-presets.ts";
import { dataValue } from "../../explain/number-text.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import { DEPTHS, type Depth, placeOf } from "../../timeline/cursor.ts";
import { csvOf, type DataTable, markdownOf } from "./data-table.ts";
import { iterationTable } from "./iteration-table.ts";
import { nodeOfPlace, resultOf } from "./results.ts";
import { layerTables, lossTable, parameterTables, solverTable } from "./value-tables.ts";

async function opened(id: PresetId) {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline } = openTrace(run, await run.runner.trace(1));
	return (leaf: number, depth: Depth = "unit"): View =>
		createView({
			experiment,
			timeline,
			trace,
			cursor: { iteration: 1, leaf: leaf < 0 ? timeline.leaves + leaf : leaf },
			depth,
			sample: 0,
			failure: null,
			notation: "ufldl",
		});
}

const unshown = { notYet: "not yet", notComputed: "not computed" };
const lineOf = (table: DataTable, place: number) => csvOf(table, unshown, place, place + 1).split("\r\n")[1];

describe("the iteration as a table", () => {
	it.each(presets.map(({ id }) => id))("%s: has a row for every step of every depth, in order", async (id) => {
		const view = (await opened(id))(-1);
		const { timeline } = view;
		for (const depth of DEPTHS) {
			const { count } = placeOf(timeline, 0, depth);
			const step = Math.max(1, Math.floor(count / 200));
			for (let place = 0; place < count; place += step) {
				const node = nodeOfPlace(timeline, depth, place);
				expect(placeOf(timeline, node.last, depth).place).toBe(place);
			}
		}
	});

	it.each(presets.map(({ id }) => id))("%s: a step's results are known at its end and not before", async (id) => {
		const at = await opened(id);
		const { timeline } = at(0);
		for (const depth of ["unit", "term"] as const) {
			const { count } = placeOf(timeline, 0, depth);
			const step = Math.max(1, Math.floor(count / 150));
			for (let place = 0; place < count; place += step) {
				const node = nodeOfPlace(timeline, depth, place);
				const after = at(node.last, depth);
				const before = node.first === 0 ? null : at(node.first - 1, depth);
				for (const subject of resultOf(after, node).subjects) {
					// Terms are known once their operands are; it is the step that singles them out.
					if (subject.kind === "derived") continue;
					expect(after.read(subject).status, JSON.stringify(subject)).toBe("known");
					// A bias is a term of its own, and was there before.
					const isOperand = subject.kind === "parameter" && subject.moment === "before";
					if (before !== null && !isOperand)
						expect(before.read(subject).status, JSON.stringify(subject)).toBe("not-yet");
				}
			}
		}
	});

	it("puts numbers into formulas up to the cursor and says not yet after it", async () => {
		const at = await opened("worked-example");
		const table = iterationTable(at(4), en, {});
		expect(table.count).toBe(19);
		expect(table.here).toBe(1);
		expect(lineOf(table, 0)).toBe("1,the sample is given,given,");
		expect(lineOf(table, 1)).toBe(
			"2,z and a of hidden unit 1,z⁽²⁾₁ = 0.15 · 0.05 + 0.20 · 0.10 + 0.35; a⁽²⁾₁ = f(0.3775) = 1 ÷ (1 + e^(−0.3775)),0.3775; 0.5932699921071872",
		);
		expect(lineOf(table, 2)).toBe("3,z and a of hidden unit 2,not yet,not yet");
	});

	it("writes each term of a sum", async () => {
		const at = await opened("worked-example");
		const table = iterationTable(at(-1, "term"), en, {});
		expect(lineOf(table, 2)).toContain("0.20 · 0.10");
		expect(lineOf(table, 4)).toContain("f(0.3775)");
	});

	it("speaks Chinese", async () => {
		const at = await opened("worked-example");
		expect(lineOf(iterationTable(at(4), zh, {}), 2)).toContain("尚未计算");
	});
});

describe("the tables of values", () => {
	it("hold every element of every layer and parameter", async () => {
		const view = (await opened("digits"))(-1);
		expect(layerTables(view, en.tables).map(({ count }) => count)).toEqual([64, 1, 16, 10]);
		expect(parameterTables(view, en.tables).map(({ count }) => count)).toEqual([1024, 16, 160, 10]);
	});

	it("hold what the trace holds", async () => {
		const view = (await opened("xor"))(-1);
		const [weights] = parameterTables(view, en.tables);
		const [parameter] = view.trace.parameters;
		for (let index = 0; index < weights.count; index++) {
			const values = weights
				.row(index)
				.entries.flatMap((entry) =>
					typeof entry === "string" ? [] : entry.map((reading) => Number(dataValue(reading))),
				);
			expect(values).toEqual([
				parameter.before[index],
				parameter.gradient[index],
				parameter.update[index],
				parameter.after[index],
			]);
		}
		expect(lossTable(view, en.tables).row(2).entries).toHaveLength(2);
	});

	it("say what is not computed and what is still to come", async () => {
		const at = await opened("worked-example");
		const [, biases] = parameterTables(at(-1), en.tables);
		expect(lineOf(biases, 0)).toBe("b⁽¹⁾₁,0.35,not computed,not computed,0.35");
		const [weights] = parameterTables(at(0), en.tables);
		expect(lineOf(weights, 0)).toBe("W⁽¹⁾₁₁,0.15,not yet,not yet,not yet");
	});

	it("list the settings in force", async () => {
		const view = (await opened("xor"))(-1);
		const csv = csvOf(solverTable(view, en.tables), unshown);
		expect(csv).toContain("learning rate (α),1\r\n");
		expect(csv).toContain("momentum (μ),0.9\r\n");
		expect(csv).toContain("clip_gradients,off\r\n");
	});
});

describe("copies", () => {
	const table: DataTable = {
		id: "x",
		caption: "A | B",
		columns: ["name, full", "text"],
		count: 1,
		row: () => ({ key: "0", name: 'say "a"', entries: ["a | b"] }),
	};

	it("quote what CSV needs quoted", () => {
		expect(csvOf(table, unshown)).toBe('"name, full",text\r\n"say ""a""",a | b\r\n');
	});

	it("escape what Markdown would read as its own", () => {
		expect(markdownOf(table, unshown)).toBe(
			'**A \\| B**\n\n| name, full | text |\n| --- | --- |\n| say "a" | a \\| b |\n',
		);
	});
});
