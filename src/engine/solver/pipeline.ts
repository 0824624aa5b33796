import type { Net } from "../net.ts";
import { EngineError } from "../problem.ts";
import { createSink, type Sink } from "../sink.ts";
import type { SolverSettings } from "../specification.ts";
import type { ClipTrace, ParameterTrace } from "../trace.ts";
import { localDecay } from "./decay.ts";
import { hasUpdateRule, updateRule } from "./known-rules.ts";
import { learningRate } from "./rate.ts";
import type { RuleRun } from "./rule.ts";
import { updateRules } from "./rules.ts";

/** What the solver carries from iteration to iteration: per learnable parameter its history slots. */
export type SolverHistory = readonly (readonly Float64Array[])[];

/** In a small net a parameter's history stands where its data stand, in a buffer of its own. */
export function createHistory(net: Net, settings: SolverSettings): SolverHistory {
	const { slots } = updateRule(settings.type);
	const { whole } = net.memory;
	if (whole === null) {
		return net.learnable.map(({ blob }) => Array.from({ length: slots }, () => new Float64Array(blob.count)));
	}
	const buffers = Array.from({ length: slots }, () => new Float64Array(whole.data.length));
	return net.learnable.map(({ blob: { data, count } }) => {
		const first = data.byteOffset / data.BYTES_PER_ELEMENT;
		return buffers.map((buffer) => buffer.subarray(first, first + count));
	});
}

/** Caffe's regulariser as a number: λ/2 Σ w² for L2, λ Σ |w| for L1, over parameters with their decay_mult. */
export function decayLoss(net: Net, settings: SolverSettings): number {
	let total = 0;
	for (const { blob, decayMult } of net.learnable) {
		const decay = localDecay(settings, decayMult);
		if (decay === 0) continue;
		let squares = 0;
		for (let i = 0; i < blob.count; i++) {
			squares += settings.regularization === "L2" ? blob.data[i] * blob.data[i] : Math.abs(blob.data[i]);
		}
		total += settings.regularization === "L2" ? (decay / 2) * squares : decay * squares;
	}
	return total;
}

function clip(net: Net, bound: number): ClipTrace {
	let squares = 0;
	for (const { blob } of net.learnable) {
		let own = 0;
		for (let i = 0; i < blob.count; i++) own += blob.diff[i] * blob.diff[i];
		squares += own;
	}
	const norm = Math.sqrt(squares);
	if (!(norm > bound)) return { norm, scale: 1 };
	const scale = bound / norm;
	for (const { blob } of net.learnable) for (let i = 0; i < blob.count; i++) blob.diff[i] *= scale;
	return { norm, scale };
}

function regularize(
	data: Float64Array,
	diff: Float64Array,
	decay: number,
	kind: SolverSettings["regularization"],
): void {
	if (kind === "L2") for (let i = 0; i < diff.length; i++) diff[i] += decay * data[i];
	else for (let i = 0; i < diff.length; i++) diff[i] += decay * Math.sign(data[i]);
}

export interface UpdateTrace {
	readonly rate: number;
	readonly clip: ClipTrace | null;
	readonly parameters: readonly ParameterTrace[];
}

/**
 * One ApplyUpdate on accumulated diffs: clip by the global norm, ÷ iter_size, + decay, the rule's update value, and
 * `data −= update`, with a copy of every step's values. Source: caffe-semantics, 4.1, steps 4 to 7.
 *
 * @param iteration from 0
 * @param previous what the iteration before recorded, if nothing has changed since: this one starts from its ends
 */
