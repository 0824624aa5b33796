import type { Net } from "../net.ts";
import { EngineError } from "../problem.ts";
import { copyStretch, createSink, type Sink, type StretchCopy } from "../sink.ts";
import type { SolverSettings } from "../specification.ts";
import type { ClipTrace, ParameterTrace } from "../trace.ts";
import { localDecay } from "./decay.ts";
import { hasUpdateRule, updateRule } from "./known-rules.ts";
import { learningRate } from "./rate.ts";
import type { RuleRun } from "./rule.ts";
import { updateRules } from "./rules.ts";

/** What the solver carries from iteration to iteration: per learnable parameter its history slots. */
export type SolverHistory = readonly (readonly Float64Array[])[];

/** Where a net's memory is whole, a slot of all parameters is laid out as their data are, slot after slot. */
export function createHistory(net: Net, settings: SolverSettings): SolverHistory {
	const { slots } = updateRule(settings.type);
	const { whole } = net.memory;
	if (whole === null) {
		return net.learnable.map(({ blob }) => Array.from({ length: slots }, () => new Float64Array(blob.count)));
	}
	const { length } = whole.parameters.data;
	const all = new Float64Array(slots * length);
	return net.learnable.map(({ blob: { data, count } }) => {
		const first = data.byteOffset / data.BYTES_PER_ELEMENT;
		return Array.from({ length: slots }, (_, slot) =>
			all.subarray(slot * length + first, slot * length + first + count),
		);
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

/** Copies of one array of each learnable parameter, by its index. */
type Kept = readonly Float64Array[];

/** What a copy of a net's memory holds of its parameters. */
export function keptIn({ part }: StretchCopy, net: Net, side: "data" | "diff"): Kept {
	return net.learnable.map(({ blob }) => part(blob[side]));
}

/** Copies the parameters as they are now. */
export function keep(net: Net, side: "data" | "diff", sink: Sink): Kept {
	const { whole } = net.memory;
	if (whole === null) return net.learnable.map(({ blob }) => sink.keep(blob[side]));
	return keptIn(copyStretch(whole.parameters[side]), net, side);
}

/** Copies the history slots of each parameter. */
function keepHistory(net: Net, history: SolverHistory, sink: Sink): SolverHistory {
	if (net.memory.whole === null || history.length === 0) return history.map((slots) => slots.map(sink.keep));
	const { part } = copyStretch(new Float64Array(history[0][0].buffer));
	return history.map((slots) => slots.map(part));
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
 * @param previous what the recorded iteration before left, if nothing has changed since: this one starts from it
 * @param gradient the accumulated diffs, where they have been kept already
 */
export function applyUpdate(
	net: Net,
	settings: SolverSettings,
	history: SolverHistory,
	iteration: number,
	sink: Sink = createSink(0),
	previous: readonly ParameterTrace[] | null = null,
	gradient: Kept = keep(net, "diff", sink),
): UpdateTrace {
	const { learnable } = net;
	const rate = learningRate(settings, iteration);
	const rule = updateRule(settings.type);
	const clipTrace = settings.clipGradients >= 0 ? clip(net, settings.clipGradients) : null;
	const clipped = clipTrace === null ? null : keep(net, "diff", sink);
	// What a layer has moved since is not what the update left.
	const isMoved = learnable.some(({ movedByLayer }) => movedByLayer);
	const before = previous === null || isMoved ? keep(net, "data", sink) : previous.map(({ after }) => after);
	const historyBefore = previous?.map((parameter) => parameter.history) ?? keepHistory(net, history, sink);

	let normalized: Kept | null = null;
	if (settings.iterSize > 1) {
		const share = 1 / settings.iterSize;
		for (const { blob } of learnable) for (let i = 0; i < blob.count; i++) blob.diff[i] *= share;
		normalized = keep(net, "diff", sink);
	}
	const decays = learnable.map(({ decayMult }) => localDecay(settings, decayMult));
	let regularized: Kept | null = null;
	if (decays.some((decay) => decay !== 0)) {
		for (const { blob, index } of learnable) {
			if (decays[index] !== 0) regularize(blob.data, blob.diff, decays[index], settings.regularization);
		}
		regularized = keep(net, "diff", sink);
	}
	const advance = rule.updateIsHistory ? rule.advance : undefined;
	for (const { blob, index, lrMult } of learnable) {
		const run: RuleRun = { diff: blob.diff, history: history[index], settings, rate: rate * lrMult, iteration };
		if (advance !== undefined) advance(blob.data, 0, run);
		else rule.apply(run);
	}
	let update: Kept | null = null;
	if (advance === undefined) {
		update = keep(net, "diff", sink);
		for (const { blob } of learnable) for (let i = 0; i < blob.count; i++) blob.data[i] -= blob.diff[i];
	}
	const after = keep(net, "data", sink);
	const historyAfter = keepHistory(net, history, sink);
	const parameters = learnable.map(
		({ index, users }): ParameterTrace => ({
			before: before[index],
			gradientComputed: users.some(
				({ layer, slot }) => net.layer(layer).needsBackward && net.layer(layer).run.parameterNeedsDiff[slot],
			),
			gradient: gradient[index],
			clipped: clipped?.[index] ?? null,
			normalized: normalized?.[index] ?? null,
			regularized: decays[index] === 0 ? null : (regularized?.[index] ?? null),
			historyBefore: historyBefore[index],
			history: historyAfter[index],
			update: update?.[index] ?? historyAfter[index][0],
			after: after[index],
		}),
	);
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
