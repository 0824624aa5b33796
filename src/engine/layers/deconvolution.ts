import type { Expression } from "../expression.ts";
import { product, sum } from "../expressions.ts";
import { addMultiplyTransposed, addOuterProducts, addRowSums, multiply } from "../kernels/gemm.ts";
import { addCol2im, columnCount, columnRows, elementUnder, im2col, imageSize, windowsOver } from "../kernels/im2col.ts";
import { defineLayer, type LayerPasses } from "../layer.ts";
import { canonicalAxis } from "../shape.ts";
import { checkSameShape, convolutionSettings, convolutionSizes } from "./convolution-geometry.ts";
import { addBias, type ConvolutionRun, createWorkspace, imagesOf, sizesOf } from "./convolution-workspace.ts";

/** Sizes in the words of a deconvolution: each of its inputs is a place of the window over its output. */
function measures(run: ConvolutionRun) {
	const { window, group, outer } = sizesOf(run, true);
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

/** Both passes, image by image and group by group. */
function deconvolutionPasses(run: ConvolutionRun): LayerPasses {
	const { outer, group, window, weightRows, rows, places, columns, weightData, weightDiff, bias, biasDiffs } =
		createWorkspace(run, true);
	const plane = imageSize(window) / window.channels;
	const slots = run.bottoms.map((bottom, slot) => {
		const top = run.tops[slot];
		return {
			bottoms: imagesOf(bottom.data, outer, group),
			bottomDiffs: run.bottomNeedsDiff[slot] ? imagesOf(bottom.diff, outer, group) : null,
			images: imagesOf(top.data, outer, group),
			deltas: imagesOf(top.diff, outer, group),
		};
	});
	return {
		forward() {
			for (let slot = 0; slot < slots.length; slot++) {
				const { bottoms, images } = slots[slot];
				for (let image = 0; image < outer; image++) {
					for (let g = 0; g < group; g++) {
						columns.fill(0);
						addOuterProducts(weightData[g], bottoms[image][g], columns, weightRows, rows, places);
						images[image][g].fill(0);
						addCol2im(columns, images[image][g], window);
					}
				}
				if (bias !== null) addBias(bias, run.tops[slot].data, plane);
			}
		},
		backward() {
			for (let slot = 0; slot < slots.length; slot++) {
				const { bottoms, bottomDiffs, deltas } = slots[slot];
				for (let image = 0; image < outer; image++) {
					for (let g = 0; g < group; g++) {
						const delta = deltas[image][g];
						if (biasDiffs !== null) addRowSums(delta, biasDiffs[g], window.channels, plane);
						if (weightDiff === null && bottomDiffs === null) continue;
						im2col(delta, columns, window);
						if (weightDiff !== null)
							addMultiplyTransposed(bottoms[image][g], columns, weightDiff[g], weightRows, rows, places);
						if (bottomDiffs !== null) multiply(weightData[g], columns, bottomDiffs[image][g], weightRows, places, rows);
					}
				}
			}
		},
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
			workspace: (columnRows(window) / group) * columnCount(window),
		};
	},
	prepare: deconvolutionPasses,
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
