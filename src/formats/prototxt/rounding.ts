import { layerDefinition } from "../../engine/layers/index.ts";
import { isList, isMessage, type PlainSettings, type Schema } from "../../engine/settings.ts";
import type { NetSpecification, SolverSettings } from "../../engine/specification.ts";

/** A setting that protobuf's 32-bit floats cannot hold: Caffe will use another number. */
export interface Rounding {
	/** The layer's name; `solver` for the solver's own. */
	readonly layer: string;
	readonly setting: string;
	readonly value: number;
	readonly rounded: number;
}

function roundingOf(layer: string, setting: string, value: number): readonly Rounding[] {
	const rounded = Math.fround(value);
	return rounded === value || Number.isNaN(value) ? [] : [{ layer, setting, value, rounded }];
}

function inSettings(layer: string, settings: PlainSettings, schema: Schema, prefix: string): readonly Rounding[] {
	return Object.entries(settings).flatMap(([name, written]) => {
		const described = schema[name];
		if (described === undefined) return [];
		const values = isList(written) ? written : [written];
		return values.flatMap((value) => {
			if (typeof value === "number") return described.type === "float" ? roundingOf(layer, prefix + name, value) : [];
			if (!isMessage(value)) return [];
			return inSettings(layer, value, described.fields ?? {}, `${prefix}${name}.`);
		});
	});
}

/** All settings of a net that Caffe will round. */
export function roundings({ layers }: NetSpecification): readonly Rounding[] {
	return layers.flatMap(({ name, type, settings, parameters = [], lossWeights = [] }) => [
		...inSettings(name, settings, layerDefinition(type)?.settings ?? {}, ""),
		...parameters.flatMap(({ lrMult, decayMult }) => [
			...(lrMult === undefined ? [] : roundingOf(name, "lr_mult", lrMult)),
			...(decayMult === undefined ? [] : roundingOf(name, "decay_mult", decayMult)),
		]),
		...lossWeights.flatMap((weight) => roundingOf(name, "loss_weight", weight)),
	]);
}

/** The solver's float settings, by the names of its fields. */
export const SOLVER_FLOATS = {
	base_lr: "baseLr",
	gamma: "gamma",
	power: "power",
	momentum: "momentum",
	momentum2: "momentum2",
	delta: "delta",
	rms_decay: "rmsDecay",
	weight_decay: "weightDecay",
	clip_gradients: "clipGradients",
} as const satisfies Readonly<Record<string, keyof SolverSettings>>;

export function solverRoundings(settings: SolverSettings): readonly Rounding[] {
	return Object.entries(SOLVER_FLOATS).flatMap(([name, key]) => roundingOf("solver", name, settings[key]));
}
