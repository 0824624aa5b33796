import { describe, expect, it } from "vitest";
import { EngineError } from "../problem.ts";
import type { SolverSettings } from "../specification.ts";
import { denseData, layer, net, plainSolver } from "../testing/dense-nets.ts";
import { createTraining, type TrainingOptions } from "../training.ts";
import { checkSolver } from "./pipeline.ts";
import { updateRules } from "./rules.ts";

const options: TrainingOptions = {
	net: net([
		layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 3] }, { dim: [2, 2] }] } }),
		layer("InnerProduct", "ip", ["data"], ["ip"], { settings: { num_output: 2, weight_filler: { type: "xavier" } } }),
		layer("EuclideanLoss", "loss", ["ip", "label"], ["loss"]),
	]),
	solver: { ...plainSolver, weightDecay: 0.01 },
	data: denseData(3, 4, 3, 2, "EuclideanLoss"),
	seed: 2,
};

/** The closed form of each rule for one element, from its regularised gradients g₁ … g_n at rate η. */
const forms: Readonly<
	Record<
		string,
		(g: readonly number[], at: { rate: number; mu: number; beta2: number; rho: number; delta: number }) => number
	>
> = {
	SGD: (g, { rate, mu }) => g.reduce((sum, own, k) => sum + rate * mu ** (g.length - 1 - k) * own, 0),
	Nesterov: (g, at) => {
		const velocity = (upTo: number) => forms.SGD(g.slice(0, upTo), at);
		return (1 + at.mu) * velocity(g.length) - at.mu * velocity(g.length - 1);
	},
	AdaGrad: (g, { rate, delta }) =>
		(rate * g[g.length - 1]) / (Math.sqrt(g.reduce((sum, own) => sum + own ** 2, 0)) + delta),
	RMSProp: (g, { rate, rho, delta }) => {
		const mean = g.reduce((sum, own, k) => sum + (1 - rho) * rho ** (g.length - 1 - k) * own ** 2, 0);
		return (rate * g[g.length - 1]) / (Math.sqrt(mean) + delta);
	},
	Adam: (g, { rate, mu, beta2, delta }) => {
		const n = g.length;
		const mean = g.reduce((sum, own, k) => sum + (1 - mu) * mu ** (n - 1 - k) * own, 0) / (1 - mu ** n);
		const square = g.reduce((sum, own, k) => sum + (1 - beta2) * beta2 ** (n - 1 - k) * own ** 2, 0);
		// Caffe's δ stands beside the uncorrected root.
		return (rate * mean * Math.sqrt(1 - beta2 ** n)) / (Math.sqrt(square) + delta);
	},
};

describe("the update of each solver type", () => {
	it.each(Object.keys(forms))("%s has its closed form in the gradients so far", (type) => {
		const { takesMomentum } = updateRules.find((rule) => rule.type === type) ?? { takesMomentum: false };
		const solver = {
			...options.solver,
			type: updateRules.find((rule) => rule.type === type)?.type ?? "SGD",
			momentum: takesMomentum ? 0.9 : 0,
		};
		const training = createTraining({ ...options, solver });
		const gradients: number[] = [];
		for (let k = 0; k < 6; k++) {
			const [parameter] = training.record().parameters;
			gradients.push(parameter.regularized?.[1] ?? Number.NaN);
			const at = {
				rate: solver.baseLr,
				mu: solver.momentum,
				beta2: solver.momentum2,
				rho: solver.rmsDecay,
				delta: solver.delta,
			};
			expect(parameter.update[1]).toBeCloseTo(forms[type](gradients, at), 13);
		}
	});

	it("AdaDelta's first step is √(δ/((1 − μ)g² + δ)) of the gradient, whatever its history will be", () => {
		const solver = { ...options.solver, type: "AdaDelta" as const, momentum: 0.95, delta: 1e-6, baseLr: 1 };
		const [parameter] = createTraining({ ...options, solver }).record().parameters;
		const g = parameter.regularized?.[0] ?? Number.NaN;
		expect(parameter.update[0]).toBeCloseTo(g * Math.sqrt(1e-6 / ((1 - 0.95) * g * g + 1e-6)), 13);
	});

	it("is SGD's where the settings leave nothing else", () => {
		const run = (solver: TrainingOptions["solver"]) => {
			const training = createTraining({ ...options, solver });
			for (let k = 0; k < 5; k++) training.step();
			return training.checkpoint().parameters;
		};
		expect(run({ ...options.solver, type: "Nesterov", momentum: 0 })).toEqual(run({ ...options.solver, momentum: 0 }));
	});
});

describe("a solver", () => {
	it("refuses what Caffe refuses", () => {
		for (const type of ["AdaGrad", "RMSProp"] as const) {
			expect(() => createTraining({ ...options, solver: { ...options.solver, type, momentum: 0.9 } })).toThrow(
				EngineError,
			);
		}
	});

	it.each<[string, Partial<SolverSettings>]>([
		["iter_size", { iterSize: 0 }],
		["iter_size", { iterSize: 1.5 }],
		["iter_size", { iterSize: Number.POSITIVE_INFINITY }],
		["base_lr", { baseLr: Number.NaN }],
		["weight_decay", { weightDecay: Number.NaN }],
	])("refuses a %s that is none: %j", (setting, change) => {
		expect(() => checkSolver({ ...plainSolver, ...change })).toThrow(`"setting":"${setting}"`);
	});

	it("may change its type on the way: the new rule starts without history, and going back finds the old one's", () => {
		const training = createTraining({ ...options, solver: { ...options.solver, momentum: 0.9 } });
		training.step();
		const checkpoint = training.checkpoint();
		const plain = training.record();
		training.setSolver({ ...options.solver, type: "Adam", momentum: 0.9 });
		const [first] = training.record().parameters;
		expect(first.historyBefore.map((slot) => [...slot].every((value) => value === 0))).toEqual([true, true]);
		training.restore(checkpoint);
		expect(training.record()).toEqual(plain);
	});
});
