import type { FunctionName } from "../expression.ts";
import { elementaryFunctions } from "../functions.ts";
import { tanh } from "../numerics/tanh.ts";

/**
 * One function over all elements of a buffer, and its pull-back `dx = dy · f′`. The common functions have loops of their
 * own, which write out what `functions.ts` says: a call for each element costs more than the function.
 */
export interface ElementwiseLoops {
	forward(x: Float64Array, y: Float64Array, parameter: number | undefined): void;
	backward(x: Float64Array, y: Float64Array, dy: Float64Array, dx: Float64Array, parameter: number | undefined): void;
}

const ownLoops: Partial<Record<FunctionName, ElementwiseLoops>> = {
	sigmoid: {
		forward(x, y) {
			for (let i = 0; i < y.length; i++) y[i] = 0.5 * tanh(0.5 * x[i]) + 0.5;
		},
		backward(_x, y, dy, dx) {
			for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * (y[i] * (1 - y[i]));
		},
	},
	tanh: {
		forward(x, y) {
			for (let i = 0; i < y.length; i++) y[i] = tanh(x[i]);
		},
		backward(_x, y, dy, dx) {
			for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
		},
	},
	relu: {
		forward(x, y, negativeSlope = 0) {
			for (let i = 0; i < y.length; i++) y[i] = Math.max(x[i], 0) + negativeSlope * Math.min(x[i], 0);
		},
		backward(x, _y, dy, dx, negativeSlope = 0) {
			for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * (x[i] > 0 ? 1 : negativeSlope);
		},
	},
};

/** The loops of a function. */
export function elementwiseLoops(name: FunctionName): ElementwiseLoops {
	const { value, slope } = elementaryFunctions[name];
	return (
		ownLoops[name] ?? {
			forward(x, y, parameter) {
				for (let i = 0; i < y.length; i++) y[i] = value(x[i], parameter);
			},
			backward(x, y, dy, dx, parameter) {
				for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * slope(x[i], y[i], parameter);
			},
		}
	);
}
