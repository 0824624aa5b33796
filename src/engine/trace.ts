import type { Blob, MemoryPart, WholeMemory } from "./blob.ts";
import type { Net, NetLayer } from "./net.ts";
import { copyStretch, createSink, type Sink, type StretchCopy } from "./sink.ts";
import type { SolverSettings } from "./specification.ts";

/** One output of one layer, as it was in one pass: its data and the total diff it got back. */
export interface TopTrace {
	readonly data: Float64Array;
	/** Null where no diff is computed in this net, and in the closing forward. */
	readonly diff: Float64Array | null;
}

export interface LayerTrace {
	readonly tops: readonly TopTrace[];
	readonly internals: Readonly<Record<string, Float64Array>>;
	/** Of those internals whose diffs the layer records. */
	readonly internalDiffs: Readonly<Record<string, Float64Array>>;
}

export interface PassTrace {
	/** By layer index. */
	readonly layers: readonly LayerTrace[];
	/** The net's loss and the decay term λ/2 Σ decay_mult·w² (L1: λ Σ decay_mult·|w|) of the parameters in force. */
	readonly dataLoss: number;
	readonly decayLoss: number;
}

/**
 * One learnable parameter through the solver's steps; a step that the settings skip is null. What one step leaves and
 * the next begins with, from one iteration to the next too, may be the same array.
 */
export interface ParameterTrace {
	readonly before: Float64Array;
	/** Whether any layer computes this parameter's diff; if not, `gradient` stays 0. */
	readonly gradientComputed: boolean;
	/** The diff summed over all samples and passes. */
	readonly gradient: Float64Array;
	readonly clipped: Float64Array | null;
	readonly normalized: Float64Array | null;
	readonly regularized: Float64Array | null;
	readonly historyBefore: readonly Float64Array[];
	readonly history: readonly Float64Array[];
	readonly update: Float64Array;
	readonly after: Float64Array;
}

/** The global L2 norm of all diffs and what they were multiplied by (1 where the norm is within the bound). */
export interface ClipTrace {
	readonly norm: number;
	readonly scale: number;
}

/** One whole iteration as arrays. Everything a person sees is read from here. */
export interface IterationTrace {
	/** From 1. */
	readonly iteration: number;
	readonly settings: SolverSettings;
	readonly rate: number;
	readonly passes: readonly PassTrace[];
	readonly clip: ClipTrace | null;
	/** By learnable index. */
	readonly parameters: readonly ParameterTrace[];
	/** The closing forward with the new parameters, on the last pass's batch and draws; run when it is first read. */
	readonly again: PassTrace;
	/** First sample of each pass's batch in the data set. */
	readonly firstSamples: readonly number[];
}

const closing: PropertyDescriptor & ThisType<RecordedIteration> = {
	enumerable: true,
	get() {
		return this.runAgain();
	},
};

/**
 * An iteration whose closing forward runs when it is first read. All share one getter: with one of its own each would
 * get a hidden class, which keeps it alive long after anybody needs it.
 */
export class RecordedIteration implements IterationTrace {
	declare readonly again: PassTrace;
	readonly iteration: number;
	readonly settings: SolverSettings;
	readonly rate: number;
	readonly clip: ClipTrace | null;
	readonly parameters: readonly ParameterTrace[];
	readonly passes: readonly PassTrace[];
	readonly firstSamples: readonly number[];
	readonly #close: (trace: IterationTrace) => PassTrace;
	#again: PassTrace | null = null;

	constructor(trace: Omit<IterationTrace, "again">, close: (trace: IterationTrace) => PassTrace) {
		this.iteration = trace.iteration;
		this.settings = trace.settings;
		this.rate = trace.rate;
		this.clip = trace.clip;
		this.parameters = trace.parameters;
		this.passes = trace.passes;
		this.firstSamples = trace.firstSamples;
		this.#close = close;
		Object.defineProperty(this, "again", closing);
	}

	runAgain(): PassTrace {
		this.#again ??= this.#close(this);
		return this.#again;
	}
}

interface MutableLayer {
	tops: { data: Float64Array; diff: Float64Array | null }[];
	internals: Record<string, Float64Array>;
	internalDiffs: Record<string, Float64Array>;
}

function copiesOf(blobs: Readonly<Record<string, Blob>>, sink: Sink): Record<string, Float64Array> {
	const copies: Record<string, Float64Array> = {};
	for (const name in blobs) copies[name] = sink.keep(blobs[name].data);
	return copies;
}

