import { beforeEach, describe, expect, it } from "vitest";
import type { PresetId } from "../data/preset.ts";
import { referenceText } from "../engine/reference.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { addressText } from "../timeline/address.ts";
import { goTo, inspect, setDepth, toggleBreakpoint } from "./actions.ts";
import { withDataValue, withoutSample, withSampleAdded } from "./data-edits.ts";
import { applyEdit, removeEdit } from "./edits.ts";
import { type Experiment, settingsIn, withEdit } from "./experiment.ts";
import { newStart, redo, resetRun, undo } from "./history.ts";
import {
	currentStart,
	withActivation,
	withBatch,
	withLayerBefore,
	withLoss,
	withoutLayer,
	withSeed,
	withStart,
	withUnits,
} from "./net-edits.ts";
import { sessionStore } from "./session.ts";
import { openPresetById } from "./show-experiment.ts";
import { withMultiplier, withPolicy, withSolver } from "./solver-edits.ts";
import { startValues, withStartValue } from "./start-values.ts";

type Change = (experiment: Experiment) => Experiment;

const state = () => sessionStore.getState();

function experiment(): Experiment {
	const { run } = state();
	if (run === null) throw new Error("nothing is open");
	return run.experiment;
}

async function traceOf(iteration: number): Promise<IterationTrace> {
	const { run } = state();
	if (run === null) throw new Error("nothing is open");
	return run.runner.trace(iteration);
}

/** The stage's name, without the pass that stands in it where there are several. */
function address(): string {
	const { opened, cursor } = state();
	return opened === null ? "" : addressText(opened.timeline, cursor).replace(/\.p\d+/, "");
}

async function open(id: PresetId, iteration = 1, leaf = 0): Promise<void> {
	setDepth("unit");
	await openPresetById(id);
	await goTo({ iteration, leaf });
}

const weight =
	(iteration: number, value: number): Change =>
	(before) =>
		withEdit(before, { kind: "parameter", iteration, layer: "output", slot: 0, index: 1, value });

/** Every kind of edit that leaves earlier iterations as they were. */
const BIASES = [
	{ layer: "hidden", slot: 1 },
	{ layer: "output", slot: 1 },
];

const logged: readonly (readonly [string, Change])[] = [
	["a weight", weight(3, -1 / 3)],
	["a bias", (e) => withEdit(e, { kind: "parameter", iteration: 3, layer: "hidden", slot: 1, index: 0, value: 2 })],
	["the learning rate", (e) => withSolver(e, 3, { baseLr: 0.25 })],
	["momentum", (e) => withSolver(e, 3, { momentum: 0.5 })],
	["weight decay", (e) => withSolver(e, 3, { weightDecay: 0.01 })],
	["the kind of decay", (e) => withSolver(e, 3, { weightDecay: 0.01, regularization: "L1" })],
	["iter_size", (e) => withSolver(e, 3, { iterSize: 2 })],
	["clipping", (e) => withSolver(e, 3, { clipGradients: 0.01 })],
	["the policy", (e) => withPolicy(e, 3, "step")],
];

/** Every kind of edit that starts again. */
const restarting: readonly (readonly [string, Change])[] = [
	["an input", (e) => withDataValue(e, "data", 1, 0, 0.5)],
	["a target", (e) => withDataValue(e, "label", 1, 0, 0.5)],
	["a sample more", withSampleAdded],
	["a sample less", (e) => withoutSample(e, 2)],
	["more units", (e) => withUnits(e, "hidden", 5)],
	["fewer units", (e) => withUnits(e, "hidden", 1)],
	["more inputs", (e) => withUnits(e, "data", 3)],
	["more outputs", (e) => withUnits(e, "output", 2)],
	["an activation", (e) => withActivation(e, "hidden", "TanH")],
	["no activation", (e) => withActivation(e, "hidden", "linear")],
	["a layer more", (e) => withLayerBefore(e, "output")],
	["a layer less", (e) => withoutLayer(e, "hidden")],
	["cross-entropy", (e) => withLoss(e, "SigmoidCrossEntropyLoss")],
	["softmax", (e) => withLoss(withUnits(e, "output", 2), "SoftmaxWithLoss")],
	["the batch", (e) => withBatch(e, 3)],
	["the seed", (e) => withSeed(e, 7)],
	["the start's kind", (e) => withStart(e, { kind: "uniform", bound: 0.5 })],
	["the start's ε", (e) => withStart(e, { kind: "gaussian", deviation: 0.1 })],
	["one start value", (e) => withStartValue(e, "hidden", 0, 2, 1)],
	["a multiplier", (e) => withMultiplier(e, BIASES, "lrMult", 0)],
];

