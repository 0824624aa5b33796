import { constant, difference, product } from "../expressions.ts";
import { engineChoice } from "../settings.ts";
import { elementwiseLayer } from "./elementwise.ts";

/** TanH: `y = tanh x`, `dx = dy · (1 − y²)`. Any shape. Source: Caffe, TanHLayer. */
export const tanhLayer = elementwiseLayer({
	type: "TanH",
	parameterField: "tanh_param",
	settings: { engine: engineChoice() },
	function: "tanh",
	slopeFrom: "top",
	slope: (scope, index) => difference(constant(1), product(scope.top(0, index), scope.top(0, index))),
});
