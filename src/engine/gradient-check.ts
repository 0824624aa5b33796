import { buildNet, type Net } from "./net.ts";
import { copyState } from "./net-state.ts";

/** A scalar that the loss depends on: an element of a learnable parameter (named by its owner) or of an input. */
export type GradientTarget =
	| { readonly kind: "parameter"; readonly layer: string; readonly slot: number; readonly index: number }
	| { readonly kind: "input"; readonly blob: string; readonly index: number };

/** The central difference (J(x + ε) − J(x − ε)) ÷ 2ε for one ε. */
export interface GradientStep {
	readonly epsilon: number;
	readonly numeric: number;
	/** |analytic − numeric|. */
	readonly distance: number;
	/** What rounding of J alone can make of the distance: 16 · 2⁻⁵³ · |J| ÷ ε. */
	readonly rounding: number;
}

export interface GradientCheck {
	/** J: the net's loss in one pass, without the decay term. */
	readonly loss: number;
	/** ∂J/∂x as the backward pass computes it. */
	readonly analytic: number;
	readonly steps: readonly GradientStep[];
	/** The step that comes nearest. */
	readonly best: GradientStep;
	/** Whether some step is within 1e-6 of the larger of the two, rounding allowed for. */
	readonly agrees: boolean;
}

export interface GradientChecker {
	/**
	 * Holds one derivative against central differences at the net's present inputs, parameters and draws. Null where
	 * Caffe has no such derivative (a label). Throws RangeError for a scalar that the net does not have.
	 */
	check(target: GradientTarget, epsilons?: readonly number[]): GradientCheck | null;
}

export const EPSILONS: readonly number[] = [1e-3, 1e-4, 1e-5, 1e-6];

const RELATIVE_TOLERANCE = 1e-6;
const ROUNDINGS = 16 * 2 ** -53;

/** Opens a checker on a net; all it computes, it computes on a twin that backpropagates to everything. */
export function createGradientChecker(net: Net): GradientChecker {
	const twin = buildNet({ ...net.specification, forceBackward: true });

	function find(target: GradientTarget): { readonly data: Float64Array; readonly diff: Float64Array } | null {
		if (target.kind === "input") {
			const input = twin.inputs.find(({ name }) => name === target.blob);
			if (input === undefined) throw new RangeError(`no input ${target.blob}`);
			return twin.layer(input.layer).diffComputed[input.slot] ? input.blob : null;
		}
		const parameter = twin.learnable.find(({ layer, slot }) => layer === target.layer && slot === target.slot);
		if (parameter === undefined) throw new RangeError(`no parameter ${target.layer}/${target.slot}`);
		return parameter.blob;
	}

	return {
		check(target, epsilons = EPSILONS) {
			const found = find(target);
			if (found === null) return null;
			const { data, diff } = found;
			const { index } = target;
			if (!(index >= 0 && index < data.length)) throw new RangeError(`no element ${index}`);

			/** The loss with the scalar moved, from a fresh copy of all state. */
			const lossAt = (moved: (value: number) => number) => {
				copyState(net, twin);
				data[index] = moved(data[index]);
				return twin.forward(undefined, true);
			};
			const loss = lossAt((value) => value);
			twin.clearParameterDiffs();
			twin.backward();
			const analytic = diff[index];
			const steps = epsilons.map((epsilon): GradientStep => {
				let above = 0;
				let below = 0;
				const plus = lossAt((value) => (above = value + epsilon));
				const minus = lossAt((value) => (below = value - epsilon));
				// What was really added is not quite ε.
				const numeric = (plus - minus) / (above - below);
				const rounding = (ROUNDINGS * Math.abs(loss)) / epsilon;
				return { epsilon, numeric, distance: Math.abs(analytic - numeric), rounding };
			});
			const isClose = ({ numeric, distance, rounding }: GradientStep) =>
				distance <= RELATIVE_TOLERANCE * Math.max(Math.abs(analytic), Math.abs(numeric)) + rounding;
			const best = steps.reduce((nearest, step) => (step.distance < nearest.distance ? step : nearest));
			return { loss, analytic, steps, best, agrees: steps.some(isClose) };
		},
	};
}
