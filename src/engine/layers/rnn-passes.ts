import { elementwiseLoops } from "../kernels/elementwise.ts";
import { addColumnSums, addOuterProducts, addToRows, multiply, multiplyTransposed } from "../kernels/gemm.ts";
import type { LayerPasses } from "../layer.ts";
import { cutByTime, type RecurrentRun, recurrentSlot, STATES, sizesOf } from "./recurrent.ts";
import { recurrentSums, stateCopies } from "./recurrent-passes.ts";

const tanh = elementwiseLoops("tanh");

/** An RNN's passes over buffers that are looked up once. */
export function rnnPasses(run: RecurrentRun): LayerPasses {
	const sizes = sizesOf(run, STATES.RNN);
	const { times, sequences, outputs } = sizes;
	const { h_0, W_xh_x, W_xh_x_static, h_conted, h_neuron_input, h, o_neuron_input, o, h_T } = run.internals;
	const [top] = run.tops;
	const steps = times * sequences;
	const slot = recurrentSlot(sizes) + 1;
	const [weight, bias] = run.parameters.slice(slot);
	const [weightWanted, biasWanted] = run.parameterNeedsDiff.slice(slot);
	const sums = recurrentSums(run, sizes, {
		fromInputs: W_xh_x,
		fromStatic: W_xh_x_static,
		a: h_neuron_input,
		start: h_0,
		state: h,
		kept: h_conted,
	});
	const copies = stateCopies(run, sizes, [{ start: h_0, all: h, end: h_T }]);
	const cut = (buffer: Float64Array) => cutByTime(buffer, sizes);
	const [a, aDiff, value, diff] = [h_neuron_input.data, h_neuron_input.diff, h.data, h.diff].map(cut);
	function backward(toParameters: boolean): void {
		o.diff.set(top.diff);
		tanh.backward(o_neuron_input.data, o.data, o.diff, o_neuron_input.diff, undefined);
		multiply(o_neuron_input.diff, weight.data, h.diff, steps, outputs, outputs);
		sums.beginBackward(toParameters);
		for (let t = times - 1; t >= 0; t--) {
			sums.addNext(t);
			tanh.backward(a[t], value[t], diff[t], aDiff[t], undefined);
			sums.pullBack(t);
		}
		sums.addGradients();
		if (weightWanted) addOuterProducts(o_neuron_input.diff, h.data, weight.diff, steps, outputs, outputs);
		if (biasWanted) addColumnSums(o_neuron_input.diff, bias.diff, steps, outputs);
		sums.pullBackInputs();
	}
	return {
		forward() {
			copies.begin();
			sums.beginForward();
			for (let t = 0; t < times; t++) {
				sums.sum(t);
				tanh.forward(a[t], value[t], undefined);
			}
			copies.end();
			multiplyTransposed(h.data, weight.data, o_neuron_input.data, steps, outputs, outputs);
			addToRows(bias.data, o_neuron_input.data, steps, outputs);
			tanh.forward(o_neuron_input.data, o.data, undefined);
			top.data.set(o.data);
		},
		backward: () => backward(false),
		backwardToParameters: () => backward(true),
	};
}
