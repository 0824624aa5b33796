import { type ReplayOptions, settingsInForce } from "./replay.ts";
import type { SolverSettings } from "./specification.ts";
import type { IterationTrace } from "./trace.ts";
import { type Checkpoint, createTraining } from "./training.ts";

/** A number that is another than in the run; for a number of a sample: in one iteration alone. */
export type Change =
	| {
			readonly kind: "parameter";
			/** The owner, where several layers share it. */
			readonly layer: string;
			readonly slot: number;
			readonly index: number;
			readonly value: number;
	  }
	| {
			readonly kind: "data";
			readonly blob: string;
			/** From 0 in the data set. */
			readonly sample: number;
			/** Within the sample. */
			readonly index: number;
			readonly value: number;
	  }
	| { readonly kind: "solver"; readonly change: Partial<SolverSettings> };

/** The number of the first batch that an iteration (from 1) takes from the data; 0 is the run's first. */
export function firstPassOf(settingsAt: (iteration: number) => SolverSettings, iteration: number): number {
	let passes = 0;
	for (let before = 1; before < iteration; before++) passes += settingsAt(before).iterSize;
	return passes;
}

/** Recorded iterations once more with one number changed; the run itself is left as it was. */
export interface ChangedIterations {
	/** Bit for bit what the run would record if the number were so. `trace`: the iteration as the run recorded it. */
	traceWith(trace: IterationTrace, change: Change): IterationTrace;
	/** The same, pausing after each layer. It has to be done to its end before anything else is asked. */
	partsWith(trace: IterationTrace, change: Change): Generator<void, IterationTrace>;
}

/** Opens a training of its own over copies of the data. @throws EngineError as `createTraining`. */
export function createChangedIterations(options: ReplayOptions): ChangedIterations {
	const { net, solver, data, seed } = options;
	const blobs = Object.fromEntries(
		Object.entries(data.blobs).map(([name, blob]) => [name, { ...blob, values: blob.values.slice() }]),
	);
	const training = createTraining({ net, solver, data: { ...data, blobs }, seed });
	const settingsAt = (iteration: number) => settingsInForce(options, iteration);
	const firstPasses = new Map<number, number>();

	function firstPass(iteration: number): number {
		const first = firstPasses.get(iteration) ?? firstPassOf(settingsAt, iteration);
		firstPasses.set(iteration, first);
		return first;
	}

	/** What each layer with a state took over from the pass before. */
	const statesBefore = ({ passes }: IterationTrace, layer: number): readonly Float64Array[] =>
		Object.keys(training.net.layers[layer].definition.carries).map((name) => passes[0].layers[layer].internals[name]);

	/** A layer that moves its parameters has done so when the update begins: its state tells what they were before. */
	function parameterBefore(trace: IterationTrace, index: number): Float64Array {
		const { before } = trace.parameters[index];
		const { movedByLayer, layer, slot } = training.net.learnable[index];
		if (!movedByLayer) return before;
		const place = training.net.layers.findIndex(({ name }) => name === layer);
		const { parameters } = training.net.layers[place].run;
		const from = parameters.slice(0, slot).reduce((count, blob) => count + blob.count, 0);
		return Float64Array.from(statesBefore(trace, place).flatMap((state) => [...state])).slice(
			from,
			from + before.length,
		);
	}

	function startOf(trace: IterationTrace): Checkpoint {
		return {
			iterations: trace.iteration - 1,
			passes: firstPass(trace.iteration),
			parameters: trace.parameters.map((_, index) => parameterBefore(trace, index)),
			history: trace.parameters.map(({ historyBefore }) => historyBefore),
			settings: trace.settings,
			states: training.net.layers.flatMap((_, layer) => statesBefore(trace, layer)),
		};
	}

	/** Brings the training to the iteration's start with the number changed; what it returns puts the data back. */
	function enter(trace: IterationTrace, change: Change): () => void {
		training.restore(startOf(trace));
		training.setSolver(change.kind === "solver" ? { ...trace.settings, ...change.change } : trace.settings);
		if (change.kind === "parameter") {
			const { layer, slot, index, value } = change;
			training.setParameters({ [`${layer}/${slot}`]: { [index]: value } });
		}
		if (change.kind !== "data") return () => {};
		const own = blobs[change.blob].values;
		const place = change.sample * (own.length / data.samples) + change.index;
		const former = own[place];
		own[place] = change.value;
		return () => {
			own[place] = former;
		};
	}

	return {
		traceWith(trace, change) {
			const leave = enter(trace, change);
			try {
				return training.record();
			} finally {
				leave();
			}
		},
		*partsWith(trace, change) {
			const leave = enter(trace, change);
			try {
				return yield* training.recordParts();
			} finally {
				leave();
			}
		},
	};
}
