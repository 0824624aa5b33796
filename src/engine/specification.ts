import type { PlainSettings, Precision } from "./settings.ts";
import type { Shape } from "./shape.ts";

export type Phase = "TRAIN" | "TEST";

/** `param { … }` of a layer, one for each of its parameters; what is not written is absent. */
export interface ParameterSpecification {
	readonly name?: string;
	readonly lrMult?: number;
	readonly decayMult?: number;
	readonly shareMode?: "STRICT" | "PERMISSIVE";
}

/** An `include` or `exclude` rule. */
export interface StateRule {
	readonly phase?: Phase;
	readonly minLevel?: number;
	readonly maxLevel?: number;
	readonly stages: readonly string[];
	readonly notStages: readonly string[];
}

/** A layer as a file or a form writes it: nothing derived, nothing defaulted. */
export interface LayerSpecification {
	readonly name: string;
	/** Caffe's type name, `InnerProduct`. */
	readonly type: string;
	readonly bottoms: readonly string[];
	readonly tops: readonly string[];
	/** The fields of the layer's own `…_param`, as written. */
	readonly settings: PlainSettings;
	readonly parameters?: readonly ParameterSpecification[];
	readonly lossWeights?: readonly number[];
	readonly propagateDown?: readonly boolean[];
	readonly phase?: Phase;
	readonly include?: readonly StateRule[];
	readonly exclude?: readonly StateRule[];
	/** Where it stands in the file it came from. */
	readonly line?: number;
}

export interface NetSpecification {
	readonly name: string;
	readonly layers: readonly LayerSpecification[];
	readonly forceBackward: boolean;
	readonly precision: Precision;
	readonly phase: Phase;
	readonly level: number;
	readonly stages: readonly string[];
}

export type LearningRatePolicy = "fixed" | "step" | "exp" | "inv" | "multistep" | "poly" | "sigmoid";
export type SolverType = "SGD" | "Nesterov" | "AdaGrad" | "RMSProp" | "AdaDelta" | "Adam";

/** A solver's settings in force: defaults filled in, floats rounded as the precision says. Rates are per iteration. */
export interface SolverSettings {
	readonly type: SolverType;
	readonly precision: Precision;
	readonly baseLr: number;
	readonly lrPolicy: LearningRatePolicy;
	readonly gamma: number;
	readonly power: number;
	readonly stepSize: number;
	readonly stepValues: readonly number[];
	readonly maxIter: number;
	readonly iterSize: number;
	readonly momentum: number;
	readonly momentum2: number;
	readonly delta: number;
	readonly rmsDecay: number;
	readonly weightDecay: number;
	readonly regularization: "L1" | "L2";
	/** Below 0: no clipping. */
	readonly clipGradients: number;
}

/**
 * A data set as the net's Input blobs see it: for each blob the values of all samples, one after the other.
 * Pass p of iteration k takes `batch` samples in order, wrapping round: the batch size is axis 0 of the blob. A blob
 * whose axis 0 counts something else (a matrix of weights for the loss) may hold another number of rows.
 */
export interface DataSource {
	readonly blobs: Readonly<Record<string, { readonly sampleShape: Shape; readonly values: Float64Array }>>;
	readonly samples: number;
}
