import { describe, expect, it } from "vitest";
import type { PresetId } from "../data/preset.ts";
import { presetById, presetIdOf } from "../data/presets/index.ts";
import { densePresets as presets } from "../data/testing/dense-presets.ts";
import { referencesOf } from "../engine/evaluate.ts";
import { explainScalar } from "../engine/explain-scalar.ts";
import { readTrace } from "../engine/read-trace.ts";
import { parseReference, type ScalarReference } from "../engine/reference.ts";
import { createReplay, type Replay } from "../engine/replay.ts";
import { checkExplanations, shareRows, traceContext } from "../engine/testing/explanations.ts";
import { allReferences } from "../engine/testing/references.ts";
import type { IterationTrace } from "../engine/trace.ts";
import { en } from "../i18n/en/index.ts";
import { zh } from "../i18n/zh/index.ts";
import { addressText, parseAddress } from "../timeline/address.ts";
import { becomingOf } from "../timeline/stage-of.ts";
import { structureOf } from "../timeline/structure.ts";
import { createTimeline } from "../timeline/timeline.ts";
import { type Experiment, scheduledEdits } from "./experiment.ts";
import { openPreset } from "./open-experiment.ts";

function replayOf(experiment: Experiment): Replay {
	const { net, solver, data, seed, start } = experiment;
	return createReplay({ net, solver, data: data.source, seed, start, edits: scheduledEdits(experiment) });
}

async function open(id: PresetId): Promise<Replay> {
	return replayOf(await openPreset(presetById(id)));
}

function iteration(replay: Replay, number: number): IterationTrace {
	while (!replay.advance(number, 1000));
	return replay.record(number);
}

/** The diff of a layer's output in the iteration's first pass: δ where the layer is dense. */
function delta(replay: Replay, trace: IterationTrace, layer: string): Float64Array {
	return trace.passes[0].layers[replay.training.net.layer(layer).index].tops[0].diff ?? new Float64Array();
}

function data(replay: Replay, trace: IterationTrace, layer: string, slot = 0): Float64Array {
	return trace.passes[0].layers[replay.training.net.layer(layer).index].tops[slot].data;
}

function parameter(replay: Replay, trace: IterationTrace, layer: string, slot: number) {
	return trace.parameters[replay.training.net.layer(layer).parameters[slot].learnable];
}

describe.each(presets.map(({ id }) => id))("%s", (id) => {
	it("opens, with texts in each language", async () => {
		const replay = await open(id);
		expect(iteration(replay, 1).passes[0].dataLoss).toBeGreaterThan(0);
		expect(presetIdOf(id)).toBe(id);
		for (const catalogue of [en, zh]) {
			const { title, subtitle, see } = catalogue.presets[id];
			for (const text of [title, subtitle, ...see]) expect(text).toMatch(/\S/);
			expect(see).toHaveLength(2);
		}
	});

	it("addresses every stage, reads the address back and knows each number's operands by then", async () => {
		const replay = await open(id);
		const { net } = replay.training;
		const trace = iteration(replay, 2);
		const timeline = createTimeline(structureOf(net), trace.settings);
		for (let leaf = 0; leaf < timeline.leaves; leaf++) {
			const cursor = { iteration: 2, leaf };
			expect(parseAddress(timeline, addressText(timeline, cursor))).toEqual({ cursor, problem: null });
		}
		const context = traceContext(net, trace);
		const known = (r: ScalarReference) => {
			const becoming = becomingOf(timeline, r);
			return becoming === "given" ? -1 : becoming === "never" ? Number.POSITIVE_INFINITY : becoming;
		};
		for (const reference of allReferences(net, trace.settings, 2, shareRows(context))) {
			const own = known(reference);
			if (own === Number.POSITIVE_INFINITY) continue;
			const expression = explainScalar(context, reference);
			for (const operand of expression === null ? [] : referencesOf(expression)) {
				if (operand.iteration === 2 && known(operand) > own) expect.fail(JSON.stringify({ reference, operand }));
			}
		}
	}, 60_000);

	it("explains every number of an iteration", async () => {
		const replay = await open(id);
		const trace = iteration(replay, 2);
		expect(checkExplanations(replay.training.net, trace).wrong).toEqual([]);
	}, 60_000);
});

