import { constant, difference, product } from "../expressions.ts";
import { engineChoice } from "../settings.ts";
import { elementwiseLayer } from "./elementwise.ts";

/** Sigmoid: `y = ½ tanh(x/2) + ½ = 1/(1 + e⁻ˣ)`, `dx = dy · y(1 − y)`. Any shape. Source: Caffe, SigmoidLayer. */
export const sigmoidLayer = elementwiseLayer({
	type: "Sigmoid",
	parameterField: "sigmoid_param",
	settings: { engine: engineChoice() },
	function: "sigmoid",
	slopeFrom: "top",
	slope: (scope, index) => product(scope.top(0, index), difference(constant(1), scope.top(0, index))),
});
