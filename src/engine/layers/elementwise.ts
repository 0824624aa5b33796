import type { Expression, FunctionName } from "../expression.ts";
import { apply, named, product } from "../expressions.ts";
import { elementaryFunctions } from "../functions.ts";
import { defineLayer, type ExplanationScope, type LayerDefinition } from "../layer.ts";
import type { Schema, SettingsOf } from "../settings.ts";

interface ElementwiseDraft<S extends Schema> {
	readonly type: string;
	readonly parameterField?: string;
	readonly settings: S;
	readonly function: FunctionName;
	/** The function's parameter, a ReLU's negative slope. */
	readonly parameter?: (settings: SettingsOf<S>) => number;
	/** f′ as an expression, written as the kernel computes it. */
	slope(scope: ExplanationScope<SettingsOf<S>>, index: number): Expression;
}

/**
 * A layer that applies one function to each element, keeping the shape:
 * forward `y = f(x)`, backward `dx = dy · f′(x)`. Value and slope come from `functions.ts`.
 */
export function elementwiseLayer<const S extends Schema>(draft: ElementwiseDraft<S>): LayerDefinition<S> {
	const { value, slope } = elementaryFunctions[draft.function];
	const parameterOf = (settings: SettingsOf<S>) => draft.parameter?.(settings);
	return defineLayer({
		type: draft.type,
		...(draft.parameterField === undefined ? {} : { parameterField: draft.parameterField }),
		settings: draft.settings,
		bottoms: 1,
		tops: 1,
		picture: "elementwise",
		inPlace: true,
		plan: (_settings, [bottom]) => ({ tops: [bottom] }),
		forward({ bottoms: [bottom], tops: [top], settings }) {
			const parameter = parameterOf(settings);
			for (let i = 0; i < top.count; i++) top.data[i] = value(bottom.data[i], parameter);
		},
		backward({ bottoms: [bottom], tops: [top], settings, bottomNeedsDiff }) {
			if (!bottomNeedsDiff[0]) return;
			const parameter = parameterOf(settings);
			for (let i = 0; i < top.count; i++) {
				bottom.diff[i] = top.diff[i] * slope(bottom.data[i], top.data[i], parameter);
			}
		},
		explain: {
			top: (scope, slot, index) => apply(draft.function, scope.bottom(slot, index), parameterOf(scope.run.settings)),
			bottomDiff: (scope, slot, index) =>
				product(
					scope.top(slot, index, "diff"),
					named("slope", draft.slope(scope, index), { function: draft.function, at: scope.bottom(slot, index) }),
				),
		},
	});
}
