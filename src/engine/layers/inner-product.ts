import { product, sum } from "../expressions.ts";
import { filler } from "../fillers.ts";
import { addColumnSums, addOuterProducts, addToRows, multiply, multiplyTransposed } from "../kernels/gemm.ts";
import { addSmallGradient, smallForward, smallPullBack } from "../kernels/small-dense.ts";
import { defineLayer, type LayerPasses, type LayerRun } from "../layer.ts";
import { flag, integer, requiredInteger, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf } from "../shape.ts";
import { existingAxis } from "./axis-view.ts";

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

/** So few products that calls and tiles cost more than they spare. */
function isSmall(run: Run): boolean {
	const { rows, inputs, outputs } = sizes(run);
	return !run.settings.transpose && rows * inputs * outputs <= 64;
}

function preparedSmall(run: Run): LayerPasses {
	const { rows, inputs, outputs } = sizes(run);
	const { data: x, diff: dx } = run.bottoms[0];
	const { data: y, diff: dy } = run.tops[0];
	const { data: w, diff: dw } = run.parameters[0];
	const bias = run.parameters[1]?.data ?? null;
	const biasDiff = run.parameterNeedsDiff[1] ? run.parameters[1].diff : null;
	const [weightWanted] = run.parameterNeedsDiff;
	const [bottomWanted] = run.bottomNeedsDiff;
	return {
		forward: () => smallForward(x, w, bias, y, rows, inputs, outputs),
		backward() {
			if (weightWanted) addSmallGradient(dy, x, dw, rows, inputs, outputs);
			if (biasDiff !== null) addColumnSums(dy, biasDiff, rows, outputs);
			if (bottomWanted) smallPullBack(dy, w, dx, rows, inputs, outputs);
		},
	};
}

function prepared(run: Run): LayerPasses {
	const { rows, inputs, outputs } = sizes(run);
	const { transpose } = run.settings;
	const { data: x, diff: dx } = run.bottoms[0];
	const { data: y, diff: dy } = run.tops[0];
	const { data: w, diff: dw } = run.parameters[0];
	const bias = run.parameters[1]?.data ?? null;
	const biasDiff = run.parameterNeedsDiff[1] ? run.parameters[1].diff : null;
	const [weightWanted] = run.parameterNeedsDiff;
	const [bottomWanted] = run.bottomNeedsDiff;
	return {
		forward() {
			if (!transpose) {
				multiplyTransposed(x, w, y, rows, outputs, inputs, bias);
				return;
			}
			multiply(x, w, y, rows, outputs, inputs);
			if (bias !== null) addToRows(bias, y, rows, outputs);
		},
		backward() {
			if (weightWanted) {
				if (transpose) addOuterProducts(x, dy, dw, rows, inputs, outputs);
				else addOuterProducts(dy, x, dw, rows, outputs, inputs);
			}
			if (biasDiff !== null) addColumnSums(dy, biasDiff, rows, outputs);
			if (!bottomWanted) return;
			if (transpose) multiplyTransposed(dy, w, dx, rows, inputs, outputs);
			else multiply(dy, w, dx, rows, inputs, outputs);
		},
	};
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
	plan({ num_output, bias_term, weight_filler, bias_filler, axis, transpose }, [bottom], layer) {
		const first = existingAxis(axis, bottom, layer);
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
	prepare: (run) => (isSmall(run) ? preparedSmall(run) : prepared(run)),
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
