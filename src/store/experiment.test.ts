import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presetById } from "../data/presets/index.ts";
import { densePresets as presets } from "../data/testing/dense-presets.ts";
import { buildNet } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import { createReplay } from "../engine/replay.ts";
import type { SolverSettings } from "../engine/specification.ts";
import { withDataValue, withoutSample, withSampleAdded } from "./data-edits.ts";
import { type Edit, type Experiment, isEdited, scheduledEdits, withEdit } from "./experiment.ts";
import {
	ACTIVATIONS,
	LOSSES,
	withActivation,
	withBatch,
	withLayerBefore,
	withLoss,
	withoutLayer,
	withSeed,
	withStart,
	withUnits,
} from "./net-edits.ts";
import { openPreset } from "./open-experiment.ts";

const small = presets.filter(({ id }) => id !== "digits").map(({ id }) => id);
const experiments = new Map(
	await Promise.all(presets.map(async (preset) => [preset.id, await openPreset(preset)] as const)),
);

function experimentOf(id: (typeof small)[number]): Experiment {
	const found = experiments.get(id);
	if (found === undefined) throw new RangeError(id);
	return found;
}

function traces(experiment: Experiment, count: number) {
	const { net, solver, data, seed, start } = experiment;
	const replay = createReplay({ net, solver, data: data.source, seed, start, edits: scheduledEdits(experiment) });
	return Array.from({ length: count }, (_, k) => {
		replay.advance(k + 1, 1);
		return replay.record(k + 1);
	});
}

const solverChange: fc.Arbitrary<Partial<SolverSettings>> = fc.record(
	{
		baseLr: fc.double({ min: 0, max: 1, noNaN: true }),
		momentum: fc.constantFrom(0, 0.5),
		weightDecay: fc.constantFrom(0, 0.1),
		regularization: fc.constantFrom("L1" as const, "L2" as const),
		clipGradients: fc.constantFrom(-1, 0.1),
		iterSize: fc.constantFrom(1, 2),
	},
	{ requiredKeys: [] },
);

const edit = (iteration: fc.Arbitrary<number>): fc.Arbitrary<Edit> =>
	fc.oneof(
		fc.record({
			kind: fc.constant("parameter" as const),
			iteration,
			layer: fc.constant("output"),
			slot: fc.nat({ max: 1 }),
			index: fc.constant(0),
			value: fc.double({ min: -2, max: 2, noNaN: true }),
		}),
		fc.record({ kind: fc.constant("solver" as const), iteration, change: solverChange }),
	);

describe("the log of edits", () => {
	it("leaves iterations before an edit bit for bit as they were, whatever was edited later", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...small),
				fc.array(edit(fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
				fc.array(edit(fc.integer({ min: 4, max: 6 })), { minLength: 1, maxLength: 4 }),
				(id, early, late) => {
					const before = early.reduce(withEdit, experimentOf(id));
					const after = late.reduce(withEdit, before);
					const first = Math.min(...late.map(({ iteration }) => iteration));
					expect(traces(after, first - 1)).toEqual(traces(before, first - 1));
				},
			),
			{ numRuns: 60 },
		);
	});

	it("puts each value where it says, the last one winning", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...small),
				fc.array(edit(fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 6 }),
				(id, edits) => {
					const experiment = edits.reduce(withEdit, experimentOf(id));
					const run = traces(experiment, 4);
					for (const one of experiment.edits) {
						if (one.kind === "solver") continue;
						const { iteration, layer, slot, index, value } = one;
						expect(isEdited(experiment, iteration, layer, slot, index)).toBe(true);
						const learnable = buildNet(experiment.net).learnable.findIndex((p) => p.layer === layer && p.slot === slot);
						expect(run[iteration - 1].parameters[learnable].before[index]).toBe(value);
					}
					for (let k = 1; k <= 4; k++) {
						const changes = edits.flatMap((one) => (one.kind === "solver" && one.iteration <= k ? [one] : []));
						// In the order of iterations, and within one as they were made.
						const inOrder = [1, 2, 3, 4].flatMap((at) => changes.filter(({ iteration }) => iteration === at));
						const expected = Object.assign({}, experiment.solver, ...inOrder.map((one) => one.change));
						expect(run[k - 1].settings).toEqual(expected);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it("keeps one edit of a thing in an iteration", () => {
		const experiment = experimentOf("xor");
		const change = (value: number): Edit => ({
			kind: "parameter",
			iteration: 2,
			layer: "output",
			slot: 0,
			index: 1,
			value,
		});
		expect(withEdit(withEdit(experiment, change(1)), change(2)).edits).toEqual([change(2)]);
		expect(withEdit(withEdit(experiment, change(1)), { ...change(2), iteration: 3 }).edits).toHaveLength(2);
	});
});

