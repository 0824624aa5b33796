import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, sum } from "../expressions.ts";
import { elementaryFunctions } from "../functions.ts";
import { addColumnSums, addOuterProducts, multiply, multiplyTransposed } from "../kernels/gemm.ts";
import { defineLayer } from "../layer.ts";
import {
	cutByTime,
	inputExpression,
	inputParameters,
	pullBack,
	type RecurrentRun,
	type RecurrentScope,
	type RecurrentSizes,
	recurrentSettings,
	recurrentSizes,
	recurrentSlot,
	sizesOf,
	startExpression,
	staticExpression,
} from "./recurrent.ts";

const STATES = 1;
const tanh = elementaryFunctions.tanh.value;

interface Workspace {
	readonly sizes: RecurrentSizes;
	readonly input: readonly Float64Array[];
	readonly inputDiff: readonly Float64Array[];
	readonly hConted: readonly Float64Array[];
	readonly hContedDiff: readonly Float64Array[];
}

const workspaces = new WeakMap<RecurrentRun, Workspace>();

function workspaceOf(run: RecurrentRun): Workspace {
	const known = workspaces.get(run);
	if (known !== undefined) return known;
	const sizes = sizesOf(run, STATES);
	const cut = (buffer: Float64Array) => cutByTime(buffer, sizes);
	const { h_neuron_input, h_conted } = run.internals;
	const made = {
		sizes,
		input: cut(h_neuron_input.data),
		inputDiff: cut(h_neuron_input.diff),
		hConted: cut(h_conted.data),
		hContedDiff: cut(h_conted.diff),
	};
	workspaces.set(run, made);
	return made;
}

const step = (name: string) => ({ name, part: 0 });

function forwardStep(run: RecurrentRun, { sizes, input, hConted }: Workspace, t: number): void {
	const { sequences, outputs } = sizes;
	const size = sequences * outputs;
	const { h, h_0, W_xh_x, W_xh_x_static } = run.internals;
	const cont = run.bottoms[1].data;
	for (let at = 0; at < size; at++) {
		const before = t === 0 ? h_0.data[at] : h.data[(t - 1) * size + at];
		hConted[t][at] = cont[t * sequences + Math.floor(at / outputs)] * before;
	}
	multiplyTransposed(hConted[t], run.parameters[recurrentSlot(sizes)].data, input[t], sequences, outputs, outputs);
	for (let at = 0; at < size; at++) {
		input[t][at] += W_xh_x.data[t * size + at];
		if (sizes.staticSlot > 0) input[t][at] += W_xh_x_static.data[at];
		h.data[t * size + at] = tanh(input[t][at]);
	}
}

function backwardStep(run: RecurrentRun, { sizes, inputDiff, hContedDiff }: Workspace, t: number): void {
	const { times, sequences, outputs } = sizes;
	const size = sequences * outputs;
	const { h } = run.internals;
	const cont = run.bottoms[1].data;
	for (let at = 0; at < size; at++) {
		const place = t * size + at;
		if (t + 1 < times) {
			h.diff[place] += cont[(t + 1) * sequences + Math.floor(at / outputs)] * hContedDiff[t + 1][at];
		}
		inputDiff[t][at] = h.diff[place] * (1 - h.data[place] * h.data[place]);
	}
	if (t === 0) return;
	multiply(inputDiff[t], run.parameters[recurrentSlot(sizes)].data, hContedDiff[t], sequences, outputs, outputs);
}

/** Time step and sequence as one row, and the unit, of an element of [T, N, H]. */
const placeOf = ({ outputs }: RecurrentSizes, index: number) => ({
	row: Math.floor(index / outputs),
	unit: index % outputs,
});

