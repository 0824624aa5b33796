import { exp } from "../numerics/exp.ts";
import { pow } from "../numerics/pow.ts";
import type { LearningRatePolicy, SolverSettings } from "../specification.ts";

/** A learning-rate policy: the rate of an iteration, counted from 0. */
type Policy = (settings: SolverSettings, iteration: number) => number;

/** Caffe moves at most one step an iteration, so equal step values drop the rate on successive iterations. */
function stepsTaken(stepValues: readonly number[], iteration: number): number {
	let steps = 0;
	let at = -1;
	for (const value of stepValues) {
		at = Math.max(at + 1, value);
		if (at > iteration) break;
		steps++;
	}
	return steps;
}

const policies: Readonly<Record<LearningRatePolicy, Policy>> = {
	fixed: ({ baseLr }) => baseLr,
	step: ({ baseLr, gamma, stepSize }, iteration) => baseLr * pow(gamma, Math.floor(iteration / stepSize)),
	exp: ({ baseLr, gamma }, iteration) => baseLr * pow(gamma, iteration),
	inv: ({ baseLr, gamma, power, precision }, iteration) => {
		// The only product that Caffe computes in float32.
		const grown = precision === "caffe" ? Math.fround(gamma * iteration) : gamma * iteration;
		return baseLr * pow(1 + grown, -power);
	},
	multistep: ({ baseLr, gamma, stepValues }, iteration) => baseLr * pow(gamma, stepsTaken(stepValues, iteration)),
	poly: ({ baseLr, power, maxIter }, iteration) => baseLr * pow(1 - iteration / maxIter, power),
	sigmoid: ({ baseLr, gamma, stepSize }, iteration) => baseLr / (1 + exp(-gamma * (iteration - stepSize))),
};

/**
 * The learning rate of an iteration (from 0), before a parameter's lr_mult.
 * Source: caffe-semantics, 4.3.
 */
export function learningRate(settings: SolverSettings, iteration: number): number {
	return policies[settings.lrPolicy](settings, iteration);
}
