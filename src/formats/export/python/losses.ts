import {
	divisor,
	NORMALIZATIONS,
	type Normalization,
	normalizationInForce,
} from "../../../engine/losses/normalization.ts";
import type { NetLayer } from "../../../engine/net.ts";
import { classSizes, innerSetting, numberSetting } from "./layer-code.ts";

/** Labels or targets of the pass that a script computes. */
export type Values = ArrayLike<number>;

export function softmaxAxis(layer: NetLayer): number {
	if (layer.type !== "SoftmaxWithLoss") return numberSetting(layer, "axis");
	const axis = innerSetting(layer, "softmax_param", "axis");
	return typeof axis === "number" ? axis : 1;
}

export function ignoredLabel(layer: NetLayer): number | null {
	const ignored = innerSetting(layer, "loss_param", "ignore_label");
	return typeof ignored === "number" ? ignored : null;
}

function normalizationOf(layer: NetLayer, fallback: Normalization): Normalization {
	const mode = innerSetting(layer, "loss_param", "normalization");
	const flag = innerSetting(layer, "loss_param", "normalize");
	return normalizationInForce(
		{
			normalization: NORMALIZATIONS.find((candidate) => candidate === mode),
			normalize: typeof flag === "boolean" ? flag : undefined,
		},
		fallback,
	);
}

/** What a fused loss is divided by, as its own settings say, for the labels of a pass. */
export function fusedDivisor(layer: NetLayer, labels: Values): number {
	const [scores] = layer.run.bottoms;
	const ignored = ignoredLabel(layer);
	const valid = Array.from(labels).filter((label) => ignored === null || Math.trunc(label) !== ignored).length;
	if (layer.type === "SigmoidCrossEntropyLoss") {
		const counts = { full: scores.count, valid, batch: scores.shape[0] ?? 1 };
		return divisor(normalizationOf(layer, "BATCH_SIZE"), counts);
	}
	const { outer, inner } = classSizes(scores, softmaxAxis(layer));
	return divisor(normalizationOf(layer, "VALID"), { full: outer * inner, valid, batch: outer });
}
