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

const STATES = 2;
const sigmoid = elementaryFunctions.sigmoid.value;
const tanh = elementaryFunctions.tanh.value;

/** Buffers of each time step as parts of the whole, made once for a layer. */
interface Workspace {
	readonly sizes: RecurrentSizes;
	readonly gateInput: readonly Float64Array[];
	readonly gateInputDiff: readonly Float64Array[];
	readonly hConted: readonly Float64Array[];
	readonly hContedDiff: readonly Float64Array[];
}

const workspaces = new WeakMap<RecurrentRun, Workspace>();

function workspaceOf(run: RecurrentRun): Workspace {
	const known = workspaces.get(run);
	if (known !== undefined) return known;
	const sizes = sizesOf(run, STATES);
	const cut = (buffer: Float64Array) => cutByTime(buffer, sizes);
	const { gate_input, h_conted } = run.internals;
	const made = {
		sizes,
		gateInput: cut(gate_input.data),
		gateInputDiff: cut(gate_input.diff),
		hConted: cut(h_conted.data),
		hContedDiff: cut(h_conted.diff),
	};
	workspaces.set(run, made);
	return made;
}

/** Gates in Caffe's order. */
const GATES = { i: 0, f: 1, o: 2, g: 3 } as const;

const gateSteps = (name: string) => Object.values(GATES).map((part) => ({ name, part }));

function forwardStep(run: RecurrentRun, { sizes, gateInput, hConted }: Workspace, t: number): void {
	const { sequences, outputs } = sizes;
	const { internals } = run;
	const cont = run.bottoms[1].data;
	const before = (t - 1) * sequences * outputs;
	const here = t * sequences * outputs;
	const h = internals.h.data;
	const c = internals.c.data;
	for (let at = 0; at < sequences * outputs; at++) {
		const kept = cont[t * sequences + Math.floor(at / outputs)];
		hConted[t][at] = kept * (t === 0 ? internals.h_0.data[at] : h[before + at]);
	}
	multiplyTransposed(
		hConted[t],
		run.parameters[recurrentSlot(sizes)].data,
		gateInput[t],
		sequences,
		4 * outputs,
		outputs,
	);
	const inputs = internals.W_xc_x.data;
	const first = t * sequences * 4 * outputs;
	for (let at = 0; at < sequences * 4 * outputs; at++) gateInput[t][at] += inputs[first + at];
	if (sizes.staticSlot > 0) {
		const { data } = internals.W_xc_x_static;
		for (let at = 0; at < sequences * 4 * outputs; at++) gateInput[t][at] += data[at];
	}
	const gates = internals.gates.data;
	for (let n = 0; n < sequences; n++) {
		const row = n * 4 * outputs;
		const kept = cont[t * sequences + n];
		for (let unit = 0; unit < outputs; unit++) {
			const at = n * outputs + unit;
			const i = sigmoid(gateInput[t][row + unit]);
			const f = sigmoid(gateInput[t][row + outputs + unit]);
			const o = sigmoid(gateInput[t][row + 2 * outputs + unit]);
			const g = tanh(gateInput[t][row + 3 * outputs + unit]);
			gates[first + row + unit] = i;
			gates[first + row + outputs + unit] = f;
			gates[first + row + 2 * outputs + unit] = o;
			gates[first + row + 3 * outputs + unit] = g;
			const cBefore = t === 0 ? internals.c_0.data[at] : c[before + at];
			c[here + at] = kept * f * cBefore + i * g;
			h[here + at] = o * tanh(c[here + at]);
		}
	}
}