describe.each(logged)("an edit of %s in iteration 3", (_name, change) => {
	beforeEach(() => open("xor", 3, 12));

	it("leaves earlier iterations as they were and changes this one", async () => {
		const before = [await traceOf(1), await traceOf(2), await traceOf(3)];
		expect(await applyEdit(change)).toBeNull();
		expect(await traceOf(1)).toEqual(before[0]);
		expect(await traceOf(2)).toEqual(before[1]);
		expect(await traceOf(3)).not.toEqual(before[2]);
	});

	it("stays at the same place, and undo and redo are exact", async () => {
		const place = address();
		const before = { experiment: experiment(), trace: await traceOf(3) };
		await applyEdit(change);
		expect(address()).toBe(place);
		const after = { experiment: experiment(), trace: await traceOf(3) };
		await undo();
		expect(experiment()).toBe(before.experiment);
		expect(await traceOf(3)).toEqual(before.trace);
		expect(address()).toBe(place);
		await redo();
		expect(experiment()).toBe(after.experiment);
		expect(await traceOf(3)).toEqual(after.trace);
		expect(address()).toBe(place);
	});

	it("can be taken out of the log", async () => {
		const before = await traceOf(3);
		await applyEdit(change);
		for (const edit of experiment().edits) await removeEdit(edit);
		expect(experiment().edits).toEqual([]);
		expect(await traceOf(3)).toEqual(before);
	});
});

describe.each(restarting)("an edit of %s", (_name, change) => {
	it("starts again at iteration 1, undoably", async () => {
		await open("xor", 3, 5);
		const before = { experiment: experiment(), traces: [await traceOf(1), await traceOf(3)] };
		expect(await applyEdit(change)).toBeNull();
		expect(state().cursor.iteration).toBe(1);
		expect([await traceOf(1), await traceOf(3)]).not.toEqual(before.traces);
		const after = { experiment: experiment(), trace: await traceOf(1) };
		await undo();
		expect(experiment()).toBe(before.experiment);
		expect([await traceOf(1), await traceOf(3)]).toEqual(before.traces);
		await redo();
		expect(experiment()).toBe(after.experiment);
		expect(await traceOf(1)).toEqual(after.trace);
	});

	it("runs with finite numbers", async () => {
		await open("xor");
		await applyEdit(change);
		expect(state().opened?.failure).toBeNull();
	});
});

describe("the place", () => {
	it("keeps its name where stages are added before it", async () => {
		await open("xor", 2);
		const leaves = state().opened?.timeline.leaves ?? 0;
		await goTo({ iteration: 2, leaf: leaves - 2 });
		expect(address()).toBe("i2.solver.output~1.1.2");
		await applyEdit((e) => withSolver(e, 2, { clipGradients: 0.1 }));
		// The bias has one step more now, and the end of its unit is still the end.
		expect(address()).toBe("i2.solver.output~1.1.3");
		expect(state().cursor.leaf).toBeGreaterThan(leaves - 2);
	});

	it("is the end of the same unit where the unit has more terms now", async () => {
		await open("worked-example", 1, 4);
		expect(address()).toBe("i1.forward.hidden.1.4");
		await applyEdit((e) => withUnits(e, "data", 4));
		expect(address()).toBe("i1.forward.hidden.1.6");
	});

	it("keeps breakpoints on the stages they were set on", async () => {
		await open("xor");
		const leaf = (state().opened?.timeline.leaves ?? 0) - 1;
		toggleBreakpoint(leaf);
		await applyEdit((e) => withSolver(e, 1, { clipGradients: 0.1 }));
		expect([...state().breakpoints]).toEqual([(state().opened?.timeline.leaves ?? 0) - 1]);
		toggleBreakpoint([...state().breakpoints][0]);
	});

	it("keeps the explanation open where the net stays as it is", async () => {
		await open("xor", 3, 12);
		const subject = { kind: "parameter", iteration: 3, layer: "output", slot: 0, moment: "before", index: 1 } as const;
		inspect(subject);
		await applyEdit(weight(3, 0.5));
		expect(state().inspected).toBe(subject);
		await applyEdit((e) => withUnits(e, "hidden", 2));
		expect(state().inspected).toBeNull();
	});
});

