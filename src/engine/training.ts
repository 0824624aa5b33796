import { batchLoader, checkData } from "./batches.ts";
import { fillParameters } from "./fill.ts";
import "./layers/dense.ts";
import { buildNet, type Net } from "./net.ts";
import { prepareOnline } from "./online-net.ts";
import { createSink, type Sink, type StretchCopy } from "./sink.ts";
import {
	applyUpdate,
	checkSolver,
	createHistory,
	decayLoss,
	keep,
	keptIn,
	prepareUpdate,
	type SolverHistory,
} from "./solver/pipeline.ts";
import type { DataSource, NetSpecification, SolverSettings } from "./specification.ts";
import {
	type IterationTrace,
	type ParameterTrace,
	type PassTrace,
	passParts,
	preparePasses,
	RecordedIteration,
} from "./trace.ts";

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
	/** One iteration, recorded; its closing forward runs when it is first read. */
	record(): IterationTrace;
	/** {@link step}, pausing after each layer. It has to be done to its end before anything else is asked. */
	stepParts(): Generator<void, number>;
	/** {@link record} with its closing forward, pausing after each layer; likewise. */
	recordParts(): Generator<void, IterationTrace>;
	/** Writes parameter values, before the next iteration. Throws RangeError for unknown names and places. */
	setParameters(values: ParameterValues): void;
	/** Solver settings in force from the next iteration on. Histories are kept, but for another type. */
	setSolver(settings: SolverSettings): void;
	checkpoint(): Checkpoint;
	restore(checkpoint: Checkpoint): void;
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
	let twinNet: Net | null = null;
	fillParameters(net, options.seed);
	for (const [name, values] of Object.entries(options.start ?? {})) parameterNamed(net, name).blob.data.set(values);

	let settings = options.solver;
	let iterations = 0;
	let passesDone = 0;
	let history: SolverHistory = createHistory(net, settings);
	let update = prepareUpdate(net, settings, history);
	let online = prepareOnline(net, settings, history);
	/** Left at 0 by an unrecorded update. */
	let diffsAreClear = true;
	const batches = batchLoader(net, options.data);
	const recordNet = preparePasses(net, false);
	let recordTwin: ReturnType<typeof preparePasses> | null = null;

	/** After a change of settings or histories. */
	function prepare(): void {
		update = prepareUpdate(net, settings, history);
		online = prepareOnline(net, settings, history);
	}

	/** Brings the next pass its batch and its draw. Returns the first sample. */
	function beginPass(): number {
		const first = batches.load(passesDone);
		net.setDraw(drawOf(options.seed, passesDone));
		passesDone++;
		return first;
	}

	function clearDiffs(): void {
		if (!diffsAreClear) net.clearParameterDiffs();
		diffsAreClear = false;
	}

	/** Numbers in the last trace: the next will hold as many. */
	let kept = 0;
	/** What the iteration before recorded, until anything but a recorded iteration changes what it left. */
	let previous: readonly ParameterTrace[] | null = null;

	/** The twin, set up to run the last pass once more with the new parameters, out of what was recorded. */
	function preparedTwin({ passes, parameters }: Pick<IterationTrace, "passes" | "parameters">, draw: number): Net {
		twinNet ??= buildNet(options.net);
		const twin = twinNet;
		const pass = passes[passes.length - 1];
		twin.learnable.forEach(({ blob }, index) => {
			blob.data.set(parameters[index].after);
		});
		twin.layers.forEach(({ definition, run }, index) => {
			const { tops, internals } = pass.layers[index];
			if (definition.picture === "given") for (const slot in tops) run.tops[slot].data.set(tops[slot].data);
			for (const name in internals) run.internals[name].data.set(internals[name]);
		});
		twin.setDraw(draw);
		return twin;
	}

	function closingForward(trace: IterationTrace, draw: number): PassTrace {
		const twin = preparedTwin(trace, draw);
		recordTwin ??= preparePasses(twin, true);
		return recordTwin(decayLoss(twin, trace.settings), createSink(0)).pass;
	}

	/** What follows the passes of a recorded iteration: the update, and the numbers of both. */
	function recordUpdate(passes: readonly PassTrace[], gradient: StretchCopy | null, sink: Sink) {
		const gradients = gradient === null ? keep(net, "diff", sink) : keptIn(gradient, net, "diff");
		const updated = applyUpdate(net, settings, history, iterations, sink, stillHeld(previous), gradients);
		previous = updated.parameters;
		kept = sink.kept;
		iterations++;
		return { iteration: iterations, settings, ...updated, passes };
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
			previous = null;
			if (online !== null) {
				// Nothing in such a net draws.
				batches.load(passesDone);
				passesDone++;
				const loss = online(iterations);
				iterations++;
				return loss;
			}
			clearDiffs();
			let total = 0;
			for (let pass = 0; pass < settings.iterSize; pass++) {
				beginPass();
				total += net.forward();
				net.backwardToParameters();
			}
			update(iterations);
			diffsAreClear = true;
			iterations++;
			return total / settings.iterSize;
		},
		record() {
			const sink = createSink(kept);
			const decay = decayLoss(net, settings);
			clearDiffs();
			const firstSamples: number[] = [];
			const passes: PassTrace[] = [];
			let gradient: StretchCopy | null = null;
			for (let pass = 0; pass < settings.iterSize; pass++) {
				firstSamples.push(beginPass());
				const recorded = recordNet(decay, sink);
				passes.push(recorded.pass);
				gradient = recorded.gradient;
			}
			const recorded = { ...recordUpdate(passes, gradient, sink), firstSamples };
			const { draw } = net;
			return new RecordedIteration(recorded, (trace) => closingForward(trace, draw));
		},
		*stepParts() {
			previous = null;
			clearDiffs();
			let total = 0;
			for (let pass = 0; pass < settings.iterSize; pass++) {
				beginPass();
				total += yield* net.forwardParts();
				yield* net.backwardToParametersParts();
			}
			update(iterations);
			diffsAreClear = true;
			iterations++;
			return total / settings.iterSize;
		},
		*recordParts() {
			const sink = createSink(kept);
			const decay = decayLoss(net, settings);
			clearDiffs();
			const firstSamples: number[] = [];
			const passes: PassTrace[] = [];
			for (let pass = 0; pass < settings.iterSize; pass++) {
				firstSamples.push(beginPass());
				passes.push(yield* passParts(net, decay, sink, false));
			}
			const recorded = { ...recordUpdate(passes, null, sink), firstSamples };
			yield;
			const twin = preparedTwin(recorded, net.draw);
			const again = yield* passParts(twin, decayLoss(twin, settings), createSink(0), true);
			return new RecordedIteration(recorded, () => again);
		},
		setParameters(values) {
			previous = null;
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
			if (next === settings) return;
			checkSolver(next);
			// Another rule's histories mean something else: it starts with none.
			if (next.type !== settings.type) {
				history = createHistory(net, next);
				previous = null;
			}
			settings = next;
			prepare();
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
			previous = null;
			batches.forget();
			iterations = checkpoint.iterations;
			passesDone = checkpoint.passes;
			net.learnable.forEach(({ blob }, index) => {
				blob.data.set(checkpoint.parameters[index]);
			});
			settings = checkpoint.settings;
			history = createHistory(net, settings);
			history.forEach((slots, index) => {
				slots.forEach((slot, k) => {
					slot.set(checkpoint.history[index][k]);
				});
			});
			prepare();
			carriedStates(net).forEach((state, index) => {
				state.set(checkpoint.states[index]);
			});
		},
	};
}

/** A trace's parameters, unless its arrays have been handed over to another thread. */
function stillHeld(parameters: readonly ParameterTrace[] | null): readonly ParameterTrace[] | null {
	return parameters?.every(({ after }) => after.length > 0) ? parameters : null;
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
