import { buildNet, fillParameters, type Net } from "./net.ts";
import { copyState } from "./net-state.ts";
import { EngineError } from "./problem.ts";
import { countOf } from "./shape.ts";
import { applyUpdate, checkSolver, createHistory, decayLoss, type SolverHistory } from "./solver/pipeline.ts";
import type { DataSource, NetSpecification, SolverSettings } from "./specification.ts";
import { type IterationTrace, type PassTrace, recordPass } from "./trace.ts";

/** Values written into parameters before an iteration: `layer/slot` → flat index → value. */
export type ParameterValues = Readonly<Record<string, Readonly<Record<number, number>>>>;

export interface TrainingOptions {
	readonly net: NetSpecification;
	readonly solver: SolverSettings;
	readonly data: DataSource;
	readonly seed: number;
	/** Whole start values by `layer/slot`, instead of the fillers'. */
	readonly start?: Readonly<Record<string, readonly number[]>>;
}

/** All that decides the following iterations, as copies. */
export interface Checkpoint {
	/** Iterations done. */
	readonly iterations: number;
	/** Batches taken from the data. */
	readonly passes: number;
	readonly parameters: readonly Float64Array[];
	readonly history: readonly (readonly Float64Array[])[];
	/** In force when the histories were made. */
	readonly settings: SolverSettings;
	/** What layers with a state carry on to the next pass. */
	readonly states: readonly Float64Array[];
}

/**
 * A run of training: iteration after iteration on one net. Deterministic: the same options, edits and order of calls
 * give the same bits, recorded or not.
 */
export interface Training {
	readonly net: Net;
	readonly settings: SolverSettings;
	/** Iterations done. */
	readonly iterations: number;
	/** One iteration, unrecorded. Returns the mean loss of its passes, without the decay term. */
	step(): number;
	/** One iteration, recorded, with the closing forward. */
	record(): IterationTrace;
	/** Writes parameter values, before the next iteration. Throws RangeError for unknown names and places. */
	setParameters(values: ParameterValues): void;
	/** Solver settings in force from the next iteration on. Histories are kept, but for another type. */
	setSolver(settings: SolverSettings): void;
	checkpoint(): Checkpoint;
	restore(checkpoint: Checkpoint): void;
}

/** @throws EngineError `data-shape` where a data set does not fill an Input blob. */
function checkData(net: Net, data: DataSource): void {
	for (const { name, blob } of net.inputs) {
		const source = data.blobs[name];
		const expected = countOf(blob.shape, 1);
		const found = source === undefined ? 0 : countOf(source.sampleShape);
		if (expected !== found) throw new EngineError({ code: "data-shape", blob: name, expected, found });
	}
}

/** Pass p of the whole run takes the next batch in order and wraps round. Returns its first sample. */
function loadBatch(net: Net, data: DataSource, pass: number): number {
	let first = 0;
	for (const { name, blob } of net.inputs) {
		const { values } = data.blobs[name];
		const batch = blob.shape[0] ?? 1;
		const size = blob.count / batch;
		first = (pass * batch) % data.samples;
		for (let row = 0; row < batch; row++) {
			const sample = (first + row) % data.samples;
			blob.data.set(values.subarray(sample * size, (sample + 1) * size), row * size);
		}
	}
	return first;
}

/**
 * The net of a run, with solver and data checked against it; its parameters are still 0.
 * @throws EngineError for a net, a solver or data that cannot be.
 */
export function buildTrainingNet(options: TrainingOptions): Net {
	const net = buildNet(options.net);
	checkSolver(options.solver);
	checkData(net, options.data);
	return net;
}

/**
 * Builds a net and its solver's state, at the start of iteration 1.
 * @throws EngineError for a net, a solver or data that cannot be.
 */
export function createTraining(options: TrainingOptions): Training {
	const net = buildTrainingNet(options);
	// The closing forward runs on a twin, so that it cannot leave anything behind.
	const twin = buildNet(options.net);
	fillParameters(net, options.seed);
	for (const [name, values] of Object.entries(options.start ?? {})) parameterNamed(net, name).blob.data.set(values);

	let settings = options.solver;
	let iterations = 0;
	let passesDone = 0;
	let history: SolverHistory = createHistory(net, settings);

	function passes<T>(run: () => T): { results: T[]; firstSamples: number[] } {
		net.clearParameterDiffs();
		const results: T[] = [];
		const firstSamples: number[] = [];
		for (let p = 0; p < settings.iterSize; p++) {
			firstSamples.push(loadBatch(net, options.data, passesDone));
			net.setDraw(drawOf(options.seed, passesDone));
			passesDone++;
			results.push(run());
		}
		return { results, firstSamples };
	}

	function closingForward(): PassTrace {
		copyState(net, twin);
		return recordPass(twin, decayLoss(twin, settings), true);
	}

	return {
		net,
		get settings() {
			return settings;
		},
		get iterations() {
			return iterations;
		},
		step() {
			const { results } = passes(() => {
				const loss = net.forward();
				net.backward();
				return loss;
			});
			applyUpdate(net, settings, history, iterations, false);
			iterations++;
			return results.reduce((total, loss) => total + loss, 0) / results.length;
		},
		record() {
			const decay = decayLoss(net, settings);
			const { results, firstSamples } = passes(() => recordPass(net, decay));
			const update = applyUpdate(net, settings, history, iterations, true);
			const again = closingForward();
			iterations++;
			return { iteration: iterations, settings, ...update, passes: results, again, firstSamples };
		},
		setParameters(values) {
			for (const [name, elements] of Object.entries(values)) {
				const { blob } = parameterNamed(net, name);
				for (const [place, value] of Object.entries(elements)) {
					const index = Number(place);
					if (!(index >= 0 && index < blob.count)) throw new RangeError(`no element ${place} in ${name}`);
					blob.data[index] = value;
				}
			}
		},
		setSolver(next) {
			checkSolver(next);
			// Another rule's histories mean something else: it starts with none.
			if (next.type !== settings.type) history = createHistory(net, next);
			settings = next;
		},
		checkpoint: () => ({
			iterations,
			passes: passesDone,
			parameters: net.learnable.map(({ blob }) => blob.data.slice()),
			history: history.map((slots) => slots.map((slot) => slot.slice())),
			settings,
			states: carriedStates(net).map((state) => state.slice()),
		}),
		restore(checkpoint) {
			iterations = checkpoint.iterations;
			passesDone = checkpoint.passes;
			net.learnable.forEach(({ blob }, index) => {
				blob.data.set(checkpoint.parameters[index]);
			});
			settings = checkpoint.settings;
			history = checkpoint.history.map((slots) => slots.map((slot) => slot.slice()));
			carriedStates(net).forEach((state, index) => {
				state.set(checkpoint.states[index]);
			});
		},
	};
}

/** The values that layers with a state hand on to their next pass. */
function carriedStates(net: Net): readonly Float64Array[] {
	return net.layers.flatMap(({ definition, run }) =>
		Object.values(definition.carries).map((name) => run.internals[name].data),
	);
}

/** The learnable parameter owned as `layer/slot`. @throws RangeError where there is none. */
function parameterNamed(net: Net, name: string) {
	const found = net.learnable.find((parameter) => `${parameter.layer}/${parameter.slot}` === name);
	if (found === undefined) throw new RangeError(`no parameter ${name}`);
	return found;
}

/** What a pass of a run draws from: the same seed and pass give the same masks. */
export function drawOf(seed: number, pass: number): number {
	return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(pass + 1, 0xc2b2ae35)) | 0;
}