describe("two edits of one thing", () => {
	it("in one iteration: the later stands alone", async () => {
		await open("xor", 3);
		await applyEdit(weight(3, 1));
		await applyEdit(weight(3, 2));
		expect(experiment().edits).toHaveLength(1);
		expect((await traceOf(3)).parameters[2].before[1]).toBe(2);
	});

	it("in two iterations: each holds from its own on", async () => {
		await open("xor", 3);
		await applyEdit((e) => withSolver(e, 4, { baseLr: 0.125 }));
		await applyEdit((e) => withSolver(e, 2, { baseLr: 0.5, momentum: 0 }));
		const rates = await Promise.all([1, 2, 3, 4, 5].map(async (k) => settingsIn(experiment(), k)));
		expect(rates.map(({ baseLr }) => baseLr)).toEqual([1, 0.5, 0.5, 0.125, 0.125]);
		expect(rates.map(({ momentum }) => momentum)).toEqual([0.9, 0, 0, 0, 0]);
		expect((await traceOf(5)).settings).toEqual(rates[4]);
	});

	it("of two settings in one iteration: both stand, and one can be changed again", async () => {
		await open("xor", 3);
		await applyEdit((e) => withSolver(e, 3, { baseLr: 0.5, momentum: 0.5 }));
		await applyEdit((e) => withSolver(e, 3, { momentum: 0.25 }));
		expect(experiment().edits).toEqual([
			{ kind: "solver", iteration: 3, change: { baseLr: 0.5 } },
			{ kind: "solver", iteration: 3, change: { momentum: 0.25 } },
		]);
		expect(settingsIn(experiment(), 3)).toMatchObject({ baseLr: 0.5, momentum: 0.25 });
	});
});

describe("going on after an edit", () => {
	it("back to iteration 1 and to 3 again gives the same numbers", async () => {
		await open("xor", 3);
		const first = await traceOf(1);
		await applyEdit(weight(3, 2));
		const third = await traceOf(3);
		await goTo({ iteration: 1, leaf: 0 });
		expect(state().opened?.trace).toEqual(first);
		for (const k of [4, 5, 6, 7, 8]) await traceOf(k);
		await goTo({ iteration: 3, leaf: 0 });
		expect(state().opened?.trace).toEqual(third);
	});

	it("carries the log over what starts again, as far as it fits", async () => {
		await open("xor", 3);
		await applyEdit((e) => withSolver(e, 1, { baseLr: 0.25 }));
		await applyEdit(weight(3, 2));
		await applyEdit((e) => withDataValue(e, "data", 0, 0, 0.5));
		expect(experiment().edits).toHaveLength(2);
		await applyEdit((e) => withUnits(e, "hidden", 4));
		expect(experiment().edits).toEqual([{ kind: "solver", iteration: 1, change: { baseLr: 0.25 } }]);
	});
});

/** What each refusal is about: the layer and the setting. */
const refused: readonly (readonly [string, Change, string])[] = [
	["a layer of 0 units", (e) => withUnits(e, "hidden", 0), "hidden num_output"],
	["a million units", (e) => withUnits(e, "hidden", 1e6), "hidden num_output"],
	["half a unit", (e) => withUnits(e, "hidden", 2.5), "hidden num_output"],
	["a learning rate of 1e9", (e) => withSolver(e, 1, { baseLr: 1e9 }), "solver base_lr"],
	["a negative learning rate", (e) => withSolver(e, 1, { baseLr: -0.1 }), "solver base_lr"],
	["a learning rate that is no number", (e) => withSolver(e, 1, { baseLr: Number.NaN }), "solver base_lr"],
	["half a pass", (e) => withSolver(e, 1, { iterSize: 1.5 }), "solver iter_size"],
	["a clip of 0", (e) => withSolver(e, 1, { clipGradients: 0 }), "solver clip_gradients"],
	["too much momentum", (e) => withSolver(e, 1, { momentum: 1.1 }), "solver momentum"],
	["an endless input", (e) => withDataValue(e, "data", 0, 0, Number.POSITIVE_INFINITY), "data value"],
	["a batch of 0", (e) => withBatch(e, 0), "data batch"],
	["a batch of a million", (e) => withBatch(e, 1e6), "data batch"],
	["a seed below 0", (e) => withSeed(e, -1), "solver seed"],
	["an ε that is no number", (e) => withStart(e, { kind: "gaussian", deviation: Number.NaN }), "start std"],
	["a start value that is no number", (e) => withStartValue(e, "hidden", 0, 0, Number.NaN), "hidden value"],
	["the output layer's removal", (e) => withoutLayer(e, "output"), "output layers"],
	["a negative multiplier", (e) => withMultiplier(e, BIASES, "lrMult", -1), "hidden lr_mult"],
];

