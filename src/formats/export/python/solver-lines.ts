import type { LearnableParameter } from "../../../engine/parameters.ts";
import { localDecay } from "../../../engine/solver/decay.ts";
import type { SolverSettings, SolverType } from "../../../engine/specification.ts";
import type { Lines } from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";

/** The names that one parameter's update is written with. */
export interface UpdateNames {
	readonly value: string;
	readonly gradient: string;
	readonly history: readonly string[];
	readonly update: string;
	readonly after: string;
}

type Rule = (names: UpdateNames, settings: SolverSettings, iteration: number, library: "np" | "torch") => Lines;

const n = pythonNumber;

/** Caffe's update value of each solver type, with the histories that it moves. `rate` stands for rate · lr_mult. */
const rules: Readonly<Record<SolverType, Rule>> = {
	SGD: ({ gradient, history: [h], update }, { momentum }) => [
		`${h} = ${n(momentum)} * ${h} + rate * ${gradient}`,
		`${update} = ${h}`,
	],
	Nesterov: ({ gradient, history: [h], update }, { momentum }) => [
		`${h}_before = ${h}`,
		`${h} = ${n(momentum)} * ${h} + rate * ${gradient}`,
		`${update} = (1.0 + ${n(momentum)}) * ${h} - ${n(momentum)} * ${h}_before`,
	],
	AdaGrad: ({ gradient, history: [h], update }, { delta }, _iteration, library) => [
		`${h} = ${h} + ${gradient} * ${gradient}`,
		`${update} = rate * (${gradient} / (${library}.sqrt(${h}) + ${n(delta)}))`,
	],
	RMSProp: ({ gradient, history: [h], update }, { delta, rmsDecay }, _iteration, library) => [
		`${h} = ${n(rmsDecay)} * ${h} + (1.0 - ${n(rmsDecay)}) * ${gradient} * ${gradient}`,
		`${update} = rate * (${gradient} / (${library}.sqrt(${h}) + ${n(delta)}))`,
	],
	AdaDelta: ({ gradient, history: [h, k], update }, { delta, momentum }, _iteration, library) => [
		`${h} = ${n(momentum)} * ${h} + (1.0 - ${n(momentum)}) * ${gradient} * ${gradient}`,
		`${update} = ${gradient} * ${library}.sqrt((${k} + ${n(delta)}) / (${h} + ${n(delta)}))`,
		`${k} = ${n(momentum)} * ${k} + (1.0 - ${n(momentum)}) * ${update} * ${update}`,
		`${update} = rate * ${update}`,
	],
	Adam: ({ gradient, history: [m, v], update }, { delta, momentum, momentum2 }, iteration, library) => [
		`${m} = ${n(momentum)} * ${m} + (1.0 - ${n(momentum)}) * ${gradient}`,
		`${v} = ${n(momentum2)} * ${v} + (1.0 - ${n(momentum2)}) * ${gradient} * ${gradient}`,
		`${update} = rate * (1.0 - ${n(momentum2)} ** ${iteration}) ** 0.5 / (1.0 - ${n(momentum)} ** ${iteration})`,
		`${update} = ${update} * ${m} / (${library}.sqrt(${v}) + ${n(delta)})`,
	],
};

/** ComputeUpdateValue and Update: `iteration` counts from 1. */
export function updateLines(
	names: UpdateNames,
	settings: SolverSettings,
	iteration: number,
	library: "np" | "torch",
): Lines {
	return [
		...rules[settings.type](names, settings, iteration, library),
		`${names.after} = ${names.value} - ${names.update}`,
	];
}

/** The decay that a parameter's gradient gets, or null where it gets none. */
export function decayLine(
	{ value, gradient }: UpdateNames,
	settings: SolverSettings,
	{ decayMult }: LearnableParameter,
	library: "np" | "torch",
): string | null {
	const decay = localDecay(settings, decayMult);
	if (decay === 0) return null;
	const pull = settings.regularization === "L2" ? value : `${library}.sign(${value})`;
	return `${gradient} = ${gradient} + ${n(decay)} * ${pull}`;
}

/** λ/2 Σ w² (L1: λ Σ |w|) over all parameters with a decay; null where none has one. */
export function decayLoss(
	parameters: readonly { readonly parameter: LearnableParameter; readonly value: string }[],
	settings: SolverSettings,
	library: "np" | "torch",
): string | null {
	const terms = parameters.flatMap(({ parameter, value }) => {
		const decay = localDecay(settings, parameter.decayMult);
		if (decay === 0) return [];
		if (settings.regularization === "L2") return [`${n(decay)} / 2.0 * ${library}.sum(${value} * ${value})`];
		return [`${n(decay)} * ${library}.sum(${library}.abs(${value}))`];
	});
	return terms.length === 0 ? null : terms.join(" + ");
}

/** The global L2 norm of all gradients, and what they are multiplied by. */
export function clipLines(gradients: readonly string[], bound: number, library: "np" | "torch"): Lines {
	return [
		`norm = ${library}.sqrt(${gradients.map((name) => `${library}.sum(${name} * ${name})`).join(" + ")})`,
		`scale = ${n(bound)} / norm if norm > ${n(bound)} else 1.0`,
	];
}
