import type { FunctionName } from "./expression.ts";
import { exp } from "./numerics/exp.ts";
import { log } from "./numerics/log.ts";
import { tanh } from "./numerics/tanh.ts";

/** An elementary function with its derivative beside it, so that neither is written twice. */
export interface ElementaryFunction {
	value(x: number, parameter?: number): number;
	/** The derivative at x; `y` is the value there, for functions whose slope Caffe takes from it. */
	slope(x: number, y: number, parameter?: number): number;
	/** The largest slope, to which a valve's opening is compared; for an unbounded slope the clamp of the picture. */
	readonly largestSlope: number;
}

/** Caffe's sigmoid: ½ tanh(x/2) + ½. */
export function sigmoid(x: number): number {
	return 0.5 * tanh(0.5 * x) + 0.5;
}

export const elementaryFunctions: Readonly<Record<FunctionName, ElementaryFunction>> = {
	identity: { value: (x) => x, slope: () => 1, largestSlope: 1 },
	sigmoid: { value: sigmoid, slope: (_x, y) => y * (1 - y), largestSlope: 0.25 },
	tanh: { value: tanh, slope: (_x, y) => 1 - y * y, largestSlope: 1 },
	relu: {
		value: (x, negativeSlope = 0) => Math.max(x, 0) + negativeSlope * Math.min(x, 0),
		slope: (x, _y, negativeSlope = 0) => (x > 0 ? 1 : negativeSlope),
		largestSlope: 1,
	},
	exp: { value: exp, slope: (_x, y) => y, largestSlope: 1 },
	log: { value: log, slope: (x) => 1 / x, largestSlope: 1 },
	sqrt: { value: Math.sqrt, slope: (_x, y) => 0.5 / y, largestSlope: 1 },
	square: { value: (x) => x * x, slope: (x) => 2 * x, largestSlope: 2 },
	abs: { value: Math.abs, slope: Math.sign, largestSlope: 1 },
	sign: { value: Math.sign, slope: () => 0, largestSlope: 1 },
	softplus: { value: (x) => log(1 + exp(x)), slope: sigmoid, largestSlope: 1 },
};