function backwardStep(run: RecurrentRun, { sizes, gateInputDiff, hContedDiff }: Workspace, t: number): void {
	const { times, sequences, outputs } = sizes;
	const { internals } = run;
	const cont = run.bottoms[1].data;
	const gates = internals.gates.data;
	const c = internals.c;
	const h = internals.h;
	const here = t * sequences * outputs;
	for (let n = 0; n < sequences; n++) {
		const row = n * 4 * outputs;
		const first = t * sequences * 4 * outputs + row;
		const kept = cont[t * sequences + n];
		const keptNext = t + 1 < times ? cont[(t + 1) * sequences + n] : 0;
		for (let unit = 0; unit < outputs; unit++) {
			const at = n * outputs + unit;
			const i = gates[first + unit];
			const f = kept * gates[first + outputs + unit];
			const o = gates[first + 2 * outputs + unit];
			const g = gates[first + 3 * outputs + unit];
			const bent = tanh(c.data[here + at]);
			const dy = run.tops[0].diff[here + at];
			const dh = t + 1 < times ? dy + keptNext * hContedDiff[t + 1][at] : dy;
			h.diff[here + at] = dh;
			if (t + 1 === times) c.diff[here + at] = 0;
			const cDiff = c.diff[here + at] + dh * o * (1 - bent * bent);
			const cBefore = t === 0 ? internals.c_0.data[at] : c.data[here - sequences * outputs + at];
			if (t > 0) c.diff[here - sequences * outputs + at] = cDiff * f;
			gateInputDiff[t][row + unit] = cDiff * g * i * (1 - i);
			gateInputDiff[t][row + outputs + unit] = cDiff * cBefore * f * (1 - f);
			gateInputDiff[t][row + 2 * outputs + unit] = dh * bent * o * (1 - o);
			gateInputDiff[t][row + 3 * outputs + unit] = cDiff * i * (1 - g * g);
		}
	}
	if (t === 0) return;
	multiply(
		gateInputDiff[t],
		run.parameters[recurrentSlot(sizes)].data,
		hContedDiff[t],
		sequences,
		outputs,
		4 * outputs,
	);
}

function stateStart(run: RecurrentRun, { stateSlot }: RecurrentSizes): void {
	if (stateSlot < 0) return;
	run.internals.h_0.data.set(run.bottoms[stateSlot].data);
	run.internals.c_0.data.set(run.bottoms[stateSlot + 1].data);
}

function stateEnd(run: RecurrentRun, { stateSlot, times, sequences, outputs }: RecurrentSizes): void {
	const last = (times - 1) * sequences * outputs;
	const { h, c, h_T, c_T } = run.internals;
	for (let at = 0; at < sequences * outputs; at++) {
		h_T.data[at] = h.data[last + at];
		c_T.data[at] = c.data[last + at];
	}
	run.tops[0].data.set(h.data);
	if (stateSlot < 0) return;
	run.tops[1].data.set(h_T.data);
	run.tops[2].data.set(c_T.data);
}

/** Time, sequence and unit of an element of [T, N, rows]. */
function placeOf({ sequences }: RecurrentSizes, rows: number, index: number) {
	const row = Math.floor(index / rows);
	return { t: Math.floor(row / sequences), n: row % sequences, row, unit: index % rows };
}

function explainGateDiff(scope: RecurrentScope, sizes: RecurrentSizes, index: number): Expression {
	const { sequences, outputs } = sizes;
	const { t, n, row, unit } = placeOf(sizes, 4 * outputs, index);
	const gate = Math.floor(unit / outputs);
	const own = row * outputs + (unit % outputs);
	const value = (which: number) => scope.internal("gates", row * 4 * outputs + which * outputs + (unit % outputs));
	const one = constant(1);
	const dh = scope.internal("h", own, "diff");
	const bent = apply("tanh", scope.internal("c", own));
	const kept = product(scope.bottom(1, t * sequences + n), value(GATES.f));
	if (gate === GATES.o) return product(dh, bent, value(GATES.o), difference(one, value(GATES.o)));
	const cDiff = cellDiff(scope, sizes, own);
	if (gate === GATES.i) return product(cDiff, value(GATES.g), value(GATES.i), difference(one, value(GATES.i)));
	if (gate === GATES.g) return product(cDiff, value(GATES.i), difference(one, product(value(GATES.g), value(GATES.g))));
	return product(cDiff, cellBefore(scope, sizes, own), kept, difference(one, kept));
}

