import { columnCount, columnRows } from "../kernels/im2col.ts";
import type { LayerRun } from "../layer.ts";
import { type ConvolutionSettings, type ConvolutionSizes, convolutionSizes } from "./convolution-geometry.ts";

export type ConvolutionRun = LayerRun<ConvolutionSettings>;

/** One group's share of a buffer: rows of the weight, of the columns, of an image's near or far side. */
export type Parts = readonly Float64Array[];

/** Buffers and the parts of them that the products run over, made once for a layer. */
export interface ConvolutionWorkspace {
	readonly sizes: ConvolutionSizes;
	/** Rows of the weight, rows of the columns and places of the window, of one group. */
	readonly weightRows: number;
	readonly rows: number;
	readonly places: number;
	readonly columns: Float64Array;
	readonly columnParts: Parts;
	readonly weightData: Parts;
	readonly weightDiff: Parts;
}

const workspaces = new WeakMap<ConvolutionRun, ConvolutionWorkspace>();

/** Cuts a buffer into equal parts. */
function split(buffer: Float64Array, parts: number): Parts {
	const size = buffer.length / parts;
	return Array.from({ length: parts }, (_, part) => buffer.subarray(part * size, (part + 1) * size));
}

/** The workspace of a layer; all its bottoms have one shape. */
export function workspaceOf(run: ConvolutionRun, transposed: boolean): ConvolutionWorkspace {
	const known = workspaces.get(run);
	if (known !== undefined) return known;
	const sizes = convolutionSizes(run.settings, run.bottoms[0].shape, run.name, transposed);
	const { group, window } = sizes;
	const [weight] = run.parameters;
	const rows = columnRows(window) / group;
	const places = columnCount(window);
	const columns = new Float64Array(rows * group * places);
	const made: ConvolutionWorkspace = {
		sizes,
		weightRows: weight.count / group / rows,
		rows,
		places,
		columns,
		columnParts: split(columns, group),
		weightData: split(weight.data, group),
		weightDiff: split(weight.diff, group),
	};
	workspaces.set(run, made);
	return made;
}

const parted = new WeakMap<Float64Array, readonly Parts[]>();

/** A blob's buffer image by image, each cut into its groups. */
export function imagesOf(buffer: Float64Array, outer: number, group: number): readonly Parts[] {
	const known = parted.get(buffer);
	if (known !== undefined) return known;
	const made = split(buffer, outer).map((image) => split(image, group));
	parted.set(buffer, made);
	return made;
}
