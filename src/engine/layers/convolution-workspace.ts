import { columnCount, columnRows } from "../kernels/im2col.ts";
import type { LayerRun } from "../layer.ts";
import { type ConvolutionSettings, type ConvolutionSizes, convolutionSizes } from "./convolution-geometry.ts";

export type ConvolutionRun = LayerRun<ConvolutionSettings>;

const known = new WeakMap<ConvolutionRun, ConvolutionSizes>();

/** The sizes of a layer; all its bottoms have one shape. */
export function sizesOf(run: ConvolutionRun, transposed: boolean): ConvolutionSizes {
	const found = known.get(run);
	if (found !== undefined) return found;
	const made = convolutionSizes(run.settings, run.bottoms[0].shape, run.name, transposed);
	known.set(run, made);
	return made;
}

/** One group's share of a buffer: rows of the weight, of the columns, of an image's near or far side. */
export type Parts = readonly Float64Array[];

/** Cuts a buffer into equal parts. */
function split(buffer: Float64Array, parts: number): Parts {
	const size = buffer.length / parts;
	return Array.from({ length: parts }, (_, part) => buffer.subarray(part * size, (part + 1) * size));
}

/** A blob's buffer image by image, each cut into its groups. */
export function imagesOf(buffer: Float64Array, outer: number, group: number): readonly Parts[] {
	return split(buffer, outer).map((image) => split(image, group));
}

/** Sizes and buffers of one group, and what each group takes of the parameters: looked up once for a net. */
export function createWorkspace(run: ConvolutionRun, transposed: boolean) {
	const { outer, group, window: whole } = sizesOf(run, transposed);
	const window = { ...whole, channels: whole.channels / group };
	const [weight, bias] = run.parameters;
	const rows = columnRows(window);
	const places = columnCount(window);
	const [weightWanted, biasWanted] = run.parameterNeedsDiff;
	return {
		outer,
		group,
		window,
		weightRows: weight.count / group / rows,
		rows,
		places,
		columns: new Float64Array(rows * places),
		weightData: split(weight.data, group),
		weightDiff: weightWanted ? split(weight.diff, group) : null,
		bias: bias?.data ?? null,
		biasDiffs: biasWanted ? split(bias.diff, group) : null,
	};
}

/** `top[o, i] += bias[o]` over planes of equal size, image after image. */
export function addBias(bias: Float64Array, top: Float64Array, plane: number): void {
	for (let start = 0, output = 0; start < top.length; start += plane, output++) {
		if (output === bias.length) output = 0;
		const own = bias[output];
		for (let i = start; i < start + plane; i++) top[i] += own;
	}
}
