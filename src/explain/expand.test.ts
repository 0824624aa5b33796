import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../engine/evaluate.ts";
import "../engine/layers/index.ts";
import { readTrace } from "../engine/read-trace.ts";
import { referenceText } from "../engine/reference.ts";
import { anyDenseRun, denseData, layer, net, plainSolver } from "../engine/testing/dense-nets.ts";
import { magnitude, shareRows, traceContext } from "../engine/testing/explanations.ts";
import { allReferences } from "../engine/testing/references.ts";
import { createTraining, type TrainingOptions } from "../engine/training.ts";
import { structureOf } from "../timeline/structure.ts";
import { type ExplainContext, expand, shownValue } from "./expand.ts";
import { type NotationId, notations } from "./notation.ts";
import { symbolText } from "./symbol.ts";

const ids: readonly NotationId[] = ["ufldl", "caffe", "pytorch"];

/** Each shown number of the run's last iteration that its formula over shown numbers misses. */
function wrongFormulas(options: TrainingOptions, iterations: number, notation: NotationId): readonly string[] {
	const { net: built, step, record } = createTraining(options);
	for (let k = 1; k < iterations; k++) step();
	const trace = record();
	const engine = traceContext(built, trace);
	const context: ExplainContext = { structure: structureOf(built), engine, notation };
	const shown = (r: Parameters<typeof shownValue>[1]) => shownValue(context, r);
	return allReferences(built, trace.settings, iterations, shareRows(engine)).flatMap((r) => {
		if (r.kind !== "share" && readTrace(built, trace, r) === undefined) return [];
		const expression = expand(context, r);
		if (expression === null) return [];
		const value = evaluate(expression, shown);
		if (Math.abs(value - shown(r)) <= 1e-12 * magnitude(expression, shown)) return [];
		return [`${referenceText(r)} is shown as ${shown(r)}, its formula gives ${value}`];
	});
}

describe.each(ids)("formulas as %s writes them", (id) => {
	it("give the shown numbers from the shown numbers, in any dense net", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.integer({ min: 1, max: 3 }), (options, iterations) => {
				expect(wrongFormulas(options, iterations, id)).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it("give them where an in-place layer overwrites what its diff is made of", () => {
		const doubled = net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [3, 2] }, { dim: [3, 2] }] } }),
			layer("InnerProduct", "hidden", ["data"], ["hidden"], {
				settings: { num_output: 2, weight_filler: { type: "gaussian" } },
			}),
			layer("Power", "double", ["hidden"], ["hidden"], { settings: { scale: 2 } }),
			layer("InnerProduct", "output", ["hidden"], ["output"], {
				settings: { num_output: 2, weight_filler: { type: "gaussian" } },
			}),
			layer("EuclideanLoss", "loss", ["output", "label"], ["loss"]),
		]);
		const options = { net: doubled, solver: plainSolver, data: denseData(5, 3, 2, 2, "EuclideanLoss"), seed: 3 };
		expect(wrongFormulas(options, 2, id)).toEqual([]);
	});

	it("give them where a label is ignored and a blob is read twice", () => {
		const branches = net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [3, 2] }, { dim: [3, 1] }] } }),
			layer("InnerProduct", "hidden", ["data"], ["hidden"], {
				settings: { num_output: 2, weight_filler: { type: "gaussian" } },
			}),
			layer("Sigmoid", "f", ["hidden"], ["a"]),
			layer("InnerProduct", "scores", ["a"], ["scores"], {
				settings: { num_output: 3, weight_filler: { type: "gaussian" } },
			}),
			layer("InnerProduct", "unused", ["a"], ["unused"], {
				settings: { num_output: 2, weight_filler: { type: "gaussian" } },
			}),
			layer("SoftmaxWithLoss", "loss", ["scores", "label"], ["loss"], {
				settings: { loss_param: { ignore_label: 0 } },
			}),
		]);
		const data = denseData(1, 3, 2, 3, "SoftmaxWithLoss");
		for (const labels of [
			[0, 1, 2],
			[1, 0, 0],
			[2, 1, 1],
		]) {
			data.blobs.label.values.set(labels);
			expect(wrongFormulas({ net: branches, solver: plainSolver, data, seed: 1 }, 2, id)).toEqual([]);
		}
	});

	it("name every scalar of any dense net", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const { net: built, record } = createTraining(options);
				const structure = structureOf(built);
				const engine = traceContext(built, record());
				for (const r of allReferences(built, options.solver, 1, shareRows(engine))) {
					expect(symbolText(notations[id].symbol(structure, r)), referenceText(r)).toMatch(/\S/);
				}
			}),
			{ numRuns: 20 },
		);
	});
});

describe("UFLDL's δ", () => {
	it("is that of one sample: the loss's ω ÷ D stands outside", () => {
		const { net: built, record } = createTraining({
			net: net([
				layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [4, 2] }, { dim: [4, 1] }] } }),
				layer("InnerProduct", "ip", ["data"], ["ip"], {
					settings: { num_output: 1, weight_filler: { type: "gaussian" } },
				}),
				layer("EuclideanLoss", "loss", ["ip", "label"], ["loss"]),
			]),
			solver: plainSolver,
			data: denseData(1, 4, 2, 1, "EuclideanLoss"),
			seed: 1,
		});
		const trace = record();
		const context: ExplainContext = {
			structure: structureOf(built),
			engine: traceContext(built, trace),
			notation: "ufldl",
		};
		const { data, diff } = trace.passes[0].layers[1].tops[0];
		const [, target] = trace.passes[0].layers[0].tops;
		const delta = shownValue(context, {
			kind: "top",
			iteration: 1,
			pass: 0,
			layer: "ip",
			slot: 0,
			side: "diff",
			index: 2,
		});
		expect(delta).toBe(data[2] - target.data[2]);
		expect(diff?.[2]).toBe(delta / 4);
	});
});
