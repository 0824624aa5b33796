import type { NamedDataSet } from "../data/preset.ts";
import { exclusiveOr, inclusiveOr } from "../data/sets/logic.ts";
import { EngineError } from "../engine/problem.ts";
import type { SolverSettings } from "../engine/specification.ts";
import type { ParameterValues } from "../formats/link/parameters.ts";
import type { Experiment } from "./experiment.ts";
import {
	ACTIVATIONS,
	type Activation,
	LOSSES,
	type LossType,
	withActivation,
	withBatch,
	withLayerBefore,
	withLoss,
	withoutLayer,
	withSeed,
	withUnits,
} from "./net-edits.ts";

/** The keys of a link that change a preset. */
export type ContentKey = "net" | "data" | "act" | "loss" | "opt" | "lr" | "batch" | "seed";

const CONTENT_KEYS: readonly ContentKey[] = ["net", "data", "act", "loss", "batch", "seed", "opt", "lr"];

const activations: Readonly<Record<NonNullable<ParameterValues["act"]>[number], Activation>> = {
	sigmoid: "Sigmoid",
	tanh: "TanH",
	relu: "ReLU",
	linear: "linear",
};

const losses: Readonly<Record<NonNullable<ParameterValues["loss"]>, LossType>> = {
	mse: "EuclideanLoss",
	bce: "SigmoidCrossEntropyLoss",
	ce: "SoftmaxWithLoss",
};

const solvers: Readonly<Record<NonNullable<ParameterValues["opt"]>, Partial<SolverSettings>>> = {
	sgd: { type: "SGD", momentum: 0 },
	momentum: { type: "SGD", momentum: 0.9 },
	nesterov: { type: "Nesterov", momentum: 0.9 },
	adam: { type: "Adam", momentum: 0.9, momentum2: 0.999 },
};

const PLAIN: readonly string[] = ["Input", "InnerProduct", ...ACTIVATIONS, ...LOSSES];

function denseNames({ net }: Experiment): readonly string[] {
	return net.layers.filter(({ type }) => type === "InnerProduct").map(({ name }) => name);
}

function refuse(setting: string, expected: string, found: string): never {
	throw new EngineError({ code: "setting", layer: "solver", setting, expected, found });
}

/** Only a chain of dense layers can be written as `2-3-1`. */
function checkChain(experiment: Experiment, setting: string): void {
	const other = experiment.net.layers.find(({ type }) => !PLAIN.includes(type));
	if (other !== undefined) refuse(setting, "dense layers", other.type);
}

function withSizes(experiment: Experiment, sizes: readonly number[]): Experiment {
	checkChain(experiment, "net");
	if (sizes.length < 2) refuse("net", "≥ 2", String(sizes.length));
	let changed = experiment;
	for (let layers = denseNames(changed).length; layers < sizes.length - 1; layers++) {
		changed = withLayerBefore(changed, denseNames(changed).at(-1) ?? "");
	}
	for (let layers = denseNames(changed).length; layers > sizes.length - 1; layers--) {
		changed = withoutLayer(changed, denseNames(changed).at(-2) ?? "");
	}
	const input = changed.net.layers.find(({ type }) => type === "Input")?.name ?? "";
	return [input, ...denseNames(changed)].reduce((made, name, index) => withUnits(made, name, sizes[index]), changed);
}

/** One activation for all that have one, or one for each dense layer. */
function withActivations(experiment: Experiment, asked: NonNullable<ParameterValues["act"]>): Experiment {
	checkChain(experiment, "act");
	const names = denseNames(experiment);
	const [first] = asked;
	if (asked.length !== 1 && asked.length !== names.length) refuse("act", String(names.length), String(asked.length));
	const last = experiment.net.layers.some(
		({ type, bottoms }) =>
			type !== "Input" && bottoms.includes(names.at(-1) ?? "") && ACTIVATIONS.some((known) => known === type),
	);
	return names.reduce((made, name, index) => {
		if (asked.length === 1)
			return index < names.length - 1 || last ? withActivation(made, name, activations[first]) : made;
		return withActivation(made, name, activations[asked[index]]);
	}, experiment);
}

const dataSets: Readonly<Record<NonNullable<ParameterValues["data"]>, () => NamedDataSet>> = {
	xor: exclusiveOr,
	or: inclusiveOr,
};

/** Another data set of the same shapes. */
function withData(experiment: Experiment, data: NamedDataSet): Experiment {
	const shapes = ({ source }: NamedDataSet) =>
		JSON.stringify(Object.entries(source.blobs).map(([name, { sampleShape }]) => [name, sampleShape]));
	if (shapes(data) !== shapes(experiment.data)) refuse("data", shapes(experiment.data), shapes(data));
	return { ...experiment, data };
}

/** What each key does to an experiment. @throws EngineError where it cannot be */
function change(experiment: Experiment, key: ContentKey, values: ParameterValues): Experiment {
	const { net, data, act, loss, opt, lr, batch, seed } = values;
	switch (key) {
		case "net":
			return net === undefined ? experiment : withSizes(experiment, net);
		case "data":
			return data === undefined ? experiment : withData(experiment, dataSets[data]());
		case "act":
			return act === undefined ? experiment : withActivations(experiment, act);
		case "loss":
			return loss === undefined ? experiment : withLoss(experiment, losses[loss]);
		case "batch":
			return batch === undefined ? experiment : withBatch(experiment, batch);
		case "seed":
			return seed === undefined || seed === experiment.seed ? experiment : withSeed(experiment, seed);
		case "opt":
			return opt === undefined ? experiment : { ...experiment, solver: { ...experiment.solver, ...solvers[opt] } };
		case "lr":
			return lr === undefined ? experiment : { ...experiment, solver: { ...experiment.solver, baseLr: lr } };
	}
}

export interface AskedExperiment {
	readonly experiment: Experiment;
	/** What does not go with this preset; everything else was taken. */
	readonly refused: readonly ContentKey[];
}

/** A preset with what a link asks of it. */
export function askedExperiment(preset: Experiment, values: ParameterValues): AskedExperiment {
	let experiment = preset;
	const refused: ContentKey[] = [];
	for (const key of CONTENT_KEYS) {
		try {
			experiment = change(experiment, key, values);
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			refused.push(key);
		}
	}
	return { experiment, refused };
}
