import { afterEach, describe, expect, it, vi } from "vitest";
import "./layers/index.ts";
import { createReplay, type ReplayOptions } from "./replay.ts";
import { createRunner } from "./runner.ts";
import { denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { createTraining, type TrainingOptions } from "./training.ts";

const filler = { type: "gaussian", std: 0.3 };

/** A dense net with so many hidden units, masks drawn and a layer that writes over what it reads. */
function optionsOf(units: number, iterSize = 1): TrainingOptions {
	const dense = (name: string, bottom: string, outputs: number) =>
		layer("InnerProduct", name, [bottom], [name], { settings: { num_output: outputs, weight_filler: filler } });
	return {
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [4, 2] }, { dim: [4, 1] }] } }),
			dense("wide", "data", units),
			layer("ReLU", "bend", ["wide"], ["wide"]),
			layer("Dropout", "drop", ["wide"], ["wide"]),
			dense("deep", "wide", units),
			dense("scores", "deep", 3),
			layer("SoftmaxWithLoss", "loss", ["scores", "label"], ["loss"]),
		]),
		solver: { ...plainSolver, momentum: 0.9, iterSize, weightDecay: 0.01, clipGradients: 5 },
		data: denseData(3, 10, 2, 3, "SoftmaxWithLoss"),
		seed: 5,
	};
}

/** Large enough to be done layer by layer. */
const large: ReplayOptions = { ...optionsOf(160), edits: [{ iteration: 4, parameters: { "deep/1": { 0: 0.25 } } }] };

/** The end of something done in parts, and how many parts there were. */
function whole<T>(parts: Generator<void, T>): { readonly value: T; readonly count: number } {
	for (let count = 0; ; count++) {
		const step = parts.next();
		if (step.done) return { value: step.value, count };
	}
}

afterEach(() => {
	vi.restoreAllMocks();
});

describe("an iteration done in parts", () => {
	it.each([1, 2])("has the bits of one done in one go (iter_size %i)", (iterSize) => {
		const options = optionsOf(5, iterSize);
		const [inOne, inParts] = [createTraining(options), createTraining(options)];
		for (let k = 0; k < 3; k++) {
			expect(whole(inParts.stepParts()).value).toBe(inOne.step());
			const recorded = whole(inParts.recordParts());
			expect(recorded.value).toEqual(inOne.record());
			expect(recorded.count).toBeGreaterThan(options.net.layers.length);
		}
		expect(inParts.checkpoint()).toEqual(inOne.checkpoint());
	});

	it("is not disturbed by what another net does meanwhile", () => {
		const one = createTraining(optionsOf(40)).recordParts();
		const other = createTraining(optionsOf(30));
		for (;;) {
			const step = one.next();
			if (step.done) {
				expect(step.value).toEqual(createTraining(optionsOf(40)).record());
				return;
			}
			other.step();
		}
	});
});

describe("a run in place", () => {
	it("leaves the page room within an iteration of a large net", async () => {
		// Every look at the clock finds a slice over.
		let now = 0;
		vi.spyOn(performance, "now").mockImplementation(() => {
			now += 1000;
			return now;
		});
		let rests = 0;
		let isDone = false;
		const wait = (): void => {
			rests++;
			if (!isDone) setTimeout(wait);
		};
		setTimeout(wait);
		const trace = await createRunner(large).trace(1);
		isDone = true;
		expect(rests).toBeGreaterThan(2);
		expect(trace).toEqual(createReplay(large).record(1));
	});

	it("finishes what it is at before it turns to what is asked instead", async () => {
		vi.spyOn(performance, "now").mockReturnValue(0);
		const runner = createRunner(large);
		const asked = await Promise.allSettled([runner.trace(9), runner.trace(2), runner.trace(6)]);
		expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
		expect(await runner.trace(6)).toEqual(await createRunner(large).trace(6));
		expect(await runner.trace(3)).toEqual(await createRunner(large).trace(3));
	});

	it("comes to an end where it fails far behind its last checkpoint", async () => {
		const { solver, ...rest } = optionsOf(3);
		const fails = { ...rest, solver: { ...solver, baseLr: 1e200, clipGradients: -1 }, edits: [], memory: 1 };
		const { iteration } = await createRunner(fails).trace(50);
		expect(iteration).toBeLessThan(50);
	});
});
