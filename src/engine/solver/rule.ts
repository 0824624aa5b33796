import type { Expression } from "../expression.ts";
import type { SolverSettings, SolverType } from "../specification.ts";

export interface RuleRun {
	/** In: the regularised gradient. Out: the update value. */
	readonly diff: Float64Array;
	readonly history: readonly Float64Array[];
	readonly settings: SolverSettings;
	/** rate · lr_mult. */
	rate: number;
	/** From 0. */
	iteration: number;
}

/** Names for the scalars that a rule's formulas are written over, for one element of one parameter. */
export interface RuleScope {
	/** The regularised gradient. */
	readonly gradient: Expression;
	historyBefore(slot: number): Expression;
	history(slot: number): Expression;
	readonly rate: Expression;
	setting(name: "momentum" | "momentum2" | "delta" | "rmsDecay"): Expression;
	/** From 0. */
	readonly iteration: number;
}

/** ComputeUpdateValue of one solver type: history slots and update value. Source: caffe-semantics, 4.2. */
export interface UpdateRule {
	readonly type: SolverType;
	readonly slots: number;
	/** The update value is the history under another name: no step of its own. */
	readonly updateIsHistory: boolean;
	/** The history is a sum of rate · gradient, as in Caffe's SGD: the same without the rate is PyTorch's buffer. */
	readonly historyHoldsRate: boolean;
	/** Whether a momentum other than 0 is taken; Caffe's AdaGrad and RMSProp refuse it. */
	readonly takesMomentum: boolean;
	apply(run: RuleRun): void;
	/**
	 * The whole way of one parameter in one go, for iterations that nobody records, with the same bits: L2 decay (`decay`
	 * may be 0), `apply`, `data −= update`; the diff is left at 0 for the next iteration.
	 */
	advance?(data: Float64Array, decay: number, run: RuleRun): void;
	readonly explain: {
		history(scope: RuleScope, slot: number): Expression;
		update(scope: RuleScope): Expression;
	};
}
