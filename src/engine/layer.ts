import type { Blob } from "./blob.ts";
import type { Expression } from "./expression.ts";
import type { FillerSettings } from "./fillers.ts";
import type { RandomGenerator } from "./random.ts";
import type { Pass, Side } from "./reference.ts";
import type { Schema, SettingsOf } from "./settings.ts";
import type { Shape } from "./shape.ts";
import type { Phase } from "./specification.ts";

/** How a layer's outputs depend on its inputs. Views map each word to a picture; the engine knows no pictures. */
export type Picture = "given" | "dense" | "window" | "gates" | "elementwise" | "normalised" | "copy" | "loss";

export interface ParameterPlan {
	readonly shape: Shape;
	readonly filler: FillerSettings;
	/** Moved by the layer itself in its forward pass: the solver's lr_mult for it is 0. */
	readonly movedByLayer?: boolean;
}

/**
 * An internal value of a unit as a step of its computation: `[time, sequence, part · H + unit]` of a buffer that holds
 * several parts, a gate each.
 */
export interface InternalStep {
	readonly name: string;
	readonly part: number;
}

/** How a layer makes a unit that takes more than a sum and a function, going forward and going back, in order. */
export interface UnitSteps {
	readonly forward: readonly InternalStep[];
	readonly backward: readonly InternalStep[];
	/** Values that need all units of their time step, the output among them; none where each unit makes its own. */
	readonly closing: readonly string[];
}

/** What a layer will need, known before anything is allocated. */
export interface LayerPlan {
	readonly tops: readonly Shape[];
	readonly parameters: readonly ParameterPlan[];
	/** Values worth recording that are no top: a loss layer's probabilities, an LSTM's gates. */
	readonly internals: Readonly<Record<string, Shape>>;
	/** Elements of buffers that its passes make for themselves. */
	readonly workspace: number;
}

/** What a layer's passes run on: buffers planned once per net. */
export interface LayerRun<S> {
	readonly name: string;
	readonly settings: S;
	readonly phase: Phase;
	readonly bottoms: readonly Blob[];
	readonly tops: readonly Blob[];
	readonly parameters: readonly Blob[];
	readonly internals: Readonly<Record<string, Blob>>;
	/** Caffe's propagate flags: whether bottom i gets a diff, whether parameter i does. */
	readonly bottomNeedsDiff: readonly boolean[];
	/** Whether the layer that makes bottom i runs backward, and so reads its diff. */
	readonly bottomDiffIsRead: readonly boolean[];
	readonly parameterNeedsDiff: readonly boolean[];
	/** Seeded anew for every pass, so that a pass run twice draws the same. */
	readonly random: () => RandomGenerator;
}

/** Both passes of one layer over its run: everything that never changes is looked up beforehand. */
export interface LayerPasses {
	forward(): void;
	backward(): void;
	/** Backward without the diffs that no other layer reads, where leaving them out is worth it; no `this`. */
	readonly backwardToParameters?: () => void;
}

/** What a layer's explanations are written over: its run's shapes and settings, and names for its scalars. */
export interface ExplanationScope<S> {
	readonly run: LayerRun<S>;
	readonly pass: Pass;
	bottom(slot: number, index: number, side?: Side): Expression;
	/** The diff of a top that nothing writes is the constant 0. */
	top(slot: number, index: number, side?: Side): Expression;
	/** Whether anything writes a top's diff. */
	hasDiff(slot: number): boolean;
	parameter(slot: number, index: number): Expression;
	internal(name: string, index: number, side?: Side): Expression;
	/** An internal value as the pass before left it; null before the first pass. */
	earlier(name: string, index: number): Expression | null;
	/** The recorded number of a bottom: only to choose a case (which side of a kink), never to put into a formula. */
	bottomValue(slot: number, index: number): number;
	topValue(slot: number, index: number): number;
	internalValue(name: string, index: number): number;
	/** The weight with which a loss top enters the net's loss. */
	lossWeight(slot: number): number;
}

/** The sum that a parameter's diff gets from one pass: one term a sample (row) of the batch. */
export interface GradientShares {
	readonly rows: number;
	/** Caffe writes this sum over what other passes and layers have added, instead of adding to it. */
	readonly overwrites?: boolean;
	share(row: number): Expression;
}

/**
 * A layer: its settings, shapes, both passes, and the expression of every scalar it makes.
 * Bottom diffs are overwritten, parameter diffs accumulate; a loss top's diff holds its loss weight. Unless it works in
 * place, a pass leaves what it reads as it was.
 */