/** ∂J/∂c_t in all: what comes back from the next step, and what h_t passes on. */
function cellDiff(scope: RecurrentScope, { outputs }: RecurrentSizes, own: number): Expression {
	const bent = apply("tanh", scope.internal("c", own));
	const o = scope.internal("gates", Math.floor(own / outputs) * 4 * outputs + GATES.o * outputs + (own % outputs));
	const through = product(scope.internal("h", own, "diff"), o, difference(constant(1), product(bent, bent)));
	return sum([scope.internal("c", own, "diff"), through]);
}

function cellBefore(scope: RecurrentScope, { sequences, outputs }: RecurrentSizes, own: number): Expression {
	const before = own - sequences * outputs;
	return before < 0 ? scope.internal("c_0", own) : scope.internal("c", before);
}

function explainInternal(scope: RecurrentScope, name: string, index: number): Expression | null {
	const sizes = sizesOf(scope.run, STATES);
	const { times, sequences, outputs } = sizes;
	const size = sequences * outputs;
	switch (name) {
		case "h_0":
			return startExpression(scope, sizes, 0, "h_T", index);
		case "c_0":
			return startExpression(scope, sizes, 1, "c_T", index);
		case "h_T":
			return scope.internal("h", (times - 1) * size + index);
		case "c_T":
			return scope.internal("c", (times - 1) * size + index);
		case "W_xc_x":
			return inputExpression(scope, sizes, 4 * outputs, index);
		case "W_xc_x_static":
			return staticExpression(scope, sizes, 4 * outputs, index);
		case "h_conted": {
			const { row } = placeOf(sizes, outputs, index);
			return product(
				scope.bottom(1, row),
				index < size ? scope.internal("h_0", index) : scope.internal("h", index - size),
			);
		}
		case "gate_input": {
			const { n, row, unit } = placeOf(sizes, 4 * outputs, index);
			const recurrent = Array.from({ length: outputs }, (_, k) =>
				product(
					scope.parameter(recurrentSlot(sizes), unit * outputs + k),
					scope.internal("h_conted", row * outputs + k),
				),
			);
			return sum([
				sum(recurrent, "inputs"),
				scope.internal("W_xc_x", index),
				...(sizes.staticSlot > 0 ? [scope.internal("W_xc_x_static", n * 4 * outputs + unit)] : []),
			]);
		}
		case "gates":
			return apply(
				Math.floor((index % (4 * outputs)) / outputs) === GATES.g ? "tanh" : "sigmoid",
				scope.internal("gate_input", index),
			);
		case "c": {
			const { row, unit } = placeOf(sizes, outputs, index);
			const value = (gate: number) => scope.internal("gates", row * 4 * outputs + gate * outputs + unit);
			return sum([
				product(scope.bottom(1, row), value(GATES.f), cellBefore(scope, sizes, index)),
				product(value(GATES.i), value(GATES.g)),
			]);
		}
		default: {
			const { row, unit } = placeOf(sizes, outputs, index);
			const o = scope.internal("gates", row * 4 * outputs + GATES.o * outputs + unit);
			return product(o, apply("tanh", scope.internal("c", index)));
		}
	}
}

function explainInternalDiff(scope: RecurrentScope, name: string, index: number): Expression {
	const sizes = sizesOf(scope.run, STATES);
	const { times, sequences, outputs } = sizes;
	const size = sequences * outputs;
	const gate = (at: number) => scope.internal("gate_input", at, "diff");
	switch (name) {
		case "W_xc_x":
			return gate(index);
		case "W_xc_x_static":
			return sum(
				Array.from({ length: times }, (_, t) => gate(t * sequences * 4 * outputs + index)),
				"times",
			);
		case "h_conted": {
			const { t, row, unit } = placeOf(sizes, outputs, index);
			// Nothing asks for the diff of the state that the sequence started from.
			if (t === 0) return constant(0);
			return pullBack(scope, recurrentSlot(sizes), { rows: 4 * outputs, columns: outputs }, unit, (k) =>
				gate(row * 4 * outputs + k),
			);
		}
		case "gate_input":
			return explainGateDiff(scope, sizes, index);
		case "c": {
			const next = index + size;
			if (next >= times * size) return constant(0);
			const { row, unit } = placeOf(sizes, outputs, next);
			const kept = product(scope.bottom(1, row), scope.internal("gates", row * 4 * outputs + GATES.f * outputs + unit));
			return product(cellDiff(scope, sizes, next), kept);
		}
		default: {
			const { row } = placeOf(sizes, outputs, index);
			const own = scope.top(0, index, "diff");
			if (index + size >= times * size) return own;
			return sum([own, product(scope.bottom(1, row + sequences), scope.internal("h_conted", index + size, "diff"))]);
		}
	}
}

