import { describe, expect, it } from "vitest";
import type { PresetId } from "../../data/preset.ts";
import { presetById } from "../../data/presets/index.ts";
import { densePresets as presets } from "../../data/testing/dense-presets.ts";
import { referencesOf } from "../../engine/evaluate.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import { createView, type View } from "../../store/view.ts";
import { childAt, childCount, type Depth, nodeAt, type StageNode } from "../../timeline/cursor.ts";
import { groupScalar } from "../../timeline/structure.ts";
import { type Block, findScalar, isLit, weightShape } from "./blocks.ts";
import { type MatrixModel, matrixModel } from "./model.ts";

async function opened(id: PresetId, iteration: number) {
	const experiment = await openPreset(presetById(id));
	const run = buildRun(experiment);
	const { trace, timeline, failure } = openTrace(run, await run.runner.trace(iteration));
	return (leaf: number, depth: Depth, sample: number): View =>
		createView({
			experiment,
			timeline,
			trace,
			cursor: { iteration, leaf },
			depth,
			sample,
			failure: failure?.leaf ?? null,
			notation: "ufldl",
		});
}

function* unitNodes(view: View): Generator<StageNode> {
	for (const group of view.timeline.groups) {
		const node = nodeAt(view.timeline, group.first, "layer");
		for (let unit = 0; unit < childCount(view.timeline, node); unit++) yield childAt(view.timeline, node, unit);
	}
}

const blocksOf = (model: MatrixModel): readonly Block[] =>
	model.tables.flatMap(({ bands }) => bands.flat()).filter((block) => block !== null);

function litScalars(model: MatrixModel): ReadonlyMap<string, ScalarReference> {
	const lit = new Map<string, ScalarReference>();
	for (const block of blocksOf(model)) {
		for (let row = 0; row < block.rows; row++) {
			for (let column = 0; column < block.columns; column++) {
				const subject = block.cell(row, column);
				if (subject.kind !== "derived" && isLit(block, { row, column })) lit.set(referenceText(subject), subject);
			}
		}
	}
	return lit;
}

/** The scalars of a stage: what it computes, and what the formulas of these are written over. */
function stageScalars(view: View): { readonly results: ScalarReference[]; readonly operands: ScalarReference[] } {
	const { phase, group: stage, unit } = view.leaf;
	if (phase === null || stage === null || unit === null) throw new Error("a unit's stage was expected");
	const { iteration } = view.cursor;
	const at = { iteration, pass: view.pass } as const;
	const { subject } = stage;
	const written = (results: ScalarReference[]) => ({
		results,
		operands: results.flatMap((result) => referencesOf(expand(view.explain, result) ?? { kind: "constant", value: 0 })),
	});
	if (subject.kind === "parameter") {
		const { parameter } = subject;
		const columns = parameter.blob.count / stage.units;
		return written(
			Array.from({ length: columns }, (_, column) => ({
				kind: "parameter" as const,
				iteration,
				layer: parameter.layer,
				slot: parameter.slot,
				moment: "after" as const,
				index: unit * columns + column,
			})),
		);
	}
	if (subject.kind !== "group") return { results: [], operands: [] };
	const { group } = subject;
	const scalar = (what: "z" | "a", side: "data" | "diff") =>
		groupScalar(group, what, { ...at, side }, view.sample, unit);
	switch (phase.name) {
		case "forward":
			return written([scalar("z", "data"), scalar("a", "data")]);
		case "backward":
			return written([scalar("z", "diff")]);
		case "loss": {
			const [name] = Object.keys(group.head.run.internals);
			if (name === undefined || unit === stage.units - 1) {
				const { operands } = written([groupScalar(group, "z", { ...at, side: "data" }, 0, 0)]);
				return { results: [], operands };
			}
			const index = view.sample * stage.segments[0].units + unit;
			return written([{ kind: "internal", ...at, layer: group.head.name, name, side: "data", index }]);
		}
		default: {
			const { inputs } = weightShape(group);
			const gradients = group.head.run.parameters.flatMap((_, slot) =>
				Array.from({ length: slot === 0 ? inputs : 1 }, (__, column) => ({
					kind: "parameter" as const,
					iteration,
					layer: group.head.name,
					slot,
					moment: "gradient" as const,
					index: slot === 0 ? unit * inputs + column : unit,
				})),
			);
			const shares = written(gradients).operands.filter((r) => r.kind === "share" && r.sample === view.sample);
			// The one share of a single sample is the gradient itself, and so is its cell.
			const isAlone = group.samples === 1;
			return { results: isAlone ? gradients : [...gradients, ...shares], operands: written(shares).operands };
		}
	}
}

