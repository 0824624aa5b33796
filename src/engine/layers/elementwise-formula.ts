import type { Expression } from "../expression.ts";
import { named, product } from "../expressions.ts";
import { type BackwardReads, defineLayer, type ExplanationScope, type LayerDefinition } from "../layer.ts";
import type { Schema, SettingsOf } from "../settings.ts";

/** A function of one number with the layer's settings already in it, and its slope at x with value y. */
interface ElementwiseFunction {
	value(x: number): number;
	slope(x: number, y: number): number;
}

interface FormulaDraft<S extends Schema> {
	readonly type: string;
	readonly parameterField?: string;
	readonly settings: S;
	readonly inPlace: boolean;
	readonly wrongInPlace?: boolean;
	readonly backwardReads: BackwardReads | ((settings: SettingsOf<S>) => BackwardReads);
	/** Caffe writes the slope where the diff will stand before it reads dy: in place dy is lost and the slope squared. */
	readonly slopeFirst?: boolean;
	check?(settings: SettingsOf<S>, layer: string): void;
	/** The function under these settings, made once for a layer. */
	function(settings: SettingsOf<S>): ElementwiseFunction;
	/** f(x) and f′(x), written as the function computes them. */
	explain: {
		value(scope: ExplanationScope<SettingsOf<S>>, x: ElementwisePoint): Expression;
		slope(scope: ExplanationScope<SettingsOf<S>>, x: ElementwisePoint): Expression;
	};
}

/** Where a function is taken: as formulas and, to choose a case, as numbers. */
export interface ElementwisePoint {
	readonly x: Expression;
	readonly y: Expression;
	readonly xValue: number;
}

/**
 * A layer whose function is its own formula over settings, keeping the shape: forward `y = f(x)`, backward
 * `dx = dy · f′(x)`. In place, backward finds y where x was, as Caffe does: right only where f′ can be had from y.
 */
export function elementwiseFormulaLayer<const S extends Schema>(draft: FormulaDraft<S>): LayerDefinition<S> {
	const isInPlace = (scope: ExplanationScope<SettingsOf<S>>) => scope.run.bottoms[0] === scope.run.tops[0];
	return defineLayer({
		type: draft.type,
		...(draft.parameterField === undefined ? {} : { parameterField: draft.parameterField }),
		settings: draft.settings,
		bottoms: 1,
		tops: 1,
		picture: "elementwise",
		inPlace: draft.inPlace,
		wrongInPlace: draft.wrongInPlace ?? false,
		backwardReads: draft.backwardReads,
		plan(settings, [bottom], layer) {
			draft.check?.(settings, layer);
			return { tops: [bottom] };
		},
		prepare({ bottoms: [{ data: x, diff: dx }], tops: [{ data: y, diff: dy }], settings, bottomNeedsDiff: [wanted] }) {
			const { value, slope } = draft.function(settings);
			return {
				forward() {
					for (let i = 0; i < x.length; i++) y[i] = value(x[i]);
				},
				backward() {
					if (!wanted) return;
					if (draft.slopeFirst) {
						for (let i = 0; i < x.length; i++) {
							dx[i] = slope(x[i], y[i]);
							dx[i] *= dy[i];
						}
					} else for (let i = 0; i < x.length; i++) dx[i] = dy[i] * slope(x[i], y[i]);
				},
			};
		},
		explain: {
			top(scope, _slot, index) {
				const point = { x: scope.bottom(0, index), y: scope.top(0, index), xValue: scope.bottomValue(0, index) };
				return draft.explain.value(scope, point);
			},
			bottomDiff(scope, _slot, index) {
				const y = scope.top(0, index);
				const point = isInPlace(scope)
					? { x: y, y, xValue: scope.topValue(0, index) }
					: { x: scope.bottom(0, index), y, xValue: scope.bottomValue(0, index) };
				const slope = named("slope", draft.explain.slope(scope, point));
				return draft.slopeFirst && isInPlace(scope)
					? product(slope, slope)
					: product(scope.top(0, index, "diff"), slope);
			},
		},
	});
}
