import type { LayerRun } from "../../src/engine/layer.ts";
import { layerDefinition } from "../../src/engine/layers/index.ts";
import { buildNet, type Net, type NetLayer } from "../../src/engine/net.ts";
import type { RandomGenerator } from "../../src/engine/random.ts";
import { applyUpdate, createHistory, type SolverHistory } from "../../src/engine/solver/pipeline.ts";
import { updateRules } from "../../src/engine/solver/rules.ts";
import type { SolverSettings } from "../../src/engine/specification.ts";
import { type PassTrace, recordPass } from "../../src/engine/trace.ts";
import { readNet, readSolver } from "../../src/formats/prototxt/index.ts";
import { type Comparison, createComparison, type Difference } from "./differences.ts";
import type { VectorFile, VectorPass, VectorUpdate } from "./vector-file.ts";

export type VectorResult =
	| { readonly kind: "passed"; readonly compared: number }
	| { readonly kind: "failed"; readonly differences: readonly Difference[] }
	| { readonly kind: "skipped"; readonly reason: string };

/** What a case needs that the engine lacks; null where nothing is missing. */
function missing(file: VectorFile): string | null {
	const layers = new Set(file.layers.map(({ type }) => type).filter((type) => layerDefinition(type) === undefined));
	const { type } = file.solver_effective;
	const parts = [
		...(layers.size > 0 ? [`layer ${[...layers].sort().join(", ")}`] : []),
		...(updateRules.some((rule) => rule.type === type) ? [] : [`solver ${type}`]),
	];
	return parts.length > 0 ? `not built: ${parts.join("; ")}` : null;
}

/** Every writer of a blob in running order: the layer that makes it, then the layers that work on it in place. */
function writersOf(net: Net): ReadonlyMap<string, readonly { readonly layer: NetLayer; readonly slot: number }[]> {
	const writers = new Map<string, { layer: NetLayer; slot: number }[]>();
	for (const layer of net.layers) {
		layer.run.tops.forEach((top, slot) => {
			const known = writers.get(top.name);
			if (known === undefined) writers.set(top.name, [{ layer, slot }]);
			else known.push({ layer, slot });
		});
	}
	return writers;
}

type Writers = ReturnType<typeof writersOf>;

function compareBuilt(comparison: Comparison, file: VectorFile, net: Net, writers: Writers): void {
	comparison.same(
		"layers",
		net.layers.map(({ name, type, bottomNames, topNames, needsBackward, run }) => ({
			name,
			type,
			bottoms: bottomNames,
			tops: topNames,
			need_backward: needsBackward,
			bottom_need_backward: run.bottomNeedsDiff,
		})),
		file.layers,
	);
	comparison.same(
		"blobs",
		[...writers].map(([name, [{ layer, slot }]]) => ({
			name,
			shape: layer.run.tops[slot].shape,
			loss_weight: layer.lossWeights[slot] ?? 0,
			input: layer.type === "Input",
			diff_computed: layer.diffComputed[slot],
		})),
		file.blobs,
	);
	const uses = net.layers.flatMap(({ name, run, parameters }) =>
		parameters.map((use, index) => ({ layer: name, index, use, isComputed: run.parameterNeedsDiff[index] })),
	);
	comparison.same(
		"params",
		uses.map(({ layer, index, use, isComputed }) => {
			const { name, lrMult, decayMult } = net.learnable[use.learnable];
			const owner = uses.findIndex((other) => other.use.isOwner && other.use.learnable === use.learnable);
			return {
				layer,
				index,
				display_name: name === "" ? String(index) : name,
				shape: use.blob.shape,
				owner: use.isOwner ? null : owner,
				learnable_id: use.learnable,
				lr_mult: lrMult,
				decay_mult: decayMult,
				propagate_down: isComputed,
			};
		}),
		file.params.map(({ initial, ...built }) => built),
	);
}