/** Whether a scalar belongs to the sample in front (or to all samples alike). */
function isInFront(view: View, r: ScalarReference): boolean {
	if (r.kind === "internal") {
		const blob = view.timeline.structure.net.layer(r.layer).run.internals[r.name];
		return Math.floor(r.index / (blob.count / blob.shape[0])) === view.sample;
	}
	if (r.kind !== "top") return true;
	return Math.floor(r.index / view.timeline.structure.groupOf(r.layer, r.slot).units) === view.sample;
}

/** Presets of dense layers alone: others have no matrices to read along. */
const dense = [
	"worked-example",
	"xor",
	"symmetry",
	"saturated",
	"dead-relu",
	"rate-too-large",
	"disagreement",
	"vanishing",
	"digits",
] as const;

describe("the matrix panel's tables", () => {
	it.each(dense)("%s: what is lit are a stage's operands and results", async (id) => {
		const at = await opened(id, 2);
		const start = at(0, "unit", 0);
		const last = start.timeline.structure.groups[0].samples - 1;
		for (const node of unitNodes(start)) {
			const view = at(node.last, "unit", last);
			const subject = node.group?.subject.kind;
			if (subject !== "group" && subject !== "parameter") continue;
			const lit = litScalars(matrixModel(view));
			const { results, operands } = stageScalars(view);
			const wanted = new Set([...results, ...operands].filter((r) => isInFront(view, r)).map(referenceText));
			const where = `${id} ${node.phase?.name} ${node.group?.key} ${node.unit}`;
			for (const text of wanted) if (!lit.has(text)) expect.fail(`${where}: ${text} is not lit`);
			for (const [text, r] of lit) {
				// What comes back to a is a step on the way to δ, which the formula writes in one.
				const isPull = r.kind === "top" && r.side === "diff" && node.phase?.name === "backward";
				// Parameters that this net does not update have a gradient column that holds nothing.
				const isOmitted = view.read(r).status === "not-computed";
				// The side of a kink is read off z, though the slope there is written as 0 or 1.
				const isKink = id === "dead-relu" && r.kind === "top" && r.side === "data" && node.phase?.name === "backward";
				if (!wanted.has(text) && !isPull && !isOmitted && !isKink) expect.fail(`${where}: ${text} is lit`);
			}
		}
	});

	it.each(presets.map(({ id }) => id))(
		"%s: every cell can be read, and a scalar's place is where its cell is",
		async (id) => {
			const at = await opened(id, 1);
			const start = at(0, "unit", 0);
			for (const { last } of start.timeline.groups.map(({ first }) => nodeAt(start.timeline, first, "layer"))) {
				const view = at(last, "term", 0);
				const model = matrixModel(view);
				expect(model.tables.length).toBeGreaterThan(0);
				for (const block of blocksOf(model)) {
					for (const [row, column] of [
						[0, 0],
						[block.rows - 1, block.columns - 1],
						[Math.floor(block.rows / 2), Math.floor(block.columns / 3)],
					]) {
						const subject = block.cell(row, column);
						const reading = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
						expect(reading.status).not.toBe("not-finite");
						if (subject.kind !== "derived") expect(findScalar(block, subject)).toEqual({ row, column });
					}
				}
			}
		},
	);

	/** Every scalar of the tables, each asked for its own place. */
	function scalarsOf(model: MatrixModel): readonly ScalarReference[] {
		return blocksOf(model).flatMap((block) =>
			Array.from({ length: block.rows * block.columns }, (_, k) => {
				const place = { row: Math.floor(k / block.columns), column: k % block.columns };
				const subject = block.cell(place.row, place.column);
				if (subject.kind === "derived") expect.fail("a cell of parameters is a scalar");
				expect(findScalar(block, subject)).toEqual(place);
				return subject;
			}),
		);
	}
	const indexesOf = (scalars: readonly ScalarReference[], slot: number, moment: string) =>
		scalars
			.flatMap((r) => (r.kind === "parameter" && r.slot === slot && r.moment === moment ? [r.index] : []))
			.toSorted((a, b) => a - b);
	const range = (first: number, count: number) => Array.from({ length: count }, (_, k) => first + k);

	it("lay kernels out as they lie over their maps, none left out and none twice", async () => {
		const at = await opened("lenet", 1);
		const { timeline } = at(0, "unit", 0);
		const unitOf = (phase: string, key: string, unit: number) => {
			const stage = timeline.phases.find(({ name }) => name === phase)?.groups.find((group) => group.key === key);
			if (stage === undefined) return expect.fail(`${phase} ${key}`);
			return matrixModel(at(childAt(timeline, nodeAt(timeline, stage.first, "layer"), unit).last, "unit", 0));
		};
		const several = unitOf("gradients", "conv2", 2);
		expect(indexesOf(scalarsOf(several), 0, "gradient")).toEqual(range(2 * 500, 500));
		expect(indexesOf(scalarsOf(several), 1, "gradient")).toEqual([2]);
		expect(blocksOf(several)[7]).toMatchObject({ rows: 5, columns: 5, map: 6 });
		const single = unitOf("gradients", "conv1", 4);
		expect(indexesOf(scalarsOf(single), 0, "gradient")).toEqual(range(0, 500));
		expect(single.tables[0].frame).toEqual({ band: 1, slot: 0 });
		const updates = scalarsOf(unitOf("solver", "conv2~0", 2));
		for (const moment of ["before", "update", "after"])
			expect(indexesOf(updates, 0, moment)).toEqual(range(2 * 500, 500));
	});

	it("show all parameters of an LSTM by its gates, and each row of them as it is updated", async () => {
		const at = await opened("lstm-through-time", 1);
		const { timeline } = at(0, "unit", 0);
		const end = (phase: string, key: string) => {
			const stage = timeline.phases.find(({ name }) => name === phase)?.groups.find((group) => group.key === key);
			return stage === undefined ? expect.fail(`${phase} ${key}`) : stage.first + stage.leaves - 1;
		};
		const gradients = matrixModel(at(end("gradients", "lstm1"), "unit", 0));
		const scalars = scalarsOf(gradients);
		expect([40, 40, 400].map((count, slot) => indexesOf(scalars, slot, "gradient").length === count)).toEqual([
			true,
			true,
			true,
		]);
		expect(gradients.tables[0]).toMatchObject({ frame: { band: 3, row: 9 } });
		const solver = matrixModel(at(end("solver", "lstm1~2"), "layer", 0));
		expect(indexesOf(scalarsOf(solver), 2, "after")).toEqual(range(0, 400));
	});

	it("lights a whole layer's table only from units on", async () => {
		const at = await opened("xor", 1);
		const { timeline } = at(0, "unit", 0);
		const [, hidden] = timeline.groups;
		for (const depth of ["iteration", "phase", "layer"] as const) {
			expect(litScalars(matrixModel(at(hidden.first + hidden.leaves - 1, depth, 0))).size).toBe(0);
		}
	});

	it("marks the product of a term", async () => {
		const at = await opened("worked-example", 1);
		const { timeline } = at(0, "unit", 0);
		const [, hidden] = timeline.groups;
		const strong = blocksOf(matrixModel(at(hidden.first + 1, "term", 0))).flatMap((block) =>
			block.strong === null ? [] : [block.cell(block.strong.row, block.strong.column)],
		);
		expect(strong.map((subject) => (subject.kind === "derived" ? "" : referenceText(subject)))).toEqual([
			"i1/p0/top/data/0/data/1",
			"i1/parameter/hidden/0/before/1",
		]);
	});

	it("puts all computed layers side by side before the first stage", async () => {
		const at = await opened("worked-example", 1);
		const model = matrixModel(at(0, "unit", 0));
		expect(model.tables.map(({ group }) => group.head.name)).toEqual(["hidden", "output"]);
	});
});