export interface LayerDefinition<S extends Schema = Schema> {
	/** Caffe's type name. */
	readonly type: string;
	/** The field of the prototxt that holds the settings; null where there are none. */
	readonly parameterField: string | null;
	readonly settings: S;
	readonly ports: {
		readonly bottoms: readonly [minimum: number, maximum: number];
		readonly tops: readonly [minimum: number, maximum: number];
	};
	readonly picture: Picture;
	readonly inPlace: boolean;
	/** In place, Caffe's own backward is wrong: it reads, or squares, what is no longer there. It is reproduced. */
	readonly wrongInPlace: boolean;
	/** Which buffers backward reads as forward left them; a layer that keeps what it needs reads none. */
	backwardReads(settings: SettingsOf<S>): BackwardReads;
	readonly isLoss: boolean;
	/** Its tops are filled from the data set; it computes nothing. */
	readonly isFed: boolean;
	/** Bottoms that never get a diff, force_backward or not. */
	readonly labelBottoms: readonly number[];
	/** Bottoms that get no diff whatever the flags say: what only gives a shape, a state that no gradient crosses. */
	bottomsWithoutDiff(settings: SettingsOf<S>, bottoms: number): readonly number[];
	/** Bottoms whose diff Caffe writes whenever the layer runs backward, needed or not. */
	readonly eagerBottoms: readonly number[];
	/** Internal values whose diffs are worth recording. */
	readonly internalDiffs: readonly string[];
	/**
	 * State: before each pass the first internal takes the values of the second, as the pass before left them. Of a layer
	 * that moves its own parameters they are all parameters, one after another.
	 */
	readonly carries: Readonly<Record<string, string>>;
	/** Null for layers whose units are a sum, or less. */
	readonly steps: UnitSteps | null;
	/** @throws EngineError `shape-mismatch` or `setting`, with both shapes, before anything is allocated. */
	plan(settings: SettingsOf<S>, bottoms: readonly Shape[], layer: string, tops: number): LayerPlan;
	/** Called once for each layer of a net. */
	prepare(run: LayerRun<SettingsOf<S>>): LayerPasses;
	explain: {
		/** Null: given from outside. */
		top(scope: ExplanationScope<SettingsOf<S>>, slot: number, index: number): Expression | null;
		bottomDiff(scope: ExplanationScope<SettingsOf<S>>, slot: number, index: number): Expression;
		gradient(scope: ExplanationScope<SettingsOf<S>>, slot: number, index: number): GradientShares;
		/** Null: given, as a state is at the very start. */
		internal(scope: ExplanationScope<SettingsOf<S>>, name: string, index: number, side: Side): Expression | null;
		/** A parameter that the layer moves itself, as a pass leaves it. */
		movedParameter(scope: ExplanationScope<SettingsOf<S>>, slot: number, index: number): Expression;
	};
}

/** What a layer's backward reads of its own bottom and top. */
export type BackwardReads = "none" | "bottom" | "top" | "both";

/** What most layers are: without settings, parameters, internals or losses. */
interface DraftBase<S extends Schema> {
	readonly type: string;
	readonly parameterField?: string;
	readonly settings: S;
	readonly bottoms: number | readonly [minimum: number, maximum: number];
	readonly tops: number | readonly [minimum: number, maximum: number];
	readonly picture: Picture;
	readonly inPlace?: boolean;
	readonly wrongInPlace?: boolean;
	readonly backwardReads?: BackwardReads | ((settings: SettingsOf<S>) => BackwardReads);
	readonly isLoss?: boolean;
	readonly isFed?: boolean;
	readonly labelBottoms?: readonly number[];
	bottomsWithoutDiff?(settings: SettingsOf<S>, bottoms: number): readonly number[];
	readonly internalDiffs?: readonly string[];
	readonly carries?: Readonly<Record<string, string>>;
	readonly steps?: UnitSteps;
	readonly eagerBottoms?: readonly number[];
	plan(
		settings: SettingsOf<S>,
		bottoms: readonly Shape[],
		layer: string,
		tops: number,
	): Pick<LayerPlan, "tops"> & Partial<LayerPlan>;
	explain: Partial<LayerDefinition<S>["explain"]>;
}

/** Passes either as plain functions of the run, or prepared once where looking things up costs more than computing. */
type LayerDraft<S extends Schema> = DraftBase<S> &
	(
		| { forward(run: LayerRun<SettingsOf<S>>): void; backward(run: LayerRun<SettingsOf<S>>): void }
		| { prepare(run: LayerRun<SettingsOf<S>>): LayerPasses }
	);

/** Completes a layer's draft with the defaults that say "none". */
export function defineLayer<const S extends Schema>(draft: LayerDraft<S>): LayerDefinition<S> {
	const absent = (what: string) => (): never => {
		throw new Error(`${draft.type} has no ${what}`);
	};
	const reads = draft.backwardReads ?? "none";
	return {
		type: draft.type,
		parameterField: draft.parameterField ?? null,
		settings: draft.settings,
		ports: { bottoms: portRange(draft.bottoms), tops: portRange(draft.tops) },
		picture: draft.picture,
		inPlace: draft.inPlace ?? false,
		wrongInPlace: draft.wrongInPlace ?? false,
		backwardReads: typeof reads === "function" ? reads : () => reads,
		isLoss: draft.isLoss ?? false,
		isFed: draft.isFed ?? false,
		labelBottoms: draft.labelBottoms ?? [],
		bottomsWithoutDiff: draft.bottomsWithoutDiff ?? (() => []),
		internalDiffs: draft.internalDiffs ?? [],
		carries: draft.carries ?? {},
		steps: draft.steps ?? null,
		eagerBottoms: draft.eagerBottoms ?? [],
		plan: (settings, bottoms, layer, tops) => ({
			parameters: [],
			internals: {},
			workspace: 0,
			...draft.plan(settings, bottoms, layer, tops),
		}),
		prepare: (run) =>
			"prepare" in draft
				? draft.prepare(run)
				: { forward: () => draft.forward(run), backward: () => draft.backward(run) },
		explain: {
			top: draft.explain.top ?? absent("tops to explain"),
			bottomDiff: draft.explain.bottomDiff ?? absent("bottom diffs"),
			gradient: draft.explain.gradient ?? absent("parameters"),
			internal: draft.explain.internal ?? absent("internal values"),
			movedParameter: draft.explain.movedParameter ?? absent("parameters that move"),
		},
	};
}

function portRange(ports: number | readonly [number, number]): readonly [number, number] {
	return typeof ports === "number" ? [ports, ports] : ports;
}
