import { choice, engineChoice, flag, integer, optionalInteger, type SettingsOf } from "../settings.ts";
import type { Shape } from "../shape.ts";

export const poolingSettings = {
	pool: choice(["MAX", "AVE", "STOCHASTIC"], "MAX"),
	pad: integer(0, { minimum: 0 }),
	pad_h: optionalInteger({ minimum: 0 }),
	pad_w: optionalInteger({ minimum: 0 }),
	kernel_size: optionalInteger({ minimum: 1 }),
	kernel_h: optionalInteger({ minimum: 1 }),
	kernel_w: optionalInteger({ minimum: 1 }),
	stride: integer(1, { minimum: 1 }),
	stride_h: optionalInteger({ minimum: 1 }),
	stride_w: optionalInteger({ minimum: 1 }),
	global_pooling: flag(false),
	round_mode: choice(["CEIL", "FLOOR"], "CEIL"),
	engine: engineChoice(),
};

export type PoolingSettings = SettingsOf<typeof poolingSettings>;

export interface PoolingAxis {
	readonly size: number;
	readonly out: number;
	readonly kernel: number;
	readonly stride: number;
	readonly pad: number;
}

function axisOf(s: PoolingSettings, which: "h" | "w", size: number): PoolingAxis {
	const kernel = s.global_pooling ? size : (s[`kernel_${which}`] ?? s.kernel_size ?? 0);
	const stride = s[`stride_${which}`] ?? s.stride;
	const pad = s[`pad_${which}`] ?? s.pad;
	const steps = (size + 2 * pad - kernel) / stride;
	const full = (s.round_mode === "CEIL" ? Math.ceil(steps) : Math.floor(steps)) + 1;
	const padded = (s.pad_h ?? s.pad) > 0 || (s.pad_w ?? s.pad) > 0;
	// A last window that would begin in the far padding is dropped.
	const out = padded && (full - 1) * stride >= size + pad ? full - 1 : full;
	return { size, out, kernel, stride, pad };
}

export interface PoolingAxes {
	readonly height: PoolingAxis;
	readonly width: PoolingAxis;
}

/** Both axes of a window over images `[N, C, H, W]`. */
export function poolingAxes(settings: PoolingSettings, shape: Shape): PoolingAxes {
	return { height: axisOf(settings, "h", shape[2]), width: axisOf(settings, "w", shape[3]) };
}

const firstOf = ({ stride, pad }: PoolingAxis, out: number) => out * stride - pad;

/** What lies under a window along one axis: from here … */
export const startOf = (axis: PoolingAxis, out: number) => Math.max(0, firstOf(axis, out));

/** … to before here. */
export const endOf = (axis: PoolingAxis, out: number) => Math.min(firstOf(axis, out) + axis.kernel, axis.size);

/** Elements that an average counts along an axis: the near padding and the far one do, what hangs over beyond does not. */
export const countedOf = (axis: PoolingAxis, out: number) =>
	Math.min(firstOf(axis, out) + axis.kernel, axis.size + axis.pad) - firstOf(axis, out);