describe.each(refused)("%s", (_name, change, about) => {
	it("is refused, and nothing has changed", async () => {
		await open("xor", 2, 4);
		const before = state();
		const problem = await applyEdit(change);
		expect(problem).toMatchObject({ code: "setting" });
		expect(problem?.code === "setting" && `${problem.layer} ${problem.setting}`).toBe(about);
		expect(state()).toBe(before);
	});
});

describe("class labels", () => {
	it("are whole numbers below the number of classes", async () => {
		await open("digits");
		const value = (label: number) => applyEdit((e) => withDataValue(e, "label", 0, 0, label));
		expect(await value(10)).toMatchObject({ code: "setting", expected: "integer 0 … 9" });
		expect(await value(2.5)).toMatchObject({ code: "setting" });
		expect(await value(9)).toBeNull();
	});

	it("keep the output layer from having fewer units than classes in use", async () => {
		await open("digits");
		expect(await applyEdit((e) => withUnits(e, "output", 9))).toMatchObject({ code: "setting", expected: "≥ 10" });
		expect(await applyEdit((e) => withUnits(e, "output", 12))).toBeNull();
	});
});

describe("reset and new start", () => {
	it("reset: the same seed, the edits of values and settings taken back", async () => {
		await open("xor", 3);
		const first = await traceOf(1);
		await applyEdit(weight(3, 2));
		await resetRun();
		expect(experiment().edits).toEqual([]);
		expect(state().cursor).toEqual({ iteration: 1, leaf: 0 });
		expect(await traceOf(1)).toEqual(first);
	});

	it("new start: other weights, the same settings", async () => {
		await open("xor");
		await applyEdit((e) => withSolver(e, 1, { baseLr: 0.5 }));
		const before = startValues(experiment());
		await newStart();
		expect(experiment().seed).toBe(2);
		expect(settingsIn(experiment(), 1).baseLr).toBe(0.5);
		expect(startValues(experiment())).not.toEqual(before);
	});

	it("new start of a net whose start was given: drawn with a stated ε", async () => {
		await open("worked-example");
		await newStart();
		expect(currentStart(experiment().net)).toEqual({ kind: "gaussian", deviation: 0.5 });
		const values = startValues(experiment()).flatMap((parameter) => [...parameter.values]);
		expect(new Set(values).size).toBe(values.length);
	});
});

describe("start values", () => {
	it("are what iteration 1 starts from", async () => {
		await open("xor");
		const { parameters } = await traceOf(1);
		expect(startValues(experiment()).map(({ values }) => values)).toEqual(parameters.map(({ before }) => before));
	});

	it("keep those of the same units when the net grows", async () => {
		await open("worked-example");
		await applyEdit((e) => withUnits(e, "hidden", 3));
		const [hidden, , output] = startValues(experiment());
		expect([...hidden.values.subarray(0, 4)]).toEqual([0.15, 0.2, 0.25, 0.3]);
		expect([output.values[0], output.values[1], output.values[3], output.values[4]]).toEqual([0.4, 0.45, 0.5, 0.55]);
	});
});

describe("an edited parameter", () => {
	it("reads as typed", async () => {
		await open("xor", 3);
		await applyEdit(weight(3, -1 / 3));
		const reference = {
			kind: "parameter",
			iteration: 3,
			layer: "output",
			slot: 0,
			moment: "before",
			index: 1,
		} as const;
		expect(referenceText(reference)).toBe("i3/parameter/output/0/before/1");
		expect((await traceOf(3)).parameters[2].before[1]).toBe(-1 / 3);
	});
});