describe("what a preset's texts claim", () => {
	it("worked example: the outputs pull each hidden unit in opposite directions", async () => {
		const replay = await open("worked-example");
		const trace = iteration(replay, 1);
		const [first, second] = delta(replay, trace, "output");
		const weights = parameter(replay, trace, "output", 0).before;
		for (const unit of [0, 1]) expect(Math.sign(weights[unit] * first)).toBe(-Math.sign(weights[2 + unit] * second));
	});

	it("xor: decay pulls at the weights and never at the biases, and it is learnt in the end", async () => {
		const replay = await open("xor");
		const trace = iteration(replay, 1);
		for (const { layer, slot, index } of replay.training.net.learnable) {
			expect(trace.parameters[index].regularized === null, `${layer}/${slot}`).toBe(slot === 1);
		}
		const late = iteration(replay, 2000);
		data(replay, late, "output_sigmoid").forEach((output, sample) => {
			expect(Math.abs(output - data(replay, late, "data", 1)[sample])).toBeLessThan(0.2);
		});
	});

	it("symmetry: the hidden units stay twins, and part after the remedy", async () => {
		const preset = presetById("symmetry");
		const experiment = await openPreset(preset);
		const hidden = (replay: Replay, number: number) => {
			const trace = iteration(replay, number);
			const { after } = parameter(replay, trace, "hidden", 0);
			const { after: bias } = parameter(replay, trace, "hidden", 1);
			const columns = after.length / bias.length;
			return [0, 1].map((unit) => [...after.slice(unit * columns, (unit + 1) * columns), bias[unit]]);
		};
		const replay = replayOf(experiment);
		for (const number of [1, 10, 100]) {
			const [one, other] = hidden(replay, number);
			expect(one).toEqual(other);
		}
		const edits = Object.entries(preset.remedy ?? {}).map(([path, value]) => {
			const [layer, slot, index] = path.split("/");
			return { kind: "parameter" as const, iteration: 1, layer, slot: Number(slot), index: Number(index), value };
		});
		expect(edits).toHaveLength(1);
		const remedied = replayOf({ ...experiment, edits });
		const [one, other] = hidden(remedied, 100);
		one.forEach((value, place) => {
			expect(value).not.toBe(other[place]);
		});
		// Parted, they learn what twins cannot.
		expect(iteration(remedied, 300).passes[0].dataLoss).toBeLessThan(0.01);
		expect(iteration(replay, 300).passes[0].dataLoss).toBeGreaterThan(0.05);
	});

	it("saturated: output 1 is more wrong and its δ a hundred times smaller", async () => {
		const replay = await open("saturated");
		const trace = iteration(replay, 1);
		const outputs = data(replay, trace, "output_sigmoid");
		const targets = data(replay, trace, "data", 1);
		const errors = outputs.map((output, unit) => Math.abs(output - targets[unit]));
		const deltas = delta(replay, trace, "output").map(Math.abs);
		expect(errors[0]).toBeGreaterThan(0.99);
		expect(errors[0]).toBeGreaterThan(1.2 * errors[1]);
		expect(deltas[1]).toBeGreaterThanOrEqual(100 * deltas[0]);
	});

	it("dead ReLU: unit 2 has z < 0, slope 0, δ 0 and no gradients for any sample; its neighbours learn", async () => {
		const replay = await open("dead-relu");
		for (const number of [1, 50, 500]) {
			const trace = iteration(replay, number);
			const z = data(replay, trace, "hidden");
			const deltas = delta(replay, trace, "hidden");
			for (const sample of [0, 1, 2, 3]) {
				expect(z[3 * sample + 1]).toBeLessThan(0);
				expect(Math.abs(deltas[3 * sample + 1])).toBe(0);
			}
			const { gradient } = parameter(replay, trace, "hidden", 0);
			expect([gradient[2], gradient[3]].map(Math.abs)).toEqual([0, 0]);
			expect(Math.abs(parameter(replay, trace, "hidden", 1).gradient[1])).toBe(0);
		}
		const first = parameter(replay, iteration(replay, 1), "hidden", 0).gradient;
		for (const place of [0, 1, 4, 5]) expect(first[place]).not.toBe(0);
		expect(iteration(replay, 500).passes[0].dataLoss).toBeLessThan(0.5 * iteration(replay, 1).passes[0].dataLoss);
	});

	it("rate too large: the loss rises each iteration and is no number within ten", async () => {
		const replay = await open("rate-too-large");
		let before = 0;
		let number = 0;
		for (;;) {
			const loss = iteration(replay, ++number).passes[0].dataLoss;
			if (!Number.isFinite(loss)) break;
			expect(loss).toBeGreaterThan(before);
			before = loss;
			expect(number).toBeLessThan(10);
		}
		expect(number).toBeGreaterThan(3);
	});

	it("disagreement: three samples want each output weight higher, one lower", async () => {
		const replay = await open("disagreement");
		const trace = iteration(replay, 1);
		const context = traceContext(replay.training.net, trace);
		for (const index of [0, 1]) {
			const shares = [0, 1, 2, 3].map((sample) =>
				context.read({ kind: "share", iteration: 1, pass: 0, sample, layer: "output", slot: 0, index }),
			);
			// A negative gradient pushes a weight up.
			expect(shares.filter((share) => share < 0)).toHaveLength(3);
			expect(shares.filter((share) => share > 0)).toHaveLength(1);
		}
	});

	it("vanishing: |δ| shrinks on the way back by almost a power of ten a layer", async () => {
		const replay = await open("vanishing");
		const trace = iteration(replay, 1);
		const names = replay.training.net.layers.filter(({ type }) => type === "InnerProduct").map(({ name }) => name);
		expect(names).toHaveLength(8);
		const sizes = names.map((name) => Math.abs(delta(replay, trace, name)[0]));
		for (let k = 1; k < sizes.length; k++) {
			expect(sizes[k] / sizes[k - 1]).toBeGreaterThan(4);
			expect(sizes[k] / sizes[k - 1]).toBeLessThan(10);
		}
		expect(sizes[7] / sizes[0]).toBeGreaterThan(1e4);
	});

	it("digits: 1,210 parameters, δ = p − y, and it learns", async () => {
		const replay = await open("digits");
		expect(replay.training.net.learnable.reduce((count, { blob }) => count + blob.count, 0)).toBe(1210);
		const trace = iteration(replay, 1);
		const labels = data(replay, trace, "data", 1);
		const { probability } = trace.passes[0].layers[replay.training.net.layer("loss").index].internals;
		delta(replay, trace, "output").forEach((value, place) => {
			const target = labels[Math.floor(place / 10)] === place % 10 ? 1 : 0;
			expect(value).toBe((probability[place] - target) * (1 / 8));
		});
		iteration(replay, 400);
		const mean = (from: number) => replay.losses.slice(from, from + 50).reduce((sum, loss) => sum + loss, 0) / 50;
		expect(mean(340)).toBeLessThan(0.35 * mean(0));
	});

	it("published digits are the page's own to the last one printed", async () => {
		for (const preset of presets) {
			const published = Object.entries(preset.published ?? {});
			if (published.length === 0) continue;
			const replay = replayOf(await openPreset(preset));
			for (const [text, digits] of published) {
				const reference = parseReference(text);
				if (reference === null) expect.fail(text);
				const value = readTrace(replay.training.net, iteration(replay, reference.iteration), reference);
				expect(value?.toFixed(digits.split(".")[1].length), text).toBe(digits);
			}
		}
	});
});
