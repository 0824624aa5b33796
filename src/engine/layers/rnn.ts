import { defineLayer } from "../layer.ts";
import { inputParameters, recurrentSettings, recurrentSizes, STATES } from "./recurrent.ts";
import { rnnExplanation } from "./rnn-explanation.ts";
import { rnnPasses } from "./rnn-passes.ts";

const step = (name: string) => ({ name, part: 0 });

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
		const sizes = recurrentSizes(settings, bottoms, layer, STATES.RNN);
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
	prepare: rnnPasses,
	explain: rnnExplanation,
});
