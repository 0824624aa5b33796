import { filler } from "../fillers.ts";
import type { WindowGeometry } from "../kernels/im2col.ts";
import { EngineError } from "../problem.ts";
import {
	engineChoice,
	flag,
	integer,
	integers,
	optionalInteger,
	requiredInteger,
	type SettingsOf,
} from "../settings.ts";
import { canonicalAxis, countOf, type Shape, sameShape, shapeText } from "../shape.ts";

/** The settings that Convolution and Deconvolution share: each size once, or once per spatial axis, or by height and width. */
export const convolutionSettings = {
	num_output: requiredInteger({ minimum: 1 }),
	bias_term: flag(true),
	pad: integers({ minimum: 0 }),
	kernel_size: integers({ minimum: 1 }),
	stride: integers({ minimum: 1 }),
	dilation: integers({ minimum: 1 }),
	pad_h: optionalInteger({ minimum: 0 }),
	pad_w: optionalInteger({ minimum: 0 }),
	kernel_h: optionalInteger({ minimum: 1 }),
	kernel_w: optionalInteger({ minimum: 1 }),
	stride_h: optionalInteger({ minimum: 1 }),
	stride_w: optionalInteger({ minimum: 1 }),
	group: integer(1, { minimum: 1 }),
	weight_filler: filler(),
	bias_filler: filler(),
	axis: integer(1),
	force_nd_im2col: flag(false),
	/** How Caffe computes, never what. */
	engine: engineChoice(),
};

export type ConvolutionSettings = SettingsOf<typeof convolutionSettings>;

function perAxis(
	layer: string,
	name: string,
	written: readonly number[],
	[height, width]: readonly [number | undefined, number | undefined],
	axes: number,
	fallback: number | null,
): readonly number[] {
	if (height !== undefined || width !== undefined) {
		if (axes !== 2 || written.length > 0) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: name,
				expected: `${name} or ${name}_h and ${name}_w, the latter for two spatial axes`,
				found: `${written.length + 1} for ${axes}`,
			});
		}
		return [height ?? fallback ?? 0, width ?? fallback ?? 0];
	}
	if (written.length === 0 && fallback !== null) return Array.from({ length: axes }, () => fallback);
	if (written.length === 1) return Array.from({ length: axes }, () => written[0]);
	if (written.length === axes) return written;
	throw new EngineError({
		code: "setting",
		layer,
		setting: name,
		expected: `1 or ${axes} numbers`,
		found: `${written.length}`,
	});
}

/** @throws EngineError where the bottoms, which take one weight and one workspace, have several shapes */
export function checkSameShape([first, ...others]: readonly Shape[], layer: string): void {
	const other = others.find((shape) => !sameShape(shape, first));
	if (other === undefined) return;
	throw new EngineError({
		code: "shape-mismatch",
		layer,
		what: "bottom",
		expected: shapeText(first),
		found: shapeText(other),
	});
}

/** A convolution's sizes: `outer` images a bottom, and the way of the window over one image. */
export interface ConvolutionSizes {
	readonly outer: number;
	readonly group: number;
	/** The window over the *larger* side of the layer: a convolution's bottom, a deconvolution's top. */
	readonly window: WindowGeometry;
}

/**
 * Sizes of a convolution over a bottom `[outer…, channels, spatial…]`, split at `axis`.
 * @throws EngineError where kernel and image do not meet
 */
export function convolutionSizes(
	settings: ConvolutionSettings,
	bottom: Shape,
	layer: string,
	transposed: boolean,
): ConvolutionSizes {
	const axis = canonicalAxis(settings.axis, bottom.length);
	const spatial = bottom.slice(axis + 1);
	const axes = spatial.length;
	if (axis < 0 || axis >= bottom.length) {
		throw new EngineError({
			code: "setting",
			layer,
			setting: "axis",
			expected: `an axis of ${shapeText(bottom)}`,
			found: `${settings.axis}`,
		});
	}
	const of = (name: "pad" | "stride", fallback: number) =>
		perAxis(layer, name, settings[name], [settings[`${name}_h`], settings[`${name}_w`]], axes, fallback);
	const kernel = perAxis(
		layer,
		"kernel_size",
		settings.kernel_size,
		[settings.kernel_h, settings.kernel_w],
		axes,
		axes === 0 ? 1 : null,
	);
	const stride = of("stride", 1);
	const pad = of("pad", 0);
	const dilation = perAxis(layer, "dilation", settings.dilation, [undefined, undefined], axes, 1);
	const extent = kernel.map((size, k) => dilation[k] * (size - 1) + 1);
	const channels = bottom[axis];
	const { group, num_output: outputs } = settings;
	for (const [what, count] of [
		["channels", channels],
		["num_output", outputs],
	] as const) {
		if (count % group !== 0) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "group",
				expected: `a divisor of ${what} ${count}`,
				found: `${group}`,
			});
		}
	}
	const far = spatial.map((size, k) =>
		transposed
			? stride[k] * (size - 1) + extent[k] - 2 * pad[k]
			: Math.floor((size + 2 * pad[k] - extent[k]) / stride[k]) + 1,
	);
	if (far.some((size) => size < 1) || spatial.some((size, k) => !transposed && size + 2 * pad[k] < extent[k])) {
		throw new EngineError({
			code: "shape-mismatch",
			layer,
			what: "kernel",
			expected: `at most ${shapeText(spatial.map((size, k) => size + 2 * pad[k]))}`,
			found: shapeText(extent),
		});
	}
	const window = transposed
		? { channels: outputs, image: far, out: spatial, kernel, stride, pad, dilation }
		: { channels, image: spatial, out: far, kernel, stride, pad, dilation };
	return { outer: countOf(bottom, 0, axis), group, window };
}
