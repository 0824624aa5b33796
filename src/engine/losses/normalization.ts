import { optionalChoice, optionalFlag, optionalInteger } from "../settings.ts";

export const NORMALIZATIONS = ["FULL", "VALID", "BATCH_SIZE", "NONE"] as const;
export type Normalization = (typeof NORMALIZATIONS)[number];

/** Caffe's `loss_param`; whether a field is written matters for all three. */
export const lossSettings = {
	ignore_label: optionalInteger(),
	normalization: optionalChoice(NORMALIZATIONS),
	normalize: optionalFlag(),
};

interface WrittenNormalization {
	readonly normalization: Normalization | undefined;
	readonly normalize: boolean | undefined;
}

/** `normalization` wins; the older `normalize` counts only without it; else the layer's own default. */
export function normalizationInForce(written: WrittenNormalization, fallback: Normalization): Normalization {
	if (written.normalization !== undefined) return written.normalization;
	if (written.normalize !== undefined) return written.normalize ? "VALID" : "BATCH_SIZE";
	return fallback;
}

/** What the summed loss is divided by: never below 1. */
export function divisor(
	mode: Normalization,
	counts: { readonly full: number; readonly valid: number; readonly batch: number },
): number {
	switch (mode) {
		case "FULL":
			return Math.max(1, counts.full);
		case "VALID":
			return Math.max(1, counts.valid);
		case "BATCH_SIZE":
			return Math.max(1, counts.batch);
		case "NONE":
			return 1;
	}
}
