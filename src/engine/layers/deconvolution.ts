import type { Expression } from "../expression.ts";
import { product, sum } from "../expressions.ts";
import { addMultiplyTransposed, addOuterProducts, addRowSums, multiply } from "../kernels/gemm.ts";
import { addCol2im, columnCount, columnRows, elementUnder, im2col, imageSize, windowsOver } from "../kernels/im2col.ts";
import { defineLayer } from "../layer.ts";
import { canonicalAxis } from "../shape.ts";
import { checkSameShape, convolutionSettings, convolutionSizes } from "./convolution-geometry.ts";
import { type ConvolutionRun, imagesOf, workspaceOf } from "./convolution-workspace.ts";

/** Sizes in the words of a deconvolution: each of its inputs is a place of the window over its output. */
function measures(run: ConvolutionRun) {
	const { window, group, outer } = workspaceOf(run, true).sizes;
	const channels = run.parameters[0].shape[0];
	return {
		window,
		outer,
		group,
		channels,
		rows: columnRows(window) / group,
		places: columnCount(window),
		size: imageSize(window),
	};
}

/**
 * Deconvolution, the adjoint of Convolution: bottoms `[outer…, C, spatial…]`, weight `[C, O/group, kernel…]`, bias `[O]`,
 * tops `[outer…, O, out…]` with `out = stride (in − 1) + dilation (kernel − 1) + 1 − 2 pad`.
 *
 * `top = col2im(Wᵀ · bottom) + b`; with columns = im2col(top.diff): `bottom.diff = W · columns`,
 * `W.diff += bottom · columnsᵀ`, `b.diff += Σ top.diff`. Source: Caffe, DeconvolutionLayer.
 */
export const deconvolutionLayer = defineLayer({
	type: "Deconvolution",
	parameterField: "convolution_param",
	settings: convolutionSettings,
	bottoms: [1, 1024],
	tops: [1, 1024],
	picture: "window",
	plan(settings, bottoms, layer) {
		const axis = canonicalAxis(settings.axis, bottoms[0].length);
		const { window, group } = convolutionSizes(settings, bottoms[0], layer, true);
		checkSameShape(bottoms, layer);
		const outputs = settings.num_output;
		return {
			tops: bottoms.map((bottom) => {
				const { window: own } = convolutionSizes(settings, bottom, layer, true);
				return [...bottom.slice(0, axis), outputs, ...own.image];
			}),
			parameters: [
				{ shape: [bottoms[0][axis], outputs / group, ...window.kernel], filler: settings.weight_filler },
				...(settings.bias_term ? [{ shape: [outputs], filler: settings.bias_filler }] : []),
			],
			workspace: columnRows(window) * columnCount(window),
		};
	},
	forward(run) {
		const { sizes, weightRows, rows, places, columns, columnParts, weightData } = workspaceOf(run, true);
		const { outer, group, window } = sizes;
		const bias = run.parameters[1]?.data;
		const size = imageSize(window);
		for (let slot = 0; slot < run.bottoms.length; slot++) {
			const top = run.tops[slot].data;
			const images = imagesOf(run.bottoms[slot].data, outer, group);
			top.fill(0);
			for (let image = 0; image < outer; image++) {
				columns.fill(0);
				for (let g = 0; g < group; g++) {
					addOuterProducts(weightData[g], images[image][g], columnParts[g], weightRows, rows, places);
				}
				addCol2im(columns, 0, top, image * size, window);
			}
			if (bias === undefined) continue;
			const plane = size / bias.length;
			for (let row = 0; row < outer * bias.length; row++) {
				const own = bias[row % bias.length];
				for (let i = row * plane; i < (row + 1) * plane; i++) top[i] += own;
			}
		}
	},
	backward(run) {
		const { sizes, weightRows, rows, places, columns, columnParts, weightData, weightDiff } = workspaceOf(run, true);
		const { outer, group, window } = sizes;
		const [, bias] = run.parameters;
		const size = imageSize(window);
		for (let slot = 0; slot < run.bottoms.length; slot++) {
			const top = run.tops[slot];
			const data = imagesOf(run.bottoms[slot].data, outer, group);
			const diff = imagesOf(run.bottoms[slot].diff, outer, group);
			const deltas = imagesOf(top.diff, outer, 1);
			for (let image = 0; image < outer; image++) {
				if (bias !== undefined && run.parameterNeedsDiff[1]) {
					addRowSums(deltas[image][0], bias.diff, bias.count, size / bias.count);
				}
				if (!run.parameterNeedsDiff[0] && !run.bottomNeedsDiff[slot]) continue;
				im2col(top.diff, image * size, columns, 0, window);
				for (let g = 0; g < group; g++) {
					if (run.parameterNeedsDiff[0]) {
						addMultiplyTransposed(data[image][g], columnParts[g], weightDiff[g], weightRows, rows, places);
					}
					if (run.bottomNeedsDiff[slot]) {
						multiply(weightData[g], columnParts[g], diff[image][g], weightRows, places, rows);
					}
				}
			}
		}
	},
	explain: {
		top(scope, slot, index) {
			const { window, group, channels, rows, places, size } = measures(scope.run);
			const image = Math.floor(index / size);
			const perGroup = channels / group;
			const terms: Expression[] = windowsOver(window, index % size).map(([row, place]) => {
				const first = Math.floor(row / rows) * perGroup;
				return sum(
					Array.from({ length: perGroup }, (_, k) =>
						product(
							scope.parameter(0, (first + k) * rows + (row % rows)),
							scope.bottom(slot, (image * channels + first + k) * places + place),
						),
					),
					"inputs",
				);
			});
			if (scope.run.parameters.length > 1) {
				const plane = size / scope.run.settings.num_output;
				terms.push(scope.parameter(1, Math.floor(index / plane) % scope.run.settings.num_output));
			}
			return sum(terms, "windows");
		},
		bottomDiff(scope, slot, index) {
			const { window, group, channels, rows, places, size } = measures(scope.run);
			const place = index % places;
			const channel = Math.floor(index / places) % channels;
			const image = Math.floor(index / places / channels);
			const firstRow = Math.floor((channel * group) / channels) * rows;
			return sum(
				Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
					const element = elementUnder(window, firstRow + row, place);
					if (element < 0) return [];
					return [product(scope.parameter(0, channel * rows + row), scope.top(slot, image * size + element, "diff"))];
				}),
				"outputs",
			);
		},
		gradient(scope, parameter, index) {
			const { window, outer, group, channels, rows, places, size } = measures(scope.run);
			const channel = Math.floor(index / rows);
			const firstRow = Math.floor((channel * group) / channels) * rows;
			return {
				rows: outer * scope.run.bottoms.length,
				share(sample) {
					const slot = Math.floor(sample / outer);
					const image = sample % outer;
					if (parameter === 1) {
						const plane = size / scope.run.settings.num_output;
						const first = image * size + index * plane;
						return sum(
							Array.from({ length: plane }, (_, k) => scope.top(slot, first + k, "diff")),
							"places",
						);
					}
					return sum(
						Array.from({ length: places }, (_, place) => place).flatMap((place) => {
							const element = elementUnder(window, firstRow + (index % rows), place);
							if (element < 0) return [];
							return [
								product(
									scope.bottom(slot, (image * channels + channel) * places + place),
									scope.top(slot, image * size + element, "diff"),
								),
							];
						}),
						"places",
					);
				},
			};
		},
	},
});
