import type { Blob } from "./blob.ts";
import type { Net } from "./net.ts";
import { createSink, type Sink } from "./sink.ts";
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

/**
 * Runs one forward and, unless `forwardOnly`, one backward pass and copies what each layer made: data right after the
 * layer's forward, diffs right before its backward, so that in-place layers overwrite nothing in the trace.
 */
export function recordPass(net: Net, decayLoss: number, sink: Sink = createSink(0), forwardOnly = false): PassTrace {
	const layers: MutableLayer[] = [];
	const dataLoss = net.forward(({ run }) => {
		layers.push({
			tops: run.tops.map((top) => ({ data: sink.keep(top.data), diff: null })),
			internals: copiesOf(run.internals, sink),
			internalDiffs: {},
		});
	}, forwardOnly);
	if (!forwardOnly) {
		net.backward(
			(layer) => {
				layer.run.tops.forEach((top, slot) => {
					if (layer.diffComputed[slot]) layers[layer.index].tops[slot].diff = sink.keep(top.diff);
				});
			},
			({ index, definition, run }) => {
				for (const name of definition.internalDiffs) {
					const blob = run.internals[name];
					if (blob !== undefined) layers[index].internalDiffs[name] = sink.keep(blob.diff);
				}
			},
		);
	}
	return { layers, dataLoss, decayLoss };
}