/** The last part of a net's memory of which any diff is worth recording; the diffs of all parts before come along. */
function lastWithDiffs({ layers }: Net): MemoryPart {
	if (layers.some(({ definition, diffComputed }) => definition.isFed && diffComputed.includes(true))) return "inputs";
	const hasInternals = layers.some((layer) => layer.needsBackward && layer.definition.internalDiffs.length > 0);
	return hasInternals ? "internals" : "tops";
}

/** A recorded pass, and the diffs of the parameters as it left them where they have been copied with it. */
interface RecordedPass {
	readonly pass: PassTrace;
	readonly gradient: StretchCopy | null;
}

function layerOf(
	{ run, diffComputed, needsBackward, definition }: NetLayer,
	data: StretchCopy,
	diffs: StretchCopy | null,
): LayerTrace {
	const internals: Record<string, Float64Array> = {};
	for (const name in run.internals) internals[name] = data.part(run.internals[name].data);
	const internalDiffs: Record<string, Float64Array> = {};
	if (diffs !== null && needsBackward) {
		for (const name of definition.internalDiffs) {
			const blob = run.internals[name];
			if (blob !== undefined) internalDiffs[name] = diffs.part(blob.diff);
		}
	}
	const tops = run.tops.map((top, slot) => ({
		data: data.part(top.data),
		diff: diffs !== null && diffComputed[slot] ? diffs.part(top.diff) : null,
	}));
	return { tops, internals, internalDiffs };
}

/**
 * For nets of whole memory in which nothing is overwritten: one copy of the data after forward and one of the diffs
 * after backward hold what each layer made.
 */
function prepareCopying(net: Net, whole: WholeMemory, forwardOnly: boolean): (decayLoss: number) => RecordedPass {
	const { layers } = net;
	const made = whole.stretch("data", "tops", "inputs");
	const diffed = forwardOnly ? null : whole.stretch("diff", "parameters", lastWithDiffs(net));
	return (decayLoss) => {
		const dataLoss = net.forward(undefined, forwardOnly);
		const data = copyStretch(made);
		if (!forwardOnly) net.backward();
		const diffs = diffed === null ? null : copyStretch(diffed);
		return {
			pass: { layers: layers.map((layer) => layerOf(layer, data, diffs)), dataLoss, decayLoss },
			gradient: diffs,
		};
	};
}

/**
 * Copies what each layer made: data right after the layer's forward, diffs right before its backward, so that in-place
 * layers overwrite nothing in the trace.
 */
function recordLayers(net: Net, decayLoss: number, sink: Sink, forwardOnly: boolean): PassTrace {
	const { layers, afterForward, beforeBackward, afterBackward } = layerCopies(sink);
	const dataLoss = net.forward(afterForward, forwardOnly);
	if (!forwardOnly) net.backward(beforeBackward, afterBackward);
	return { layers, dataLoss, decayLoss };
}

function layerCopies(sink: Sink) {
	const layers: MutableLayer[] = [];
	return {
		layers,
		afterForward({ run }: NetLayer) {
			layers.push({
				tops: run.tops.map((top) => ({ data: sink.keep(top.data), diff: null })),
				internals: copiesOf(run.internals, sink),
				internalDiffs: {},
			});
		},
		beforeBackward(layer: NetLayer) {
			layer.run.tops.forEach((top, slot) => {
				if (layer.diffComputed[slot]) layers[layer.index].tops[slot].diff = sink.keep(top.diff);
			});
		},
		afterBackward({ index, definition, run }: NetLayer) {
			for (const name of definition.internalDiffs) {
				const blob = run.internals[name];
				if (blob !== undefined) layers[index].internalDiffs[name] = sink.keep(blob.diff);
			}
		},
	};
}

/** Records a pass, pausing after each layer: the same numbers, for large nets that share their thread. */
export function* passParts(net: Net, decayLoss: number, sink: Sink, forwardOnly: boolean): Generator<void, PassTrace> {
	const { layers, afterForward, beforeBackward, afterBackward } = layerCopies(sink);
	const dataLoss = yield* net.forwardParts(afterForward, forwardOnly);
	if (!forwardOnly) yield* net.backwardParts(beforeBackward, afterBackward);
	return { layers, dataLoss, decayLoss };
}

/** Records passes of a net, forward alone or with backward. */
export function preparePasses(net: Net, forwardOnly: boolean): (decayLoss: number, sink: Sink) => RecordedPass {
	const { whole } = net.memory;
	if (whole !== null && !net.worksInPlace) return prepareCopying(net, whole, forwardOnly);
	return (decayLoss, sink) => ({ pass: recordLayers(net, decayLoss, sink, forwardOnly), gradient: null });
}

/** Runs and records one forward and one backward pass. */
export function recordPass(net: Net, decayLoss: number): PassTrace {
	return preparePasses(net, false)(decayLoss, createSink(0)).pass;
}
