import { product, sum } from "../expressions.ts";
import { filler } from "../fillers.ts";
import { addColumnSums, addOuterProducts, multiply, multiplyTransposed } from "../kernels/gemm.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { flag, integer, requiredInteger, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf } from "../shape.ts";

const settings = {
	num_output: requiredInteger({ minimum: 1 }),
	bias_term: flag(true),
	weight_filler: filler(),
	bias_filler: filler(),
	axis: integer(1),
	transpose: flag(false),
};

type Run = LayerRun<SettingsOf<typeof settings>>;

/** M rows (samples), K inputs a row, O outputs. */
function sizes(run: Run) {
	const [bottom] = run.bottoms;
	const axis = canonicalAxis(run.settings.axis, bottom.shape.length);
	return {
		rows: countOf(bottom.shape, 0, axis),
		inputs: countOf(bottom.shape, axis),
		outputs: run.settings.num_output,
	};
}

/** Where the weight from input k to output o lies in the weight's buffer. */
function weightIndex(run: Run, output: number, input: number): number {
	const { inputs, outputs } = sizes(run);
	return run.settings.transpose ? input * outputs + output : output * inputs + input;
}

/**
 * InnerProduct: bottom `[M…, K…]` split at `axis`, weight `[O, K]` (`transpose`: `[K, O]`), bias `[O]`, top `[M…, O]`.
 *
 * - forward: `top = bottom · Wᵀ + 1 · bᵀ`
 * - backward: `W.diff += top.diffᵀ · bottom`, `b.diff += top.diffᵀ · 1`, `bottom.diff = top.diff · W`
 *
 * Source: Caffe, InnerProductLayer; UFLDL writes the same as `z = Wa + b`.
 */
export const innerProductLayer = defineLayer({
	type: "InnerProduct",
	parameterField: "inner_product_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "dense",
	plan({ num_output, bias_term, weight_filler, bias_filler, axis, transpose }, [bottom]) {
		const first = canonicalAxis(axis, bottom.length);
		const inputs = countOf(bottom, first);
		const weight = transpose ? [inputs, num_output] : [num_output, inputs];
		return {
			tops: [[...bottom.slice(0, first), num_output]],
			parameters: [
				{ shape: weight, filler: weight_filler },
				...(bias_term ? [{ shape: [num_output], filler: bias_filler }] : []),
			],
		};
	},
	forward(run) {
		const { rows, inputs, outputs } = sizes(run);
		const [bottom] = run.bottoms;
		const [top] = run.tops;
		const [weight, bias] = run.parameters;
		if (run.settings.transpose) multiply(bottom.data, weight.data, top.data, rows, outputs, inputs);
		else multiplyTransposed(bottom.data, weight.data, top.data, rows, outputs, inputs);
		if (bias === undefined) return;
		for (let i = 0; i < top.count; i++) top.data[i] += bias.data[i % outputs];
	},
	backward(run) {
		const { rows, inputs, outputs } = sizes(run);
		const [bottom] = run.bottoms;
		const [top] = run.tops;
		const [weight, bias] = run.parameters;
		if (run.parameterNeedsDiff[0]) {
			if (run.settings.transpose) addOuterProducts(bottom.data, top.diff, weight.diff, rows, inputs, outputs);
			else addOuterProducts(top.diff, bottom.data, weight.diff, rows, outputs, inputs);
		}
		if (bias !== undefined && run.parameterNeedsDiff[1]) addColumnSums(top.diff, bias.diff, rows, outputs);
		if (!run.bottomNeedsDiff[0]) return;
		if (run.settings.transpose) multiplyTransposed(top.diff, weight.data, bottom.diff, rows, inputs, outputs);
		else multiply(top.diff, weight.data, bottom.diff, rows, inputs, outputs);
	},
	explain: {
		top(scope, _slot, index) {
			const { inputs, outputs } = sizes(scope.run);
			const row = Math.floor(index / outputs);
			const output = index % outputs;
			const terms = Array.from({ length: inputs }, (_, input) =>
				product(scope.parameter(0, weightIndex(scope.run, output, input)), scope.bottom(0, row * inputs + input)),
			);
			if (scope.run.parameters.length > 1) terms.push(scope.parameter(1, output));
			return sum(terms, "inputs");
		},
		bottomDiff(scope, _slot, index) {
			const { inputs, outputs } = sizes(scope.run);
			const row = Math.floor(index / inputs);
			const input = index % inputs;
			return sum(
				Array.from({ length: outputs }, (_, output) =>
					product(
						scope.parameter(0, weightIndex(scope.run, output, input)),
						scope.top(0, row * outputs + output, "diff"),
					),
				),
				"outputs",
			);
		},
		gradient(scope, slot, index) {
			const { rows, inputs, outputs } = sizes(scope.run);
			if (slot === 1) return { rows, share: (row) => scope.top(0, row * outputs + index, "diff") };
			const output = scope.run.settings.transpose ? index % outputs : Math.floor(index / inputs);
			const input = scope.run.settings.transpose ? Math.floor(index / outputs) : index % inputs;
			return {
				rows,
				share: (row) => product(scope.bottom(0, row * inputs + input), scope.top(0, row * outputs + output, "diff")),
			};
		},
	},
});
