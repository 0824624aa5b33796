import { defineLayer, type LayerDefinition } from "../layer.ts";
import type { Schema, SettingsOf } from "../settings.ts";
import type { Shape } from "../shape.ts";

interface ReshapingDraft<S extends Schema> {
	readonly type: string;
	readonly parameterField: string;
	readonly settings: S;
	top(settings: SettingsOf<S>, bottom: Shape, layer: string): Shape;
}

/** A layer that gives the same elements another shape. In Caffe both blobs share memory, so dx is always written. */
export function reshapingLayer<const S extends Schema>({
	top: shapeOf,
	...draft
}: ReshapingDraft<S>): LayerDefinition<S> {
	return defineLayer({
		...draft,
		bottoms: 1,
		tops: 1,
		picture: "copy",
		eagerBottoms: [0],
		plan: (settings, [bottom], layer) => ({ tops: [shapeOf(settings, bottom, layer)] }),
		prepare: ({ bottoms: [bottom], tops: [top] }) => ({
			forward: () => top.data.set(bottom.data),
			backward: () => bottom.diff.set(top.diff),
		}),
		explain: {
			top: (scope, _slot, index) => scope.bottom(0, index),
			bottomDiff: (scope, _slot, index) => scope.top(0, index, "diff"),
		},
	});
}