function compareSettings(comparison: Comparison, file: VectorFile, settings: SolverSettings): void {
	const got: Readonly<Record<string, unknown>> = {
		type: settings.type,
		lr_policy: settings.lrPolicy,
		base_lr: settings.baseLr,
		gamma: settings.gamma,
		power: settings.power,
		stepsize: settings.stepSize,
		stepvalue: settings.stepValues,
		max_iter: settings.maxIter,
		iter_size: settings.iterSize,
		momentum: settings.momentum,
		momentum2: settings.momentum2,
		delta: settings.delta,
		rms_decay: settings.rmsDecay,
		weight_decay: settings.weightDecay,
		regularization_type: settings.regularization,
		clip_gradients: settings.clipGradients,
	};
	for (const [name, want] of Object.entries(file.solver_effective)) {
		if (Object.hasOwn(got, name)) comparison.same(`solver ${name}`, got[name], want);
	}
}

/** A generator that makes a Dropout layer draw a given mask. */
function scripted(mask: readonly number[]): RandomGenerator {
	let next = 0;
	return {
		uniform: () => (mask[next++] === 1 ? 0 : 1 - 2 ** -53),
		normal: () => 0,
		permutation: (count) => Int32Array.from({ length: count }, (_, place) => place),
	};
}

function comparePass(
	comparison: Comparison,
	want: VectorPass,
	trace: PassTrace,
	net: Net,
	writers: Writers,
	where: string,
): void {
	comparison.close("loss of a pass", where, [trace.dataLoss], [want.loss]);
	for (const [name, { data, diff }] of Object.entries(want.blobs ?? {})) {
		const blob = net.blobs.find((candidate) => candidate.name === name);
		if (data !== undefined) comparison.close(`${name}.data`, where, blob?.data, data);
		if (diff !== undefined) comparison.close(`${name}.diff`, where, blob?.diff, diff);
	}
	for (const [name, steps] of Object.entries(want.inplace_trace ?? {})) {
		const made = writers.get(name) ?? [];
		comparison.same(
			`writers of ${name}`,
			made.map(({ layer }) => layer.name),
			steps.map(({ layer }) => layer),
		);
		steps.forEach(({ layer, top_data_after_forward, top_diff_before_backward }, place) => {
			const writer = made[place];
			if (writer === undefined) return;
			const top = trace.layers[writer.layer.index].tops[writer.slot];
			if (top_data_after_forward !== undefined) {
				comparison.close(`${name}.data after ${layer}`, where, top.data, top_data_after_forward);
			}
			if (top_diff_before_backward !== undefined) {
				comparison.close(`${name}.diff before ${layer}`, where, top.diff, top_diff_before_backward);
			}
		});
	}
	for (const [layer, inner] of Object.entries(want.unrolled ?? {})) {
		const { internals } = net.layer(layer).run;
		for (const [name, { data, diff }] of Object.entries(inner)) {
			const own = unrolledPart(internals, name);
			if (data !== undefined) comparison.close(`${layer}: ${name}.data`, where, own?.data, data);
			if (diff !== undefined) comparison.close(`${layer}: ${name}.diff`, where, own?.diff, diff);
		}
	}
}

/** Caffe unrolls a layer into one blob a time step (`c_2`); the engine keeps all steps in one (`c`). */
function unrolledPart(internals: LayerRun<unknown>["internals"], name: string) {
	if (internals[name] !== undefined) return internals[name];
	const [, base = "", time = ""] = /^(.*)_(\d+)$/.exec(name) ?? [];
	const whole = internals[base];
	if (whole === undefined) return undefined;
	// h_conted counts from 0: it is what step t + 1 takes over from step t.
	const step = Number(time) - (base === "h_conted" ? 0 : 1);
	const size = whole.count / whole.shape[0];
	const part = (values: Float64Array) => values.subarray(step * size, (step + 1) * size);
	return { data: part(whole.data), diff: part(whole.diff) };
}

