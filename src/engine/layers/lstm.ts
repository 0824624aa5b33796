import { GATES } from "../kernels/lstm-unit.ts";
import { defineLayer } from "../layer.ts";
import { countOf } from "../shape.ts";
import { lstmExplanation } from "./lstm-explanation.ts";
import { lstmPasses } from "./lstm-passes.ts";
import { inputParameters, recurrentSettings, recurrentSizes, STATES } from "./recurrent.ts";

const gateSteps = (name: string) => Object.values(GATES).map((part) => ({ name, part }));

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
		const sizes = recurrentSizes(settings, bottoms, layer, STATES.LSTM);
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
			workspace: countOf(all),
		};
	},
	prepare: lstmPasses,
	explain: lstmExplanation,
});
