import { describe, expect, it } from "vitest";
import type { PresetId } from "../data/preset.ts";
import { referenceText, type ScalarReference } from "../engine/reference.ts";
import { discardProposal, goTo } from "./actions.ts";
import { changesOf, largestChanges, lossTurn } from "./changes.ts";
import { withDataValue } from "./data-edits.ts";
import { withEdit } from "./experiment.ts";
import { undo } from "./history.ts";
import { lossCurve } from "./loss-curve.ts";
import { editableAt, keepProposal, propose, proposeValue } from "./proposal.ts";
import { buildRun } from "./run.ts";
import { selectProposedView, selectView, sessionStore } from "./session.ts";
import { openPresetById } from "./show-experiment.ts";
import { withSolver } from "./solver-edits.ts";

const state = () => sessionStore.getState();

function run() {
	const { run: found } = state();
	if (found === null) throw new Error("nothing is open");
	return found;
}

function views() {
	const old = selectView(state(), "ufldl");
	const now = selectProposedView(state(), "ufldl");
	const { proposal } = state();
	if (old === null || now === null || proposal === null) throw new Error("nothing is proposed");
	return { old, now, proposal };
}

async function open(id: PresetId, iteration: number): Promise<void> {
	await openPresetById(id);
	await goTo({ iteration, leaf: Number.MAX_SAFE_INTEGER });
}

type Parameter = Extract<ScalarReference, { readonly kind: "parameter" }>;

const weight = (iteration: number, index = 0): Parameter => ({
	kind: "parameter",
	iteration,
	layer: "output",
	slot: 0,
	moment: "before",
	index,
});

const top = (layer: string, slot: number, index: number, iteration = 1): ScalarReference => ({
	kind: "top",
	iteration,
	pass: 0,
	layer,
	slot,
	side: "data",
	index,
});

describe("what can be edited", () => {
	it("is what is given: parameters, samples, settings", async () => {
		await open("xor", 3);
		const at = (subject: ScalarReference) => editableAt(state(), subject);
		expect(at({ ...weight(3, 2), moment: "gradient" })).toMatchObject({ kind: "parameter", iteration: 3, index: 2 });
		expect(at(top("data", 0, 5, 3))).toMatchObject({ kind: "data", role: "input", blob: "data", sample: 2, index: 1 });
		expect(at(top("data", 1, 3, 3))).toMatchObject({ kind: "data", role: "target", blob: "label", classes: null });
		expect(at({ kind: "solver", iteration: 3, name: "rate" })).toMatchObject({ setting: "baseLr" });
		expect(at(top("hidden", 0, 0, 3))).toBeNull();
		expect(at({ kind: "loss", iteration: 3, pass: 0, part: "data" })).toBeNull();
		expect(at({ kind: "solver", iteration: 3, name: "clipNorm" })).toBeNull();
		expect(propose(top("hidden", 0, 0, 3))).toBe(false);
	});

	it("knows a class label, and which sample of the data set stands in the batch", async () => {
		await open("digits", 2);
		expect(editableAt(state(), top("data", 1, 3, 2))).toMatchObject({ role: "target", sample: 11, classes: 10 });
	});
});

describe("a proposal", () => {
	it("shows, bit for bit, what keeping it gives", async () => {
		for (const [subject, change] of [
			[
				weight(4, 1),
				(e) => withEdit(e, { kind: "parameter", iteration: 4, layer: "output", slot: 0, index: 1, value: -0.7 }),
			],
			[{ kind: "solver", iteration: 4, name: "rate" }, (e) => withSolver(e, 4, { baseLr: 0.7 })],
			[{ kind: "solver", iteration: 4, name: "momentum" }, (e) => withSolver(e, 4, { momentum: 0.7 })],
		] satisfies [
			ScalarReference,
			(e: ReturnType<typeof run>["experiment"]) => ReturnType<typeof run>["experiment"],
		][]) {
			await open("xor", 4);
			expect(propose(subject)).toBe(true);
			expect(proposeValue(subject.kind === "parameter" ? -0.7 : 0.7)).toBeNull();
			const proposed = state().proposal?.opened.trace;
			expect(proposed).toEqual(await buildRun(change(run().experiment)).runner.trace(4));
			expect(await keepProposal()).toBeNull();
			expect(state().opened?.trace).toEqual(proposed);
			expect(state().proposal).toBeNull();
			expect(state().cursor.iteration).toBe(4);
		}
	});

	it("of a number of a sample is that of this iteration alone", async () => {
		await open("worked-example", 1);
		propose(top("data", 0, 1));
		proposeValue(0.7);
		const changed = (value: number) => buildRun(withDataValue(run().experiment, "data", 0, 1, value)).runner.trace(1);
		expect(state().proposal?.opened.trace).toEqual(await changed(0.7));
		proposeValue(0.9);
		expect(state().proposal?.opened.trace).toEqual(await changed(0.9));
		proposeValue(0.1);
		expect(state().proposal?.opened).toBe(state().opened);
	});

	it("leaves the run as it was", async () => {
		await open("xor", 3);
		const before = [await run().runner.trace(2), await run().runner.trace(3)];
		propose(weight(3));
		for (const value of [1, -5, 1e200]) proposeValue(value);
		await lossCurve("ufldl", { from: -4, to: 4, points: 41, whole: false });
		discardProposal();
		expect(run().experiment.edits).toEqual([]);
		const again = buildRun(run().experiment).runner;
		expect([await again.trace(2), await again.trace(3)]).toEqual(before);
		expect(await run().runner.trace(4)).toEqual(await again.trace(4));
	});

	it("is undone as one edit", async () => {
		await open("xor", 3);
		const before = run().experiment;
		propose(weight(3));
		for (const value of [0.1, 0.2, 0.3]) proposeValue(value);
		await keepProposal();
		expect(run().experiment.edits).toHaveLength(1);
		await undo();
		expect(run().experiment).toBe(before);
	});

	it("that changes nothing is no edit", async () => {
		await open("xor", 3);
		const before = run().experiment;
		propose(weight(3));
		await keepProposal();
		expect(run().experiment).toBe(before);
		expect(state().proposal).toBeNull();
	});

	it("is refused where the value may not be, and stays at the last that may", async () => {
		await open("digits", 1);
		propose(top("data", 1, 0));
		expect(proposeValue(3)).toBeNull();
		expect(proposeValue(10)).toMatchObject({ code: "setting", expected: "integer 0 … 9" });
		expect(state().proposal?.value).toBe(3);
		propose({ kind: "solver", iteration: 1, name: "rate" });
		expect(proposeValue(1e9)).toMatchObject({ code: "setting", setting: "base_lr" });
		discardProposal();
	});

	it("ends when another iteration is gone to", async () => {
		await open("xor", 3);
		propose(weight(3));
		await goTo({ iteration: 3, leaf: 1 });
		expect(state().proposal).not.toBeNull();
		await goTo({ iteration: 2, leaf: 1 });
		expect(state().proposal).toBeNull();
	});
});

