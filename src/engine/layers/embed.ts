import { constant, sum } from "../expressions.ts";
import { filler } from "../fillers.ts";
import { addColumnSums } from "../kernels/gemm.ts";
import { defineLayer } from "../layer.ts";
import { flag, requiredInteger } from "../settings.ts";

/**
 * Embed: each index of the bottom, truncated towards 0, picks a row of `w [K, H]`: `y = w[x] + b`. `dw[x] += dy`,
 * `db += Σ dy`; an index has no diff. The top has one axis of H more. Source: Caffe, EmbedLayer.
 */
export const embedLayer = defineLayer({
	type: "Embed",
	parameterField: "embed_param",
	settings: {
		num_output: requiredInteger({ minimum: 1 }),
		input_dim: requiredInteger({ minimum: 1 }),
		bias_term: flag(true),
		weight_filler: filler(),
		bias_filler: filler(),
	},
	bottoms: 1,
	tops: 1,
	picture: "dense",
	labelBottoms: [0],
	plan({ num_output, input_dim, bias_term, weight_filler, bias_filler }, [bottom]) {
		return {
			tops: [[...bottom, num_output]],
			parameters: [
				{ shape: [input_dim, num_output], filler: weight_filler },
				...(bias_term ? [{ shape: [num_output], filler: bias_filler }] : []),
			],
		};
	},
	forward({ bottoms: [{ data: x }], tops: [{ data: y }], parameters: [weight, bias], settings: { num_output } }) {
		for (let n = 0; n < x.length; n++) {
			const row = Math.trunc(x[n]) * num_output;
			for (let h = 0; h < num_output; h++) {
				const own = bias === undefined ? 0 : bias.data[h];
				y[n * num_output + h] = weight.data[row + h] + own;
			}
		}
	},
	backward({ bottoms: [{ data: x }], tops: [top], parameters: [weight, bias], parameterNeedsDiff, settings }) {
		const { num_output: outputs, input_dim } = settings;
		if (parameterNeedsDiff[0]) {
			// Row by row of w, so that each sum is complete before it is added to what other passes left.
			for (let k = 0; k < input_dim; k++) {
				for (let h = 0; h < outputs; h++) {
					let total = 0;
					for (let n = 0; n < x.length; n++) if (Math.trunc(x[n]) === k) total += top.diff[n * outputs + h];
					weight.diff[k * outputs + h] += total;
				}
			}
		}
		if (bias !== undefined && parameterNeedsDiff[1]) addColumnSums(top.diff, bias.diff, x.length, outputs);
	},
	explain: {
		top(scope, _slot, index) {
			const { num_output, bias_term } = scope.run.settings;
			const row = Math.trunc(scope.bottomValue(0, Math.floor(index / num_output)));
			const own = index % num_output;
			const picked = scope.parameter(0, row * num_output + own);
			return bias_term ? sum([picked, scope.parameter(1, own)], "inputs") : picked;
		},
		bottomDiff: () => constant(0),
		gradient(scope, slot, index) {
			const { num_output } = scope.run.settings;
			const rows = scope.run.bottoms[0].count;
			const column = index % num_output;
			const dy = (row: number) => scope.top(0, row * num_output + column, "diff");
			if (slot === 1) return { rows, share: dy };
			const picked = Math.floor(index / num_output);
			return { rows, share: (row) => (Math.trunc(scope.bottomValue(0, row)) === picked ? dy(row) : constant(0)) };
		},
	},
});
