import { fillerSchema } from "../fillers.ts";
import { defineLayer } from "../layer.ts";
import { integers, message, readSettings } from "../settings.ts";

/**
 * Parameter: a learnable blob as a top: `y = w`. Caffe gives both the same memory, so `dw = dy` is overwritten in each
 * pass and never accumulates. Source: Caffe, ParameterLayer.
 */
export const parameterLayer = defineLayer({
	type: "Parameter",
	parameterField: "parameter_param",
	settings: { shape: message({ dim: integers({ minimum: 1 }) }) },
	bottoms: 0,
	tops: 1,
	picture: "copy",
	plan({ shape: { dim } }, _bottoms, layer) {
		const zero = readSettings(fillerSchema, {}, { layer, precision: "double" });
		return { tops: [dim], parameters: [{ shape: dim, filler: zero }] };
	},
	forward({ tops: [top], parameters: [weight] }) {
		top.data.set(weight.data);
	},
	backward({ tops: [top], parameters: [weight], parameterNeedsDiff }) {
		if (parameterNeedsDiff[0]) weight.diff.set(top.diff);
	},
	explain: {
		top: (scope, _slot, index) => scope.parameter(0, index),
		gradient: (scope, _slot, index) => ({ rows: 1, overwrites: true, share: () => scope.top(0, index, "diff") }),
	},
});
