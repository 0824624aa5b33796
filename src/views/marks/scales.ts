/** Scales of the marks: symmetric about zero, absolute, pure. The legend states each clamp. */

export type Sign = "plus" | "minus" | "zero";

export function signOf(value: number): Sign {
	if (value > 0) return "plus";
	return value < 0 ? "minus" : "zero";
}

/** Symmetric logarithm with a linear zone of width `linear` about zero. */
export function symlog(value: number, linear = SYMLOG_LINEAR): number {
	return Math.asinh(value / linear);
}

export const SYMLOG_LINEAR = 0.01;

export const RIBBON = { factor: 5, maximum: 9 } as const;
export const MESSAGE = { factor: 1.4, minimum: 1, maximum: 7 } as const;
export const PENNANT = { factor: 6, minimum: 5, maximum: 30 } as const;
/** Half the diagonal of a diamond. */
export const DIAMOND = { minimum: 4, maximum: 13 } as const;
export const VALVE_FULL_GAP = 300;

/** Size above which a mark of `factor·asinh(|v|/linear)` no longer grows. */
export function symlogClamp(scale: { readonly factor: number; readonly maximum: number }): number {
	return SYMLOG_LINEAR * Math.sinh(scale.maximum / scale.factor);
}

/** |w| above which a ribbon no longer grows: (9/5)² = 3.24. */
export const RIBBON_CLAMP = (RIBBON.maximum / RIBBON.factor) ** 2;

/** Stroke width of a weight: 5·√|w|, at most 9 px. */
export function ribbonWidth(weight: number): number {
	return Math.min(RIBBON.maximum, RIBBON.factor * Math.sqrt(Math.abs(weight)));
}

/** Stroke width of a backward message: symlog, 1 … 7 px. */
export function messageWidth(message: number): number {
	return clamp(MESSAGE.factor * symlog(Math.abs(message)), MESSAGE.minimum, MESSAGE.maximum);
}

/** Height of a pennant's flag: symlog, 5 … 30 px. */
export function pennantHeight(delta: number): number {
	return clamp(PENNANT.factor * symlog(Math.abs(delta)), PENNANT.minimum, PENNANT.maximum);
}

/** Half the diagonal of a gradient's diamond; its *area* is linear in symlog|g|. */
export function diamondRadius(gradient: number): number {
	const largest = symlog(DIAMOND_CLAMP);
	return clamp(DIAMOND.maximum * Math.sqrt(symlog(Math.abs(gradient)) / largest), DIAMOND.minimum, DIAMOND.maximum);
}

/** |g| above which a diamond no longer grows. */
export const DIAMOND_CLAMP = 1;

/** Share of the hue in a value's tint: 0.08 … 0.54, and 0 for an exact zero. `maximum` is the layer's. */
export function tintShare(value: number, maximum: number): number {
	if (value === 0) return 0;
	const relative = maximum > 0 ? Math.min(1, Math.abs(value) / maximum) : 1;
	return 0.08 + 0.46 * relative;
}

/** Degrees of a valve's gap for a slope, and whether it lies beyond the stated maximum. */
export function valveGap(slope: number, maximumSlope: number): { readonly degrees: number; readonly clamped: boolean } {
	const share = maximumSlope > 0 ? Math.abs(slope) / maximumSlope : 0;
	return { degrees: VALVE_FULL_GAP * Math.min(1, share), clamped: share > 1 };
}

/** The least maximum of a symmetric axis over known values: the largest size among them, or `fallback` where all are 0. */
export function symmetricMaximum(values: Iterable<number>, fallback = 1): number {
	let maximum = 0;
	for (const value of values) if (Number.isFinite(value)) maximum = Math.max(maximum, Math.abs(value));
	return maximum === 0 ? fallback : maximum;
}

/** Pixels per unit so that `maximum` is `extent` pixels long on one side of zero. */
export function linearScale(maximum: number, extent: number): (value: number) => number {
	return (value) => (value / maximum) * extent;
}

export function clamp(value: number, minimum: number, maximum: number): number {
	return Math.min(maximum, Math.max(minimum, value));
}
