import { constant } from "../expressions.ts";
import { requiredFloat } from "../settings.ts";
import { elementwiseFormulaLayer } from "./elementwise-formula.ts";

/**
 * Clip: `y = max(min, min(x, max))`, `dx = dy · [min ≤ x ≤ max]`, both bounds within. Any shape. In place, backward
 * sees the clipped value and lets everything through. Source: Caffe, ClipLayer.
 */
export const clipLayer = elementwiseFormulaLayer({
	type: "Clip",
	parameterField: "clip_param",
	settings: { min: requiredFloat(), max: requiredFloat() },
	inPlace: true,
	wrongInPlace: true,
	backwardReads: "bottom",
	function: ({ min, max }) => ({
		value: (x) => Math.max(min, Math.min(x, max)),
		slope: (x) => (x >= min && x <= max ? 1 : 0),
	}),
	explain: {
		value: ({ run: { settings } }, { x, xValue }) => {
			const clipped = Math.max(settings.min, Math.min(xValue, settings.max));
			return clipped === xValue ? x : constant(clipped);
		},
		slope: ({ run: { settings } }, { xValue }) => constant(xValue >= settings.min && xValue <= settings.max ? 1 : 0),
	},
});
