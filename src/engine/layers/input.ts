import { defineLayer } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integers, messages } from "../settings.ts";

/** Input: one top a shape, filled from outside; axis 0 is the batch. Source: Caffe, InputLayer. */
export const inputLayer = defineLayer({
	type: "Input",
	parameterField: "input_param",
	settings: { shape: messages({ dim: integers({ minimum: 1 }) }) },
	bottoms: 0,
	tops: [1, 1024],
	picture: "given",
	isFed: true,
	plan({ shape }, _bottoms, layer, tops) {
		if (shape.length !== 1 && shape.length !== tops) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "shape",
				expected: `1 or ${tops} shapes`,
				found: String(shape.length),
			});
		}
		return { tops: Array.from({ length: tops }, (_, top) => (shape.length === 1 ? shape[0] : shape[top]).dim) };
	},
	forward() {},
	backward() {},
	explain: { top: () => null },
});