/**
 * LSTM over T steps of N sequences, unrolled: bottoms x `[T, N, I…]`, cont `[T, N]` (0 where a sequence begins),
 * optionally x_static `[N, I_s…]` and, exposed, h_0 and c_0 `[1, N, H]`; top h `[T, N, H]`, exposed also h_T and c_T.
 * Parameters W_xc `[4H, I]`, b_c `[4H]`, (W_xc_static `[4H, I_s]`), W_hc `[4H, H]`; gates in the order i, f, o, g.
 *
 * - forward, k_t = cont: `a = W_xc x_t + b_c + W_hc (k_t h_{t−1}) (+ W_static x_s)`, `i, f, o = σ(a)`, `g = tanh a`,
 *   `c_t = k_t f c_{t−1} + i g`, `h_t = o tanh c_t`
 * - backward through time: `D = dc_t + dh_t o (1 − tanh² c_t)`, `dc_{t−1} = D k_t f`, `dh_{t−1} += k_t W_hcᵀ da_t`
 *
 * The state at the end of a pass is where the next one starts; no gradient crosses. For a fractional cont Caffe's da_f
 * is not the true derivative, and neither is this one. Source: Caffe, LSTMLayer, LSTMUnitLayer.
 */
export const lstmLayer = defineLayer({
	type: "LSTM",
	parameterField: "recurrent_param",
	settings: recurrentSettings,
	bottoms: [2, 5],
	tops: [1, 3],
	picture: "gates",
	labelBottoms: [1],
	bottomsWithoutDiff: ({ expose_hidden }, bottoms) => (expose_hidden ? [bottoms - 2, bottoms - 1] : []),
	eagerBottoms: [0, 2],
	internalDiffs: ["W_xc_x", "W_xc_x_static", "h_conted", "gate_input", "c", "h"],
	carries: { h_0: "h_T", c_0: "c_T" },
	steps: {
		forward: [...gateSteps("gate_input"), ...gateSteps("gates"), { name: "c", part: 0 }, { name: "h", part: 0 }],
		backward: [{ name: "h", part: 0 }, ...gateSteps("gate_input")],
		closing: [],
	},
	plan(settings, bottoms, layer) {
		const sizes = recurrentSizes(settings, bottoms, layer, STATES);
		const { times, sequences, outputs, staticSlot, stateSlot } = sizes;
		const state = [1, sequences, outputs];
		const all = [times, sequences, outputs];
		const gates = [times, sequences, 4 * outputs];
		return {
			tops: stateSlot < 0 ? [all] : [all, state, state],
			parameters: [
				...inputParameters(settings, sizes, 4 * outputs),
				{ shape: [4 * outputs, outputs], filler: settings.weight_filler },
			],
			internals: {
				h_0: state,
				c_0: state,
				W_xc_x: gates,
				...(staticSlot > 0 ? { W_xc_x_static: [sequences, 4 * outputs] } : {}),
				h_conted: all,
				gate_input: gates,
				gates,
				c: all,
				h: all,
				h_T: state,
				c_T: state,
			},
		};
	},
	forward(run) {
		const workspace = workspaceOf(run);
		const { times, sequences, inputs, outputs, staticSlot, staticInputs } = workspace.sizes;
		const [weight, bias, staticWeight] = run.parameters;
		const rows = times * sequences;
		const { data } = run.internals.W_xc_x;
		stateStart(run, workspace.sizes);
		multiplyTransposed(run.bottoms[0].data, weight.data, data, rows, 4 * outputs, inputs);
		for (let row = 0; row < rows; row++) {
			for (let unit = 0; unit < 4 * outputs; unit++) data[row * 4 * outputs + unit] += bias.data[unit];
		}
		if (staticSlot > 0) {
			const product = run.internals.W_xc_x_static.data;
			multiplyTransposed(
				run.bottoms[staticSlot].data,
				staticWeight.data,
				product,
				sequences,
				4 * outputs,
				staticInputs,
			);
		}
		for (let t = 0; t < times; t++) forwardStep(run, workspace, t);
		stateEnd(run, workspace.sizes);
	},
	backward(run) {
		const workspace = workspaceOf(run);
		const { sizes } = workspace;
		const { times, sequences, inputs, outputs, staticSlot, staticInputs } = sizes;
		for (let t = times - 1; t >= 0; t--) backwardStep(run, workspace, t);
		const rows = times * sequences;
		const { gate_input, h_conted, W_xc_x } = run.internals;
		const [weight, bias, staticWeight] = run.parameters;
		const recurrent = recurrentSlot(sizes);
		const [needsWeight, needsBias] = run.parameterNeedsDiff;
		W_xc_x.diff.set(gate_input.diff);
		if (needsWeight) addOuterProducts(gate_input.diff, run.bottoms[0].data, weight.diff, rows, 4 * outputs, inputs);
		if (needsBias) addColumnSums(gate_input.diff, bias.diff, rows, 4 * outputs);
		if (run.parameterNeedsDiff[recurrent]) {
			addOuterProducts(gate_input.diff, h_conted.data, run.parameters[recurrent].diff, rows, 4 * outputs, outputs);
		}
		multiply(gate_input.diff, weight.data, run.bottoms[0].diff, rows, inputs, 4 * outputs);
		if (staticSlot < 0) return;
		const { diff } = run.internals.W_xc_x_static;
		diff.fill(0);
		for (let at = 0; at < gate_input.count; at++) diff[at % diff.length] += gate_input.diff[at];
		const still = run.bottoms[staticSlot];
		if (run.parameterNeedsDiff[2])
			addOuterProducts(diff, still.data, staticWeight.diff, sequences, 4 * outputs, staticInputs);
		multiply(diff, staticWeight.data, still.diff, sequences, staticInputs, 4 * outputs);
	},
	explain: {
		top: (scope, slot, index) => scope.internal(slot === 0 ? "h" : slot === 1 ? "h_T" : "c_T", index),
		bottomDiff(scope, slot, index) {
			const sizes = sizesOf(scope.run, STATES);
			const { inputs, outputs, staticInputs } = sizes;
			const isStatic = slot === sizes.staticSlot;
			const columns = isStatic ? staticInputs : inputs;
			const row = Math.floor(index / columns);
			const name = isStatic ? "W_xc_x_static" : "gate_input";
			return pullBack(scope, isStatic ? 2 : 0, { rows: 4 * outputs, columns }, index % columns, (unit) =>
				scope.internal(name, row * 4 * outputs + unit, "diff"),
			);
		},
		gradient(scope, slot, index) {
			const sizes = sizesOf(scope.run, STATES);
			const { times, sequences, inputs, outputs, staticInputs, staticSlot } = sizes;
			const rows = times * sequences;
			const gate = (row: number, unit: number) => scope.internal("gate_input", row * 4 * outputs + unit, "diff");
			if (slot === 1) return { rows, share: (row) => gate(row, index) };
			if (slot === recurrentSlot(sizes)) {
				const unit = Math.floor(index / outputs);
				const input = index % outputs;
				return { rows, share: (row) => product(gate(row, unit), scope.internal("h_conted", row * outputs + input)) };
			}
			if (slot === 2) {
				const unit = Math.floor(index / staticInputs);
				return {
					rows: sequences,
					share: (row) =>
						product(
							scope.internal("W_xc_x_static", row * 4 * outputs + unit, "diff"),
							scope.bottom(staticSlot, row * staticInputs + (index % staticInputs)),
						),
				};
			}
			const unit = Math.floor(index / inputs);
			return { rows, share: (row) => product(gate(row, unit), scope.bottom(0, row * inputs + (index % inputs))) };
		},
		internal: (scope, name, index, side) =>
			side === "data" ? explainInternal(scope, name, index) : explainInternalDiff(scope, name, index),
	},
});
