import type { LearnableParameter } from "../engine/parameters.ts";
import { roundFloat } from "../engine/settings.ts";
import type { LearningRatePolicy, ParameterSpecification, SolverSettings } from "../engine/specification.ts";
import { checkLimit, type Limit } from "./edit-limits.ts";
import { type Experiment, settingsIn, withEdit } from "./experiment.ts";

/** Settings that are one number each. */
export type NumberSetting =
	| "baseLr"
	| "gamma"
	| "power"
	| "stepSize"
	| "maxIter"
	| "iterSize"
	| "momentum"
	| "weightDecay"
	| "clipGradients";

/** What the page's fields take; a file may go further. */
export const SOLVER_LIMITS: Readonly<Record<NumberSetting, Limit>> = {
	baseLr: { minimum: 0, maximum: 1000 },
	gamma: { minimum: -10, maximum: 10 },
	power: { minimum: 0, maximum: 10 },
	stepSize: { minimum: 1, maximum: 1e6, whole: true },
	maxIter: { minimum: 1, maximum: 1e7, whole: true },
	iterSize: { minimum: 1, maximum: 64, whole: true },
	momentum: { minimum: 0, maximum: 1 },
	weightDecay: { minimum: 0, maximum: 100 },
	clipGradients: { minimum: 1e-9, maximum: 1e9 },
};

/** How a solver's file spells each of them. */
export const SOLVER_FIELDS: Readonly<Record<NumberSetting, string>> = {
	baseLr: "base_lr",
	gamma: "gamma",
	power: "power",
	stepSize: "stepsize",
	maxIter: "max_iter",
	iterSize: "iter_size",
	momentum: "momentum",
	weightDecay: "weight_decay",
	clipGradients: "clip_gradients",
};

export const POLICIES: readonly LearningRatePolicy[] = ["fixed", "step", "exp", "inv", "multistep", "poly", "sigmoid"];

/** The settings that each policy reads beside base_lr. */
export const POLICY_FIELDS: Readonly<
	Record<LearningRatePolicy, readonly ("gamma" | "power" | "stepSize" | "stepValues" | "maxIter")[]>
> = {
	fixed: [],
	step: ["gamma", "stepSize"],
	exp: ["gamma"],
	inv: ["gamma", "power"],
	multistep: ["gamma", "stepValues"],
	poly: ["power", "maxIter"],
	sigmoid: ["gamma", "stepSize"],
};

/** No clipping. */
const NO_CLIP = -1;
const MAXIMUM_STEP_VALUES = 32;

function checkSetting(name: NumberSetting, value: number): void {
	if (name === "clipGradients" && value === NO_CLIP) return;
	checkLimit("solver", SOLVER_FIELDS[name], value, SOLVER_LIMITS[name]);
}

const isNumberSetting = (name: string): name is NumberSetting => Object.hasOwn(SOLVER_LIMITS, name);

/**
 * Solver settings that take effect in an iteration and leave earlier ones as they were.
 * @throws EngineError `setting` where one lies outside of its limits
 */
export function withSolver(experiment: Experiment, iteration: number, change: Partial<SolverSettings>): Experiment {
	const before = settingsIn(experiment, iteration);
	for (const [name, value] of Object.entries(change)) {
		if (isNumberSetting(name) && typeof value === "number") checkSetting(name, value);
	}
	checkLimit("solver", "stepvalue", change.stepValues?.length ?? 0, { minimum: 0, maximum: MAXIMUM_STEP_VALUES });
	for (const value of change.stepValues ?? []) checkLimit("solver", "stepvalue", value, SOLVER_LIMITS.maxIter);
	const rounded = Object.fromEntries(
		Object.entries(change).map(([name, value]) => [
			name,
			typeof value === "number" ? roundFloat(value, before.precision) : value,
		]),
	);
	return withEdit(experiment, { kind: "solver", iteration, change: rounded });
}

/** Another learning rate policy; what it reads and the settings lack gets a value that shows what the policy does. */
export function withPolicy(experiment: Experiment, iteration: number, lrPolicy: LearningRatePolicy): Experiment {
	const { gamma, power, stepSize, stepValues, maxIter } = settingsIn(experiment, iteration);
	const usual: Partial<SolverSettings> = {
		gamma: gamma === 0 ? ({ inv: 0.1, exp: 0.9, sigmoid: -0.5 }[String(lrPolicy)] ?? 0.5) : gamma,
		power: power === 0 ? (lrPolicy === "inv" ? 0.75 : 1) : power,
		stepSize: stepSize === 0 ? 10 : stepSize,
		stepValues: stepValues.length === 0 ? [10, 20] : stepValues,
		maxIter: maxIter === 0 ? 10_000 : maxIter,
	};
	const read = POLICY_FIELDS[lrPolicy];
	const change = Object.fromEntries(Object.entries(usual).filter(([name]) => read.some((field) => field === name)));
	return withSolver(experiment, iteration, { lrPolicy, ...change });
}

export type Multiplier = "lrMult" | "decayMult";

const MULTIPLIER_FIELDS: Readonly<Record<Multiplier, string>> = { lrMult: "lr_mult", decayMult: "decay_mult" };
const MULTIPLIER_LIMIT: Limit = { minimum: 0, maximum: 100 };

/**
 * Another lr_mult or decay_mult of some parameters, each given as its layer and its place among that layer's. Which diffs
 * are computed may change: it starts again.
 */
export function withMultiplier(
	experiment: Experiment,
	places: LearnableParameter["users"],
	multiplier: Multiplier,
	value: number,
): Experiment {
	checkLimit(places[0]?.layer ?? "solver", MULTIPLIER_FIELDS[multiplier], value, MULTIPLIER_LIMIT);
	const { net } = experiment;
	const changed = net.layers.map((layer) => {
		const slots = places.filter((place) => place.layer === layer.name).map(({ slot }) => slot);
		if (slots.length === 0) return layer;
		const written = layer.parameters ?? [];
		const length = Math.max(written.length, ...slots.map((slot) => slot + 1));
		const parameters = Array.from({ length }, (_, slot): ParameterSpecification => {
			const own = written[slot] ?? {};
			return slots.includes(slot) ? { ...own, [multiplier]: value } : own;
		});
		return { ...layer, parameters };
	});
	return { ...experiment, net: { ...net, layers: changed } };
}
