import type { NetLayer } from "../../../engine/net.ts";
import { countOf } from "../../../engine/shape.ts";
import { axisSetting, numberSetting, numbersSetting } from "./layer-code.ts";

/** Settings that stand once for all spatial axes, once for each, or by height and width. */
function alongAxes(layer: NetLayer, name: string, axes: number, fallback: number): readonly number[] {
	const { settings } = layer.run;
	const [height, width] = [settings[`${name}_h`], settings[`${name}_w`]];
	if (typeof height === "number" || typeof width === "number") {
		return [typeof height === "number" ? height : fallback, typeof width === "number" ? width : fallback];
	}
	const written = numbersSetting(layer, name);
	return Array.from({ length: axes }, (_, k) => written[k] ?? written[0] ?? fallback);
}

/** A (de)convolution as images × channels × space, whatever axes stand before. */
export function convolutionSizes(layer: NetLayer) {
	const axis = axisSetting(layer);
	const [bottom] = layer.run.bottoms;
	const [weight] = layer.run.parameters;
	const kernel = weight.shape.slice(2);
	const along = (name: string, fallback: number) => alongAxes(layer, name, kernel.length, fallback);
	const images = countOf(bottom.shape, 0, axis);
	return {
		images,
		group: numberSetting(layer, "group"),
		outputs: numberSetting(layer, "num_output"),
		kernel,
		stride: along("stride", 1),
		pad: along("pad", 0),
		dilation: along("dilation", 1),
		/** Shapes with one axis of images. */
		bottom: [images, ...bottom.shape.slice(axis)],
		top: [images, ...layer.run.tops[0].shape.slice(axis)],
	};
}

/** One window of a pooling: from and to along each axis within the image, and how many elements an average counts. */
interface PoolingWindow {
	readonly y: number;
	readonly x: number;
	readonly rows: readonly [number, number];
	readonly columns: readonly [number, number];
	readonly counted: number;
}

/** All windows of a pooling, row by row. */
export function poolingWindows(layer: NetLayer): readonly PoolingWindow[] {
	const { shape } = layer.run.bottoms[0];
	const size = shape.slice(2);
	const written = numberSetting(layer, "kernel_size");
	const kernel = layer.run.settings.global_pooling === true ? size : alongAxes(layer, "kernel", 2, written);
	const stride = alongAxes(layer, "stride", 2, numberSetting(layer, "stride"));
	const pad = alongAxes(layer, "pad", 2, numberSetting(layer, "pad"));
	const [, , height, width] = layer.run.tops[0].shape;
	const along = (axis: 0 | 1, out: number) => {
		const first = out * stride[axis] - pad[axis];
		const end = Math.min(first + kernel[axis], size[axis]);
		return {
			range: [Math.max(0, first), end] as const,
			counted: Math.min(first + kernel[axis], size[axis] + pad[axis]) - first,
		};
	};
	return Array.from({ length: height * width }, (_, place) => {
		const y = Math.floor(place / width);
		const x = place % width;
		const [vertical, horizontal] = [along(0, y), along(1, x)];
		return { y, x, rows: vertical.range, columns: horizontal.range, counted: vertical.counted * horizontal.counted };
	});
}

/** A stride longer than the kernel can leave a window with nothing under it. */
export const isEmpty = ({ rows, columns }: PoolingWindow) => rows[0] >= rows[1] || columns[0] >= columns[1];
