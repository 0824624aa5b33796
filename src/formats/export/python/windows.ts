import type { NetLayer } from "../../../engine/net.ts";

/** What a window's settings say along height and width. */
type Pair = readonly [number, number];

export interface WindowSettings {
	readonly kernel: Pair;
	readonly stride: Pair;
	readonly pad: Pair;
	readonly dilation: Pair;
}

function pairOf({ run: { settings } }: NetLayer, name: string, fallback: number): Pair {
	const written = settings[name];
	const all = Array.isArray(written) ? written.filter((one) => typeof one === "number") : [];
	const single = typeof written === "number" ? written : (all[0] ?? fallback);
	const short = name === "kernel_size" ? "kernel" : name;
	const of = (which: "h" | "w", own: number) => {
		const value = settings[`${short}_${which}`];
		return typeof value === "number" ? value : own;
	};
	return [of("h", single), of("w", all[1] ?? single)];
}

/** Of a convolution or pooling over two spatial axes; those of a pooling over the whole image are the image's. */
export function windowOf(layer: NetLayer): WindowSettings {
	const { bottoms, settings, parameters } = layer.run;
	const shape = settings.global_pooling === true ? bottoms[0].shape : (parameters[0]?.shape ?? []);
	const kernel: Pair = shape.length === 4 ? [shape[2], shape[3]] : pairOf(layer, "kernel_size", 1);
	return {
		kernel,
		stride: pairOf(layer, "stride", 1),
		pad: pairOf(layer, "pad", 0),
		dilation: pairOf(layer, "dilation", 1),
	};
}

export const pairText = ([height, width]: Pair) => `(${height}, ${width})`;

/** One window of a pooling: from and to along each axis within the image, and how many elements an average counts. */
export interface PoolingWindow {
	readonly y: number;
	readonly x: number;
	readonly rows: Pair;
	readonly columns: Pair;
	readonly counted: number;
}

/** All windows of a pooling, row by row. */
export function poolingWindows(layer: NetLayer): readonly PoolingWindow[] {
	const { kernel, stride, pad } = windowOf(layer);
	const size = layer.run.bottoms[0].shape.slice(2);
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
