import type { Expression } from "../expression.ts";
import { product, sum } from "../expressions.ts";
import { columnCount, columnRows, elementUnder, imageSize, windowsOver } from "../kernels/im2col.ts";
import { defineLayer, type ExplanationScope } from "../layer.ts";
import { canonicalAxis } from "../shape.ts";
import {
	type ConvolutionSettings,
	checkSameShape,
	convolutionSettings,
	convolutionSizes,
} from "./convolution-geometry.ts";
import { convolutionPasses } from "./convolution-passes.ts";
import { type ConvolutionRun, sizesOf } from "./convolution-workspace.ts";

type Scope = ExplanationScope<ConvolutionSettings>;

/** Where an element of a top stands: image, output channel and place of the window. */
function placeOf(run: ConvolutionRun, index: number) {
	const { window, group } = sizesOf(run, false);
	const places = columnCount(window);
	const outputs = run.settings.num_output;
	const output = Math.floor(index / places) % outputs;
	return {
		image: Math.floor(index / places / outputs),
		output,
		place: index % places,
		rows: columnRows(window) / group,
		firstRow: Math.floor((output * group) / outputs) * (columnRows(window) / group),
	};
}

/** The products of one window: kernel element × what lies under it; padding adds nothing. */
function windowTerms(scope: Scope, slot: number, index: number): Expression[] {
	const { window } = sizesOf(scope.run, false);
	const { image, output, place, rows, firstRow } = placeOf(scope.run, index);
	return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
		const element = elementUnder(window, firstRow + row, place);
		if (element < 0) return [];
		return [product(scope.parameter(0, output * rows + row), scope.bottom(slot, image * imageSize(window) + element))];
	});
}

/**
 * Convolution (a correlation, nothing is turned): bottoms `[outer…, C, spatial…]`, weight `[O, C/group, kernel…]`, bias
 * `[O]`, tops `[outer…, O, out…]` with `out = ⌊(in + 2 pad − dilation (kernel − 1) − 1) / stride⌋ + 1`.
 *
 * Image by image, with columns = im2col(bottom): `top = W · columns + b 1ᵀ`; `W.diff += top.diff · columnsᵀ`,
 * `b.diff += top.diff · 1`, `bottom.diff = col2im(Wᵀ · top.diff)`. Several bottoms share the weights.
 * Source: Caffe, ConvolutionLayer.
 */
export const convolutionLayer = defineLayer({
	type: "Convolution",
	parameterField: "convolution_param",
	settings: convolutionSettings,
	bottoms: [1, 1024],
	tops: [1, 1024],
	picture: "window",
	plan(settings, bottoms, layer) {
		const axis = canonicalAxis(settings.axis, bottoms[0].length);
		const { window, group } = convolutionSizes(settings, bottoms[0], layer, false);
		checkSameShape(bottoms, layer);
		const outputs = settings.num_output;
		return {
			tops: bottoms.map((bottom) => {
				const { window: own } = convolutionSizes(settings, bottom, layer, false);
				return [...bottom.slice(0, axis), outputs, ...own.out];
			}),
			parameters: [
				{ shape: [outputs, window.channels / group, ...window.kernel], filler: settings.weight_filler },
				...(settings.bias_term ? [{ shape: [outputs], filler: settings.bias_filler }] : []),
			],
			workspace: (columnRows(window) / group) * columnCount(window),
		};
	},
	prepare: convolutionPasses,
	explain: {
		top(scope, slot, index) {
			const terms = windowTerms(scope, slot, index);
			if (scope.run.parameters.length > 1) terms.push(scope.parameter(1, placeOf(scope.run, index).output));
			return sum(terms, "inputs");
		},
		bottomDiff(scope, slot, index) {
			const { window, group } = sizesOf(scope.run, false);
			const size = imageSize(window);
			const rows = columnRows(window) / group;
			const places = columnCount(window);
			const outputs = scope.run.settings.num_output;
			const image = Math.floor(index / size);
			return sum(
				windowsOver(window, index % size).map(([row, place]) => {
					const first = Math.floor(row / rows) * (outputs / group);
					return sum(
						Array.from({ length: outputs / group }, (_, k) =>
							product(
								scope.parameter(0, (first + k) * rows + (row % rows)),
								scope.top(slot, (image * outputs + first + k) * places + place, "diff"),
							),
						),
						"outputs",
					);
				}),
				"windows",
			);
		},
		gradient(scope, parameter, index) {
			const { window, group, outer } = sizesOf(scope.run, false);
			const places = columnCount(window);
			const rows = columnRows(window) / group;
			const outputs = scope.run.settings.num_output;
			const output = parameter === 1 ? index : Math.floor(index / rows);
			const firstRow = Math.floor((output * group) / outputs) * rows;
			return {
				rows: outer * scope.run.bottoms.length,
				share(sample) {
					const slot = Math.floor(sample / outer);
					const image = sample % outer;
					const delta = (place: number) => scope.top(slot, (image * outputs + output) * places + place, "diff");
					const all = Array.from({ length: places }, (_, place) => place);
					if (parameter === 1) return sum(all.map(delta), "places");
					return sum(
						all.flatMap((place) => {
							const element = elementUnder(window, firstRow + (index % rows), place);
							if (element < 0) return [];
							return [product(delta(place), scope.bottom(slot, image * imageSize(window) + element))];
						}),
						"places",
					);
				},
			};
		},
	},
});
