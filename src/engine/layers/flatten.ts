import { EngineError } from "../problem.ts";
import { integer } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";
import { reshapingLayer } from "./reshaping.ts";

/** Flatten: axes `axis` to `end_axis`, both included, become one. Source: Caffe, FlattenLayer. */
export const flattenLayer = reshapingLayer({
	type: "Flatten",
	parameterField: "flatten_param",
	settings: { axis: integer(1), end_axis: integer(-1) },
	top({ axis, end_axis }, bottom, layer) {
		const first = canonicalAxis(axis, bottom.length);
		const last = canonicalAxis(end_axis, bottom.length);
		if (first < 0 || last < first || last >= bottom.length) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "axis",
				expected: shapeText(bottom),
				found: `${axis} … ${end_axis}`,
			});
		}
		return [...bottom.slice(0, first), countOf(bottom, first, last + 1), ...bottom.slice(last + 1)];
	},
});
