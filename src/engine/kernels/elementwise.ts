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

function sigmoidAt(x: Float64Array, y: Float64Array, i: number): void {
	y[i] = 0.5 * tanh(0.5 * x[i]) + 0.5;
}

function sigmoidBackAt(y: Float64Array, dy: Float64Array, dx: Float64Array, i: number): void {
	const value = y[i];
	dx[i] = dy[i] * (value * (1 - value));
}

function tanhBackAt(y: Float64Array, dy: Float64Array, dx: Float64Array, i: number): void {
	const value = y[i];
	dx[i] = dy[i] * (1 - value * value);
}

function reluAt(x: Float64Array, y: Float64Array, i: number, negativeSlope: number): void {
	const value = x[i];
	y[i] = Math.max(value, 0) + negativeSlope * Math.min(value, 0);
}

function reluBackAt(x: Float64Array, dy: Float64Array, dx: Float64Array, i: number, negativeSlope: number): void {
	dx[i] = dy[i] * (x[i] > 0 ? 1 : negativeSlope);
}

/** Four elements at once share what looking the arrays up costs. */
const ownLoops: Partial<Record<FunctionName, ElementwiseLoops>> = {
	sigmoid: {
		forward(x, y) {
			const count = y.length | 0;
			const whole = count & ~1;
			for (let i = 0; i < whole; i += 2) {
				sigmoidAt(x, y, i);
				sigmoidAt(x, y, i + 1);
			}
			if (whole < count) sigmoidAt(x, y, whole);
		},
		backward(_x, y, dy, dx) {
			const count = dx.length | 0;
			const whole = count & ~3;
			for (let i = 0; i < whole; i += 4) {
				sigmoidBackAt(y, dy, dx, i);
				sigmoidBackAt(y, dy, dx, i + 1);
				sigmoidBackAt(y, dy, dx, i + 2);
				sigmoidBackAt(y, dy, dx, i + 3);
			}
			for (let i = whole; i < count; i++) sigmoidBackAt(y, dy, dx, i);
		},
	},
	tanh: {
		forward(x, y) {
			const count = y.length | 0;
			for (let i = 0; i < count; i++) y[i] = tanh(x[i]);
		},
		backward(_x, y, dy, dx) {
			const count = dx.length | 0;
			const whole = count & ~3;
			for (let i = 0; i < whole; i += 4) {
				tanhBackAt(y, dy, dx, i);
				tanhBackAt(y, dy, dx, i + 1);
				tanhBackAt(y, dy, dx, i + 2);
				tanhBackAt(y, dy, dx, i + 3);
			}
			for (let i = whole; i < count; i++) tanhBackAt(y, dy, dx, i);
		},
	},
	relu: {
		forward(x, y, negativeSlope = 0) {
			const count = y.length | 0;
			const whole = count & ~3;
			for (let i = 0; i < whole; i += 4) {
				reluAt(x, y, i, negativeSlope);
				reluAt(x, y, i + 1, negativeSlope);
				reluAt(x, y, i + 2, negativeSlope);
				reluAt(x, y, i + 3, negativeSlope);
			}
			for (let i = whole; i < count; i++) reluAt(x, y, i, negativeSlope);
		},
		backward(x, _y, dy, dx, negativeSlope = 0) {
			const count = dx.length | 0;
			const whole = count & ~3;
			for (let i = 0; i < whole; i += 4) {
				reluBackAt(x, dy, dx, i, negativeSlope);
				reluBackAt(x, dy, dx, i + 1, negativeSlope);
				reluBackAt(x, dy, dx, i + 2, negativeSlope);
				reluBackAt(x, dy, dx, i + 3, negativeSlope);
			}
			for (let i = whole; i < count; i++) reluBackAt(x, dy, dx, i, negativeSlope);
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
