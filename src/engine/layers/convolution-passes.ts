import { addMultiplyTransposed, addOuterProducts, addRowSums, multiply } from "../kernels/gemm.ts";
import { addCol2im, im2col } from "../kernels/im2col.ts";
import {
	addSparseGradient,
	addSparsePullBack,
	allFinite,
	fitsSparse,
	isSparse,
	packWeight,
} from "../kernels/sparse-product.ts";
import { padImage, unpadImage, windowTable } from "../kernels/window-table.ts";
import type { LayerPasses } from "../layer.ts";
import { addBias, type ConvolutionRun, createWorkspace, imagesOf } from "./convolution-workspace.ts";

/** Elements of an image with its padding; a stride may step over more of it than any memory holds. */
const WIDEST_PADDING = 2 ** 20;

/** Both passes of a convolution, image by image and group by group. */
export function convolutionPasses(run: ConvolutionRun): LayerPasses {
	const { outer, group, window, weightRows, rows, places, columns, weightData, weightDiff, bias, biasDiffs } =
		createWorkspace(run, false);
	const slots = run.bottoms.map((bottom, slot) => {
		const top = run.tops[slot];
		return {
			images: imagesOf(bottom.data, outer, group),
			imageDiffs: run.bottomNeedsDiff[slot] ? imagesOf(bottom.diff, outer, group) : null,
			tops: imagesOf(top.data, outer, group),
			deltas: imagesOf(top.diff, outer, group),
		};
	});
	const sparse = prepareSparse();

	/** Going back over what is not 0 alone gives the same bits, and takes less time where that is little. */
	function prepareSparse() {
		const sizes = { outputs: weightRows, places, rows };
		if (!fitsSparse(sizes)) return null;
		const table = windowTable(window);
		const { rowStarts } = table;
		if (rowStarts !== null && table.size > WIDEST_PADDING) return null;
		const padded = rowStarts === null ? null : new Float64Array(table.size);
		return {
			addGradient(delta: Float64Array, image: Float64Array, gradient: Float64Array): void {
				if (rowStarts === null || padded === null) {
					addSparseGradient(sizes, table, delta, image, gradient);
					return;
				}
				padded.fill(0);
				padImage(image, rowStarts, padded);
				addSparseGradient(sizes, table, delta, padded, gradient);
			},
			packWeight: (g: number) => packWeight(sizes, weightData[g]),
			/** With the weight packed last. */
			pullBack(delta: Float64Array, imageDiff: Float64Array): void {
				if (rowStarts === null || padded === null) {
					imageDiff.fill(0);
					addSparsePullBack(sizes, table, delta, imageDiff);
					return;
				}
				padded.fill(0);
				addSparsePullBack(sizes, table, delta, padded);
				unpadImage(padded, rowStarts, imageDiff);
			},
		};
	}

	return {
		forward() {
			for (let slot = 0; slot < slots.length; slot++) {
				const { images, tops } = slots[slot];
				for (let image = 0; image < outer; image++) {
					for (let g = 0; g < group; g++) {
						im2col(images[image][g], columns, window);
						multiply(weightData[g], columns, tops[image][g], weightRows, places, rows);
					}
				}
				if (bias !== null) addBias(bias, run.tops[slot].data, places);
			}
		},
		backward() {
			for (let g = 0; g < group; g++) {
				const canBeSparse = sparse !== null && allFinite(weightData[g]);
				let isPacked = false;
				for (let slot = 0; slot < slots.length; slot++) {
					const { images, imageDiffs, deltas } = slots[slot];
					for (let image = 0; image < outer; image++) {
						const delta = deltas[image][g];
						const below = images[image][g];
						if (biasDiffs !== null) addRowSums(delta, biasDiffs[g], weightRows, places);
						if (canBeSparse && isSparse(delta) && allFinite(below)) {
							if (weightDiff !== null) sparse.addGradient(delta, below, weightDiff[g]);
							if (imageDiffs === null) continue;
							if (!isPacked) sparse.packWeight(g);
							isPacked = true;
							sparse.pullBack(delta, imageDiffs[image][g]);
							continue;
						}
						if (weightDiff !== null) {
							im2col(below, columns, window);
							addMultiplyTransposed(delta, columns, weightDiff[g], weightRows, rows, places);
						}
						if (imageDiffs === null) continue;
						columns.fill(0);
						addOuterProducts(weightData[g], delta, columns, weightRows, rows, places);
						imageDiffs[image][g].fill(0);
						addCol2im(columns, imageDiffs[image][g], window);
					}
				}
			}
		},
	};
}