function compareUpdate(
	comparison: Comparison,
	want: readonly VectorUpdate[],
	net: Net,
	solved: ReturnType<typeof applyUpdate>,
	where: string,
): void {
	comparison.same(
		"learnable parameters",
		net.learnable.map(({ layer, slot }) => ({ layer, index: slot })),
		want.map(({ layer, index }) => ({ layer, index })),
	);
	want.forEach((step, index) => {
		const got = solved.parameters[index];
		if (got === undefined) return;
		const name = `param ${step.layer}[${step.index}]`;
		const compare = (what: string, values: ArrayLike<number> | null, wanted: readonly number[] | undefined) => {
			if (wanted !== undefined) comparison.close(`${name} ${what}`, where, values, wanted);
		};
		compare("diff_raw", got.gradient, step.diff_raw);
		compare("diff_clipped", got.clipped, step.diff_clipped);
		compare("diff_normalized", got.normalized, step.diff_normalized);
		compare("diff_regularized", got.regularized, step.diff_regularized);
		compare("update", got.update, step.update);
		comparison.same(`${name} history slots`, got.history.length, step.history.length);
		step.history.forEach((slot, k) => {
			compare(`history[${k}]`, got.history[k] ?? null, slot);
		});
		compare("data", got.after, step.data);
	});
}

function loadInitial(comparison: Comparison, file: VectorFile, net: Net): void {
	for (const { layer, index, initial } of file.params) {
		if (initial === undefined) continue;
		const parameter = net.learnable.find((candidate) => candidate.layer === layer && candidate.slot === index);
		comparison.same(`elements of param ${layer}[${index}]`, parameter?.blob.count, initial.length);
		if (parameter?.blob.count === initial.length) parameter.blob.data.set(initial);
	}
}

function runPasses(comparison: Comparison, file: VectorFile, net: Net, settings: SolverSettings): void {
	const writers = writersOf(net);
	const history: SolverHistory = createHistory(net, settings);
	for (const iteration of file.iterations) {
		net.clearParameterDiffs();
		let loss = 0;
		for (const pass of iteration.passes) {
			const where = `iteration ${iteration.iter}, pass ${pass.batch}`;
			for (const [name, { batches }] of Object.entries(file.inputs)) {
				const blob = net.blobs.find((candidate) => candidate.name === name);
				blob?.data.set(batches[pass.batch % batches.length]);
			}
			for (const [layer, mask] of Object.entries(pass.dropout_masks ?? {})) net.setRandom(layer, () => scripted(mask));
			net.setDraw(pass.batch);
			const trace = recordPass(net, 0);
			loss += trace.dataLoss;
			comparePass(comparison, pass, trace, net, writers, where);
		}
		const where = `iteration ${iteration.iter}`;
		comparison.close("loss", where, [loss / iteration.passes.length], [iteration.loss]);
		const solved = applyUpdate(net, settings, history, iteration.iter);
		if (iteration.lr !== null) comparison.close("learning rate", where, [solved.rate], [iteration.lr]);
		compareUpdate(comparison, iteration.params, net, solved, where);
	}
}

/** Builds a case's net and solver from their prototxt, runs all its iterations and compares everything it holds. */
export function runVector(file: VectorFile): VectorResult {
	const reason = missing(file);
	if (reason !== null) return { kind: "skipped", reason };
	const comparison = createComparison();
	const net = buildNet(readNet(file.net_prototxt, { precision: "caffe" }));
	const settings = readSolver(file.solver_prototxt, { precision: "caffe" });
	compareBuilt(comparison, file, net, writersOf(net));
	compareSettings(comparison, file, settings);
	loadInitial(comparison, file, net);
	runPasses(comparison, file, net, settings);
	const { differences, compared } = comparison;
	return differences.length > 0 ? { kind: "failed", differences } : { kind: "passed", compared };
}