function explainInternal(scope: RecurrentScope, name: string, index: number): Expression | null {
	const sizes = sizesOf(scope.run, STATES);
	const { times, sequences, outputs } = sizes;
	const size = sequences * outputs;
	const { row, unit } = placeOf(sizes, index);
	switch (name) {
		case "h_0":
			return startExpression(scope, sizes, 0, "h_T", index);
		case "h_T":
			return scope.internal("h", (times - 1) * size + index);
		case "W_xh_x":
			return inputExpression(scope, sizes, outputs, index);
		case "W_xh_x_static":
			return staticExpression(scope, sizes, outputs, index);
		case "h_conted":
			return product(
				scope.bottom(1, row),
				index < size ? scope.internal("h_0", index) : scope.internal("h", index - size),
			);
		case "h_neuron_input":
			return sum([
				weighted(scope, recurrentSlot(sizes), sizes, "h_conted", row, unit),
				scope.internal("W_xh_x", index),
				...(sizes.staticSlot > 0 ? [scope.internal("W_xh_x_static", index % size)] : []),
			]);
		case "h":
			return apply("tanh", scope.internal("h_neuron_input", index));
		case "o_neuron_input":
			return sum([
				weighted(scope, recurrentSlot(sizes) + 1, sizes, "h", row, unit),
				scope.parameter(recurrentSlot(sizes) + 2, unit),
			]);
		default:
			return apply("tanh", scope.internal("o_neuron_input", index));
	}
}

/** `Σ_k W[unit, k] · value[row, k]`. */
function weighted(
	scope: RecurrentScope,
	slot: number,
	{ outputs }: RecurrentSizes,
	name: string,
	row: number,
	unit: number,
): Expression {
	return sum(
		Array.from({ length: outputs }, (_, k) =>
			product(scope.parameter(slot, unit * outputs + k), scope.internal(name, row * outputs + k)),
		),
		"inputs",
	);
}

function explainInternalDiff(scope: RecurrentScope, name: string, index: number): Expression {
	const sizes = sizesOf(scope.run, STATES);
	const { times, sequences, outputs } = sizes;
	const size = sequences * outputs;
	const { row, unit } = placeOf(sizes, index);
	const square = (value: Expression) => difference(constant(1), product(value, value));
	const diffOf = (internal: string) => (k: number) => scope.internal(internal, row * outputs + k, "diff");
	const all = { rows: outputs, columns: outputs };
	switch (name) {
		case "W_xh_x":
			return scope.internal("h_neuron_input", index, "diff");
		case "W_xh_x_static":
			return sum(
				Array.from({ length: times }, (_, t) => scope.internal("h_neuron_input", t * size + index, "diff")),
				"times",
			);
		case "h_conted":
			if (index < size) return constant(0);
			return pullBack(scope, recurrentSlot(sizes), all, unit, diffOf("h_neuron_input"));
		case "h_neuron_input":
			return product(scope.internal("h", index, "diff"), square(scope.internal("h", index)));
		case "h": {
			const out = pullBack(scope, recurrentSlot(sizes) + 1, all, unit, diffOf("o_neuron_input"));
			if (index + size >= times * size) return out;
			return sum([out, product(scope.bottom(1, row + sequences), scope.internal("h_conted", index + size, "diff"))]);
		}
		case "o_neuron_input":
			return product(scope.top(0, index, "diff"), square(scope.internal("o", index)));
		default:
			return scope.top(0, index, "diff");
	}
}

/**
 * Plain recurrent net over T steps of N sequences, unrolled: bottoms as LSTM's (one state, h_0); top o `[T, N, H]`,
 * exposed also h_T. Parameters W_xh `[H, I]`, b_h `[H]`, (W_xh_static `[H, I_s]`), W_hh `[H, H]`, W_ho `[H, H]`, b_o `[H]`.
 *
 * - forward, k_t = cont: `h_t = tanh(W_xh x_t + b_h + W_hh (k_t h_{t−1}) (+ W_static x_s))`, `o_t = tanh(W_ho h_t + b_o)`
 * - backward through time: `dh_t = W_hoᵀ (do_t (1 − o_t²)) + k_{t+1} W_hhᵀ da_{t+1}`, `da_t = dh_t (1 − h_t²)`
 *
 * Source: Caffe, RNNLayer.
 */
