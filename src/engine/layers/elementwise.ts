import type { Expression, FunctionName } from "../expression.ts";
import { apply, named, product } from "../expressions.ts";
import { elementwiseLoops } from "../kernels/elementwise.ts";
import { defineLayer, type ExplanationScope, type LayerDefinition } from "../layer.ts";
import type { Schema, SettingsOf } from "../settings.ts";

interface ElementwiseDraft<S extends Schema> {
	readonly type: string;
	readonly parameterField?: string;
	readonly settings: S;
	readonly function: FunctionName;
	/** The function's parameter, a ReLU's negative slope. */
	readonly parameter?: (settings: SettingsOf<S>) => number;
	/** Where the kernel takes f′ from. */
	readonly slopeFrom: "bottom" | "top";
	/** f′ as an expression, written as the kernel computes it. */
	slope(scope: ExplanationScope<SettingsOf<S>>, index: number): Expression;
}

/**
 * A layer that applies one function to each element, keeping the shape:
 * forward `y = f(x)`, backward `dx = dy · f′(x)`. Value and slope are those of `functions.ts`.
 */
export function elementwiseLayer<const S extends Schema>(draft: ElementwiseDraft<S>): LayerDefinition<S> {
	const loops = elementwiseLoops(draft.function);
	const parameterOf = (settings: SettingsOf<S>) => draft.parameter?.(settings);
	return defineLayer({
		type: draft.type,
		...(draft.parameterField === undefined ? {} : { parameterField: draft.parameterField }),
		settings: draft.settings,
		bottoms: 1,
		tops: 1,
		picture: "elementwise",
		inPlace: true,
		backwardReads: draft.slopeFrom,
		plan: (_settings, [bottom]) => ({ tops: [bottom] }),
		prepare({ bottoms: [{ data: x, diff: dx }], tops: [{ data: y, diff: dy }], settings, bottomNeedsDiff }) {
			const parameter = parameterOf(settings);
			const [wanted] = bottomNeedsDiff;
			return {
				forward: () => loops.forward(x, y, parameter),
				backward() {
					if (wanted) loops.backward(x, y, dy, dx, parameter);
				},
			};
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
