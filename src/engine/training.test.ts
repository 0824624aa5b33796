import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReplay, type ScheduledEdit } from "./replay.ts";
import { anyDenseRun, anySolver, denseData, layer, net, plainSolver } from "./testing/dense-nets.ts";
import { createTraining, type Training, type TrainingOptions } from "./training.ts";

/** All that decides what follows, as exact bits. */
function bits(training: Training): string {
	const { parameters, history, ...counts } = training.checkpoint();
	const text = (values: Float64Array) => new BigUint64Array(values.buffer).join();
	return JSON.stringify([counts, parameters.map(text), history.map((slots) => slots.map(text))]);
}

describe("a run", () => {
	it("is the same bits recorded and unrecorded, so the closing forward leaves nothing behind", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), (options, recorded) => {
				const mixed = createTraining(options);
				const fast = createTraining(options);
				for (const isRecorded of recorded) {
					const loss = isRecorded ? mixed.record().passes.reduce((sum, { dataLoss }) => sum + dataLoss, 0) : null;
					if (!isRecorded) mixed.step();
					const fastLoss = fast.step();
					if (loss !== null) expect(loss / options.solver.iterSize).toBe(fastLoss);
					expect(bits(mixed)).toBe(bits(fast));
				}
			}),
			{ numRuns: 100 },
		);
	});

	it("closes with the loss that the next iteration finds on the same batch", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const { label, data: inputs } = options.data.blobs;
				const first = ({ sampleShape, values }: typeof inputs) => ({
					sampleShape,
					values: values.slice(0, sampleShape[0]),
				});
				const whole = { ...options, data: { samples: 1, blobs: { data: first(inputs), label: first(label) } } };
				const training = createTraining(whole);
				const { again } = training.record();
				const next = training.record().passes[0];
				expect(again.dataLoss).toBe(next.dataLoss);
				expect(again.decayLoss).toBe(next.decayLoss);
				expect(again.layers.map(({ tops }) => tops.map(({ data }) => data))).toEqual(
					next.layers.map(({ tops }) => tops.map(({ data }) => data)),
				);
			}),
			{ numRuns: 60 },
		);
	});

	it("goes on from a checkpoint as it went on before", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.nat({ max: 4 }), fc.integer({ min: 1, max: 4 }), (options, before, after) => {
				const training = createTraining(options);
				for (let k = 0; k < before; k++) training.step();
				const checkpoint = training.checkpoint();
				const traces = Array.from({ length: after }, () => training.record());
				training.restore(checkpoint);
				expect(Array.from({ length: after }, () => training.record())).toEqual(traces);
			}),
			{ numRuns: 60 },
		);
	});
});

/** iter_size passes on small batches, as one pass on the whole. */
function accumulated(options: TrainingOptions, passes: number, batch: number): TrainingOptions {
	const layers = options.net.layers.map((one) =>
		one.type === "Input" ? { ...one, settings: { shape: [{ dim: [batch, 3] }, { dim: [batch, 1] }] } } : one,
	);
	return { ...options, net: { ...options.net, layers }, solver: { ...options.solver, iterSize: passes } };
}

describe("iter_size", () => {
	const options: TrainingOptions = {
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [6, 3] }, { dim: [6, 1] }] } }),
			layer("InnerProduct", "one", ["data"], ["one"], {
				settings: { num_output: 4, weight_filler: { type: "xavier" } },
			}),
			layer("TanH", "f", ["one"], ["a"]),
			layer("InnerProduct", "two", ["a"], ["two"], { settings: { num_output: 3, weight_filler: { type: "xavier" } } }),
			layer("SoftmaxWithLoss", "loss", ["two", "label"], ["loss"]),
		]),
		solver: plainSolver,
		data: denseData(2, 12, 3, 3, "SoftmaxWithLoss"),
		seed: 4,
	};

	// Momentum and several steps carry a rounding on.
	const near = (a: number, b: number) => Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(a), Math.abs(b));

	it("k on batches of b is 1 on a batch of k·b, to rounding", () => {
		fc.assert(
			fc.property(anySolver, fc.constantFrom(2, 3, 6), (solver, passes) => {
				// Caffe clips before it averages, so clipping is not the same thing for the two.
				const settings = { ...solver, clipGradients: -1 };
				const small = createTraining(accumulated({ ...options, solver: settings }, passes, 6 / passes));
				const large = createTraining({ ...options, solver: { ...settings, iterSize: 1 } });
				for (let k = 0; k < 4; k++) expect(near(small.step(), large.step())).toBe(true);
				const wanted = large.checkpoint();
				small.checkpoint().parameters.forEach((values, index) => {
					values.forEach((value, place) => {
						expect(near(value, wanted.parameters[index][place]), `${index}/${place}`).toBe(true);
					});
				});
			}),
			{ numRuns: 40 },
		);
	});
});

describe("a replay", () => {
	const anyEdits = (options: TrainingOptions): fc.Arbitrary<readonly ScheduledEdit[]> =>
		fc
			.uniqueArray(
				fc.record({
					iteration: fc.integer({ min: 1, max: 12 }),
					solver: fc.boolean(),
					value: fc.double({ min: -1, max: 1, noNaN: true }),
				}),
				{ maxLength: 3, selector: ({ iteration }) => iteration },
			)
			.map((edits) =>
				edits.map(({ iteration, solver, value }) => ({
					iteration,
					...(solver
						? { solver: { ...options.solver, baseLr: Math.abs(value) } }
						: { parameters: { "ip1/0": { 0: value } } }),
				})),
			);

	it("gives each iteration bit for bit as a run from the start, in any order, with edits and in little memory", () => {
		const runWithEdits = anyDenseRun.chain((options) => fc.tuple(fc.constant(options), anyEdits(options)));
		fc.assert(
			fc.property(
				runWithEdits,
				fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 2, maxLength: 8 }),
				([options, edits], visits) => {
					const straight = createReplay({ ...options, edits });
					const expected = Array.from({ length: 14 }, (_, k) => {
						expect(straight.advance(k + 1, 1)).toBe(true);
						return straight.record(k + 1);
					});
					const jumping = createReplay({ ...options, edits, memory: 1 });
					for (const iteration of visits) {
						while (!jumping.advance(iteration, 3));
						expect(jumping.record(iteration)).toEqual(expected[iteration - 1]);
					}
					jumping.losses.forEach((loss, k) => {
						expect(loss).toBe(straight.losses[k]);
					});
				},
			),
			{ numRuns: 40 },
		);
	});

	it("takes an edit into the iteration it names and leaves earlier ones as they were", () => {
		fc.assert(
			fc.property(anyDenseRun, fc.integer({ min: 2, max: 5 }), (options, iteration) => {
				const before = createReplay({ ...options, edits: [] });
				const edited = createReplay({ ...options, edits: [{ iteration, parameters: { "ip1/0": { 0: 0.125 } } }] });
				for (let k = 1; k <= iteration; k++) {
					const [plain, changed] = [before.record(k), edited.record(k)];
					if (k < iteration) expect(changed).toEqual(plain);
					else expect(changed.parameters[0].before[0]).toBe(0.125);
				}
			}),
			{ numRuns: 40 },
		);
	});
});