export const rnnLayer = defineLayer({
	type: "RNN",
	parameterField: "recurrent_param",
	settings: recurrentSettings,
	bottoms: [2, 4],
	tops: [1, 2],
	picture: "gates",
	labelBottoms: [1],
	bottomsWithoutDiff: ({ expose_hidden }, bottoms) => (expose_hidden ? [bottoms - 1] : []),
	eagerBottoms: [0, 2],
	internalDiffs: ["W_xh_x", "W_xh_x_static", "h_conted", "h_neuron_input", "h", "o_neuron_input", "o"],
	carries: { h_0: "h_T" },
	steps: {
		forward: ["h_neuron_input", "h"].map(step),
		backward: ["o", "o_neuron_input"].map(step),
		closing: ["o_neuron_input", "o"],
	},
	plan(settings, bottoms, layer) {
		const sizes = recurrentSizes(settings, bottoms, layer, STATES);
		const { times, sequences, outputs, staticSlot, stateSlot } = sizes;
		const state = [1, sequences, outputs];
		const all = [times, sequences, outputs];
		const square = { shape: [outputs, outputs], filler: settings.weight_filler };
		return {
			tops: stateSlot < 0 ? [all] : [all, state],
			parameters: [
				...inputParameters(settings, sizes, outputs),
				square,
				square,
				{ shape: [outputs], filler: settings.bias_filler },
			],
			internals: {
				h_0: state,
				W_xh_x: all,
				...(staticSlot > 0 ? { W_xh_x_static: [sequences, outputs] } : {}),
				h_conted: all,
				h_neuron_input: all,
				h: all,
				o_neuron_input: all,
				o: all,
				h_T: state,
			},
		};
	},
	forward(run) {
		const workspace = workspaceOf(run);
		const { sizes } = workspace;
		const { times, sequences, inputs, outputs, staticSlot, staticInputs, stateSlot } = sizes;
		const { h_0, W_xh_x, W_xh_x_static, h, o_neuron_input, o, h_T } = run.internals;
		const rows = times * sequences;
		const [weight, bias, staticWeight] = run.parameters;
		const outWeight = run.parameters[recurrentSlot(sizes) + 1];
		const outBias = run.parameters[recurrentSlot(sizes) + 2];
		if (stateSlot > 0) h_0.data.set(run.bottoms[stateSlot].data);
		multiplyTransposed(run.bottoms[0].data, weight.data, W_xh_x.data, rows, outputs, inputs);
		for (let at = 0; at < W_xh_x.count; at++) W_xh_x.data[at] += bias.data[at % outputs];
		if (staticSlot > 0) {
			const still = run.bottoms[staticSlot].data;
			multiplyTransposed(still, staticWeight.data, W_xh_x_static.data, sequences, outputs, staticInputs);
		}
		for (let t = 0; t < times; t++) forwardStep(run, workspace, t);
		multiplyTransposed(h.data, outWeight.data, o_neuron_input.data, rows, outputs, outputs);
		for (let at = 0; at < o.count; at++) {
			o_neuron_input.data[at] += outBias.data[at % outputs];
			o.data[at] = tanh(o_neuron_input.data[at]);
		}
		const last = (times - 1) * sequences * outputs;
		for (let at = 0; at < h_T.count; at++) h_T.data[at] = h.data[last + at];
		run.tops[0].data.set(o.data);
		if (stateSlot > 0) run.tops[1].data.set(h_T.data);
	},
	backward(run) {
		const workspace = workspaceOf(run);
		const { sizes } = workspace;
		const { times, sequences, inputs, outputs, staticSlot, staticInputs } = sizes;
		const { h, h_conted, h_neuron_input, o_neuron_input, o, W_xh_x, W_xh_x_static } = run.internals;
		const rows = times * sequences;
		const recurrent = recurrentSlot(sizes);
		const [weight, bias, staticWeight] = run.parameters;
		const needs = run.parameterNeedsDiff;
		o.diff.set(run.tops[0].diff);
		for (let at = 0; at < o.count; at++) o_neuron_input.diff[at] = o.diff[at] * (1 - o.data[at] * o.data[at]);
		multiply(o_neuron_input.diff, run.parameters[recurrent + 1].data, h.diff, rows, outputs, outputs);
		for (let t = times - 1; t >= 0; t--) backwardStep(run, workspace, t);
		W_xh_x.diff.set(h_neuron_input.diff);
		if (needs[0]) addOuterProducts(h_neuron_input.diff, run.bottoms[0].data, weight.diff, rows, outputs, inputs);
		if (needs[1]) addColumnSums(h_neuron_input.diff, bias.diff, rows, outputs);
		if (needs[recurrent]) {
			addOuterProducts(h_neuron_input.diff, h_conted.data, run.parameters[recurrent].diff, rows, outputs, outputs);
		}
		if (needs[recurrent + 1]) {
			addOuterProducts(o_neuron_input.diff, h.data, run.parameters[recurrent + 1].diff, rows, outputs, outputs);
		}
		if (needs[recurrent + 2]) addColumnSums(o_neuron_input.diff, run.parameters[recurrent + 2].diff, rows, outputs);
		multiply(h_neuron_input.diff, weight.data, run.bottoms[0].diff, rows, inputs, outputs);
		if (staticSlot < 0) return;
		W_xh_x_static.diff.fill(0);
		for (let at = 0; at < h_neuron_input.count; at++) {
			W_xh_x_static.diff[at % W_xh_x_static.count] += h_neuron_input.diff[at];
		}
		const still = run.bottoms[staticSlot];
		if (needs[2]) addOuterProducts(W_xh_x_static.diff, still.data, staticWeight.diff, sequences, outputs, staticInputs);
		multiply(W_xh_x_static.diff, staticWeight.data, still.diff, sequences, staticInputs, outputs);
	},
	explain: {
		top: (scope, slot, index) => scope.internal(slot === 0 ? "o" : "h_T", index),
		bottomDiff(scope, slot, index) {
			const sizes = sizesOf(scope.run, STATES);
			const { inputs, outputs, staticInputs } = sizes;
			const isStatic = slot === sizes.staticSlot;
			const columns = isStatic ? staticInputs : inputs;
			const row = Math.floor(index / columns);
			const name = isStatic ? "W_xh_x_static" : "h_neuron_input";
			return pullBack(scope, isStatic ? 2 : 0, { rows: outputs, columns }, index % columns, (unit) =>
				scope.internal(name, row * outputs + unit, "diff"),
			);
		},
		gradient(scope, slot, index) {
			const sizes = sizesOf(scope.run, STATES);
			const { times, sequences, inputs, outputs, staticInputs, staticSlot } = sizes;
			const rows = times * sequences;
			const recurrent = recurrentSlot(sizes);
			const diff = (name: string, row: number, unit: number) => scope.internal(name, row * outputs + unit, "diff");
			const unit = Math.floor(index / outputs);
			switch (slot) {
				case 0:
					return {
						rows,
						share: (row) =>
							product(
								diff("h_neuron_input", row, Math.floor(index / inputs)),
								scope.bottom(0, row * inputs + (index % inputs)),
							),
					};
				case 1:
					return { rows, share: (row) => diff("h_neuron_input", row, index) };
				case recurrent:
					return {
						rows,
						share: (row) =>
							product(diff("h_neuron_input", row, unit), scope.internal("h_conted", row * outputs + (index % outputs))),
					};
				case recurrent + 1:
					return {
						rows,
						share: (row) =>
							product(diff("o_neuron_input", row, unit), scope.internal("h", row * outputs + (index % outputs))),
					};
				case recurrent + 2:
					return { rows, share: (row) => diff("o_neuron_input", row, index) };
				default:
					return {
						rows: sequences,
						share: (row) =>
							product(
								diff("W_xh_x_static", row, Math.floor(index / staticInputs)),
								scope.bottom(staticSlot, row * staticInputs + (index % staticInputs)),
							),
					};
			}
		},
		internal: (scope, name, index, side) =>
			side === "data" ? explainInternal(scope, name, index) : explainInternalDiff(scope, name, index),
	},
});