export function applyUpdate(
	net: Net,
	settings: SolverSettings,
	history: SolverHistory,
	iteration: number,
	sink: Sink = createSink(0),
	previous: readonly ParameterTrace[] | null = null,
): UpdateTrace {
	const rate = learningRate(settings, iteration);
	const rule = updateRule(settings.type);
	const gradients = net.learnable.map(({ blob }) => sink.keep(blob.diff));
	const clipTrace = settings.clipGradients >= 0 ? clip(net, settings.clipGradients) : null;

	const parameters = net.learnable.map((parameter): ParameterTrace => {
		const { blob, index, lrMult, decayMult } = parameter;
		const gradientComputed = parameter.users.some(
			({ layer, slot }) => net.layer(layer).needsBackward && net.layer(layer).run.parameterNeedsDiff[slot],
		);
		const held = parameter.movedByLayer ? undefined : previous?.[index];
		const before = held?.after ?? sink.keep(blob.data);
		const historyBefore = held?.history ?? history[index].map((slot) => sink.keep(slot));
		const clipped = clipTrace === null ? null : sink.keep(blob.diff);
		let normalized: Float64Array | null = null;
		if (settings.iterSize > 1) {
			const share = 1 / settings.iterSize;
			for (let i = 0; i < blob.count; i++) blob.diff[i] *= share;
			normalized = sink.keep(blob.diff);
		}
		let regularized: Float64Array | null = null;
		const decay = localDecay(settings, decayMult);
		if (decay !== 0) {
			regularize(blob.data, blob.diff, decay, settings.regularization);
			regularized = sink.keep(blob.diff);
		}
		rule.apply({ diff: blob.diff, history: history[index], settings, rate: rate * lrMult, iteration });
		for (let i = 0; i < blob.count; i++) blob.data[i] -= blob.diff[i];
		const kept = history[index].map((slot) => sink.keep(slot));
		return {
			before,
			gradientComputed,
			gradient: gradients[index],
			clipped,
			normalized,
			regularized,
			historyBefore,
			history: kept,
			update: rule.updateIsHistory ? kept[0] : sink.keep(blob.diff),
			after: sink.keep(blob.data),
		};
	});
	return { rate, clip: clipTrace, parameters };
}

/**
 * {@link applyUpdate} for iterations that nobody records, prepared for the settings in force: the same bits, nothing
 * allocated. All diffs are left at 0, ready for the next iteration.
 */
export function prepareUpdate(net: Net, settings: SolverSettings, history: SolverHistory): (iteration: number) => void {
	const rule = updateRule(settings.type);
	const share = 1 / settings.iterSize;
	const ways = net.learnable.map(({ blob: { data, diff }, index, lrMult, decayMult }) => {
		const decay = localDecay(settings, decayMult);
		const run: RuleRun = { diff, history: history[index], settings, rate: 0, iteration: 0 };
		return { data, diff, lrMult, decay, isWhole: decay === 0 || settings.regularization === "L2", run };
	});
	return (iteration) => {
		const rate = learningRate(settings, iteration);
		if (settings.clipGradients >= 0) clip(net, settings.clipGradients);
		for (let k = 0; k < ways.length; k++) {
			const { data, diff, lrMult, decay, isWhole, run } = ways[k];
			if (settings.iterSize > 1) for (let i = 0; i < diff.length; i++) diff[i] *= share;
			run.rate = rate * lrMult;
			run.iteration = iteration;
			if (rule.advance !== undefined && isWhole) {
				rule.advance(data, decay, run);
				continue;
			}
			if (decay !== 0) regularize(data, diff, decay, settings.regularization);
			rule.apply(run);
			for (let i = 0; i < diff.length; i++) {
				data[i] -= diff[i];
				diff[i] = 0;
			}
		}
	};
}

/** A solver's numbers by Caffe's names. */
const NUMBERS = [
	["base_lr", "baseLr"],
	["gamma", "gamma"],
	["power", "power"],
	["stepsize", "stepSize"],
	["max_iter", "maxIter"],
	["momentum", "momentum"],
	["momentum2", "momentum2"],
	["delta", "delta"],
	["rms_decay", "rmsDecay"],
	["weight_decay", "weightDecay"],
	["clip_gradients", "clipGradients"],
] as const;

// Every pass of an iteration is recorded whole: a link must not ask for more than memory holds.
const MAXIMUM_PASSES = 1024;

/** @throws EngineError `setting` where a solver type is not built or refuses a setting. */
export function checkSolver(settings: SolverSettings): void {
	const { type, momentum } = settings;
	const refuse = (setting: string, expected: string, found: number) => {
		throw new EngineError({ code: "setting", layer: "solver", setting, expected, found: String(found) });
	};
	for (const [setting, key] of NUMBERS) if (Number.isNaN(settings[key])) refuse(setting, "number", Number.NaN);
	const { iterSize } = settings;
	if (!(Number.isInteger(iterSize) && iterSize >= 1 && iterSize <= MAXIMUM_PASSES)) {
		refuse("iter_size", `integer from 1 to ${MAXIMUM_PASSES}`, iterSize);
	}
	if (!hasUpdateRule(type)) {
		const expected = updateRules.map((rule) => rule.type).join(", ");
		throw new EngineError({ code: "setting", layer: "solver", setting: "type", expected, found: type });
	}
	if (momentum !== 0 && !updateRule(type).takesMomentum) refuse("momentum", `0 (${type})`, momentum);
}
