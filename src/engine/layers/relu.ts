import { constant } from "../expressions.ts";
import { engineChoice, float } from "../settings.ts";
import { elementwiseLayer } from "./elementwise.ts";

/**
 * ReLU with negative slope ν: `y = max(x, 0) + ν min(x, 0)`, `dx = dy · ([x > 0] + ν [x ≤ 0])`: at 0 the slope is ν.
 * Any shape. Source: Caffe, ReLULayer.
 */
export const reluLayer = elementwiseLayer({
	type: "ReLU",
	parameterField: "relu_param",
	settings: { negative_slope: float(0), engine: engineChoice() },
	function: "relu",
	slopeFrom: "bottom",
	parameter: (settings) => settings.negative_slope,
	slope: (scope, index) => constant(scope.bottomValue(0, index) > 0 ? 1 : scope.run.settings.negative_slope),
});