describe("the changes that are listed", () => {
	it("of the worked example: what the weight reaches, and nothing else", async () => {
		await openPresetById("worked-example");
		propose(weight(1));
		proposeValue(-1 / 3);
		const { timeline } = views().old;
		// The end of the backward phase.
		const backward = timeline.phases.find(({ name }) => name === "backward");
		await goTo({ iteration: 1, leaf: (backward?.first ?? 0) + (backward?.leaves ?? 1) - 1 });
		const { old, now, proposal } = views();
		const changes = changesOf(old, now, proposal);
		expect(changes.map(({ reference }) => referenceText(reference))).toEqual([
			"i1/parameter/output/0/before/0",
			"i1/p0/top/output/0/data/0",
			"i1/p0/top/output_sigmoid/0/data/0",
			"i1/p0/loss/total",
			"i1/p0/top/output/0/diff/0",
			"i1/p0/top/hidden/0/diff/0",
			"i1/p0/top/hidden/0/diff/1",
		]);
		expect(changes.map(({ direction }) => direction)).toEqual(["down", "down", "down", "down", "up", "down", "up"]);
		expect(changes.filter(({ turns }) => turns)).toHaveLength(2);
		expect(lossTurn(old, now, proposal)).toBe("falls");
		expect(now.shown({ kind: "loss", iteration: 1, pass: 0, part: "total" })).toBeCloseTo(0.2359, 4);
		expect(changes[0].after.id).toBe("proposed/i1/parameter/output/0/before/0");
		const few = largestChanges(changes, 3, now, old).map(({ reference }) => referenceText(reference));
		expect(few).toEqual([
			"i1/parameter/output/0/before/0",
			"i1/p0/top/output/0/data/0",
			"i1/p0/top/output_sigmoid/0/data/0",
		]);
	});
});

describe("the curve of the loss", () => {
	it("runs through the loss that stands, with the gradient as its slope", async () => {
		await open("xor", 5);
		propose(weight(5, 1));
		const { old, proposal } = views();
		const curve = await lossCurve("ufldl", { from: proposal.former, to: proposal.former + 1, points: 3, whole: false });
		expect(curve?.points[0]).toEqual({
			value: proposal.former,
			loss: old.value({ kind: "loss", iteration: 5, pass: 0, part: "total" }),
		});
		const gradient = old.value({ ...weight(5, 1), moment: "regularized" });
		expect(curve?.slope?.rise).toBeCloseTo(gradient, 14);
	});

	it("of a class label stands at the classes alone, without a slope", async () => {
		await open("digits", 1);
		propose(top("data", 1, 0));
		const curve = await lossCurve("caffe", { from: 0, to: 9, points: 81, whole: true });
		expect(curve?.points.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(curve?.slope).toBeNull();
	});

	it("over the learning rate is that of the loss after the step", async () => {
		await open("rate-too-large", 1);
		propose({ kind: "solver", iteration: 1, name: "rate" });
		const curve = await lossCurve("ufldl", { from: 0, to: 1.5, points: 2, whole: false });
		const { old } = views();
		expect(curve?.points[0].loss).toBe(old.value({ kind: "loss", iteration: 1, pass: 0, part: "total" }));
		expect(curve?.points[1].loss).toBe(old.value({ kind: "loss", iteration: 1, pass: "again", part: "total" }));
		expect(curve?.slope).toBeNull();
		discardProposal();
	});

	it("is given up when the proposal is", async () => {
		await open("xor", 2);
		propose(weight(2));
		const curve = lossCurve("ufldl", { from: -1, to: 1, points: 5000, whole: false });
		discardProposal();
		expect(await curve).toBeNull();
	});
});
