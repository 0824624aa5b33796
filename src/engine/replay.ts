import type { SolverSettings } from "./specification.ts";
import type { IterationTrace } from "./trace.ts";
import {
	type Checkpoint,
	createTraining,
	type ParameterValues,
	type Training,
	type TrainingOptions,
} from "./training.ts";

/** What takes effect before an iteration: parameter values and, from there on, solver settings. */
export interface ScheduledEdit {
	readonly iteration: number;
	readonly parameters?: ParameterValues;
	readonly solver?: SolverSettings;
}

export interface ReplayOptions extends TrainingOptions {
	readonly edits: readonly ScheduledEdit[];
	/** Bytes that checkpoints and losses may take. */
	readonly memory?: number;
}

/**
 * A run that can be entered at any iteration: checkpoints at even distances and a deterministic replay from the
 * nearest, bit for bit. When checkpoints fill their memory every second one is dropped.
 */
export interface Replay {
	readonly training: Training;
	/** Mean loss of each iteration run so far; index 0 is iteration 1. */
	readonly losses: readonly number[];
	/** The settings in force in an iteration. */
	settingsAt(iteration: number): SolverSettings;
	/** The first iteration whose loss was not finite, where one was met. */
	readonly failedAt: number | null;
	/** Whether the next `advance` records the iteration asked for. */
	isNear(iteration: number): boolean;
	/** Goes towards an iteration for at most `steps` unrecorded ones, or to a loss that is not finite. True: the next is the one asked for. */
	advance(iteration: number, steps: number): boolean;
	/** Records the iteration; `advance` must have returned true. */
	record(iteration: number): IterationTrace;
	/** One step of {@link advance}, pausing after each layer. It has to be done to its end before anything else is asked. */
	advanceParts(iteration: number): Generator<void, boolean>;
	/** {@link record}, pausing after each layer; likewise. */
	recordParts(iteration: number): Generator<void, IterationTrace>;
}

const DEFAULT_MEMORY = 48 * 2 ** 20;

function checkpointBytes(checkpoint: Checkpoint): number {
	const slots = [...checkpoint.parameters, ...checkpoint.history.flat(), ...checkpoint.states];
	return slots.reduce((bytes, slot) => bytes + slot.byteLength + 64, 128);
}

/** The solver's settings in an iteration: those of the last edit before it; edits stand in the order of their iterations. */
export function settingsInForce(
	{ solver, edits }: Pick<ReplayOptions, "solver" | "edits">,
	iteration: number,
): SolverSettings {
	let settings = solver;
	for (const edit of edits) {
		if (edit.solver !== undefined && edit.iteration <= iteration) settings = edit.solver;
	}
	return settings;
}

/** Opens a run at the start of iteration 1. @throws EngineError as {@link createTraining}. */
export function createReplay(options: ReplayOptions): Replay {
	const training = createTraining(options);
	const losses: number[] = [];
	let failedAt: number | null = null;
	let spacing = 1;
	let checkpoints: Checkpoint[] = [training.checkpoint()];
	const capacity = Math.max(4, Math.floor((options.memory ?? DEFAULT_MEMORY) / checkpointBytes(checkpoints[0])));
	const edits = options.edits.toSorted((a, b) => a.iteration - b.iteration);

	const log = { solver: options.solver, edits };
	const settingsAt = (iteration: number) => settingsInForce(log, iteration);

	/** Edits of the iteration about to run. */
	function applyEdits(): void {
		const next = training.iterations + 1;
		training.setSolver(settingsAt(next));
		for (const edit of edits) {
			if (edit.iteration === next && edit.parameters !== undefined) training.setParameters(edit.parameters);
		}
	}

	/** Edits of an iteration that is to be the next. */
	function applyEditsOf(iteration: number): void {
		if (training.iterations !== iteration - 1) throw new RangeError(`not at iteration ${iteration}`);
		applyEdits();
	}

	function noted(trace: IterationTrace): IterationTrace {
		noteLoss(trace.passes.reduce((total, pass) => total + pass.dataLoss, 0) / trace.passes.length);
		keep();
		return trace;
	}

	function keep(): void {
		const done = training.iterations;
		if (done % spacing !== 0 || done <= (checkpoints.at(-1)?.iterations ?? 0)) return;
		checkpoints.push(training.checkpoint());
		if (checkpoints.length <= capacity) return;
		spacing *= 2;
		checkpoints = checkpoints.filter(({ iterations }) => iterations % spacing === 0);
	}

	function noteLoss(loss: number): void {
		losses[training.iterations - 1] = loss;
		if (!Number.isFinite(loss) && (failedAt === null || training.iterations < failedAt)) failedAt = training.iterations;
	}

	function rewindTo(iteration: number): void {
		const wanted = iteration - 1;
		if (training.iterations === wanted) return;
		const nearest = checkpoints.findLast(({ iterations }) => iterations <= wanted) ?? checkpoints[0];
		if (training.iterations < wanted && training.iterations >= nearest.iterations) return;
		training.restore(nearest);
	}

	return {
		training,
		losses,
		settingsAt,
		get failedAt() {
			return failedAt;
		},
		isNear(iteration) {
			rewindTo(iteration);
			return training.iterations === iteration - 1;
		},
		advance(iteration, steps) {
			rewindTo(iteration);
			for (let done = 0; done < steps && training.iterations < iteration - 1; done++) {
				applyEdits();
				noteLoss(training.step());
				keep();
				// What comes after a loss that is not finite is no run any more.
				if (failedAt === training.iterations) break;
			}
			return training.iterations === iteration - 1;
		},
		record(iteration) {
			applyEditsOf(iteration);
			return noted(training.record());
		},
		*advanceParts(iteration) {
			rewindTo(iteration);
			if (training.iterations < iteration - 1) {
				applyEdits();
				noteLoss(yield* training.stepParts());
				keep();
			}
			return training.iterations === iteration - 1;
		},
		*recordParts(iteration) {
			applyEditsOf(iteration);
			return noted(yield* training.recordParts());
		},
	};
}