type Change = (experiment: Experiment) => Experiment;
const dense = (experiment: Experiment) =>
	experiment.net.layers.filter(({ type }) => type === "InnerProduct").map(({ name }) => name);

const anyChange: fc.Arbitrary<Change> = fc.oneof(
	fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 })).map(
		([k, units]): Change =>
			(e) =>
				withUnits(e, dense(e)[k % dense(e).length], units),
	),
	fc.integer({ min: 1, max: 4 }).map(
		(units): Change =>
			(e) =>
				withUnits(e, "data", units),
	),
	fc.tuple(fc.nat(), fc.constantFrom(...ACTIVATIONS)).map(
		([k, f]): Change =>
			(e) =>
				withActivation(e, dense(e)[k % dense(e).length], f),
	),
	fc.nat().map(
		(k): Change =>
			(e) =>
				withLayerBefore(e, dense(e)[k % dense(e).length]),
	),
	fc.nat().map(
		(k): Change =>
			(e) =>
				dense(e).length < 2 ? e : withoutLayer(e, dense(e)[k % (dense(e).length - 1)]),
	),
	fc.constantFrom(...LOSSES).map(
		(loss): Change =>
			(e) =>
				withLoss(e, loss),
	),
	fc.integer({ min: 1, max: 5 }).map(
		(batch): Change =>
			(e) =>
				withBatch(e, batch),
	),
	fc.nat({ max: 99 }).map(
		(seed): Change =>
			(e) =>
				withSeed(e, seed),
	),
	fc.double({ min: 0, max: 2, noNaN: true }).map(
		(deviation): Change =>
			(e) =>
				withStart(e, { kind: "gaussian", deviation }),
	),
	fc.constant(withSampleAdded),
	fc.constant<Change>((e) => withoutSample(e, 0)),
	fc.double({ min: -2, max: 2, noNaN: true }).map(
		(value): Change =>
			(e) =>
				withDataValue(e, "data", 0, 0, value),
	),
);

describe("edits of shape, data, seed and loss", () => {
	it("give a run that starts again, or a refusal of the engine's own, and leave the old experiment alone", () => {
		fc.assert(
			fc.property(fc.constantFrom(...small), fc.array(anyChange, { minLength: 1, maxLength: 5 }), (id, changes) => {
				const original = experimentOf(id);
				const untouched = structuredClone(original);
				let experiment = original;
				for (const change of changes) {
					try {
						experiment = change(experiment);
					} catch (error) {
						if (!(error instanceof EngineError)) throw error;
						continue;
					}
					expect(experiment.edits).toEqual([]);
					const [trace] = traces(experiment, 1);
					expect(trace.iteration).toBe(1);
				}
				expect(original).toEqual(untouched);
			}),
			{ numRuns: 80 },
		);
	});

	it("refuse what cannot be, with the bounds in the refusal", () => {
		const experiment = experimentOf("xor");
		const refusals: Change[] = [
			(e) => withUnits(e, "hidden", 0),
			(e) => withUnits(e, "hidden", 1.5),
			(e) => withBatch(e, 0),
			(e) => withSeed(e, -1),
			(e) => withoutLayer(e, "output"),
			(e) => withDataValue(e, "data", 9, 0, 1),
			(e) => withActivation(e, "nothing", "ReLU"),
		];
		for (const change of refusals) expect(() => change(experiment)).toThrow(EngineError);
	});

	it("draw the next seed's start and the same seed's again", () => {
		const experiment = experimentOf("xor");
		const start = (e: Experiment) => traces(e, 1)[0].parameters.map(({ before }) => before);
		expect(start(withSeed(experiment, experiment.seed))).toEqual(start(experiment));
		expect(start(withSeed(experiment, experiment.seed + 1))).not.toEqual(start(experiment));
		expect(presetById("xor").seed).toBe(experiment.seed);
	});
});
