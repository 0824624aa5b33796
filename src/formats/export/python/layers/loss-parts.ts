import {
	divisor,
	NORMALIZATIONS,
	type Normalization,
	normalizationInForce,
} from "../../../../engine/losses/normalization.ts";
import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { classSizes, innerSetting, type LayerCode, type Lines, numberSetting } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";

/** Which message of a layer's settings says where the classes stand. */
const AXIS_IN: Readonly<Record<string, string>> = {
	SoftmaxWithLoss: "softmax_param",
	InfogainLoss: "infogain_loss_param",
};

export function classAxis(layer: NetLayer): number {
	const message = AXIS_IN[layer.type];
	if (message === undefined) return numberSetting(layer, "axis");
	const axis = innerSetting(layer, message, "axis");
	return typeof axis === "number" ? axis : 1;
}

export function ignoredLabel(layer: NetLayer): number | null {
	const ignored = innerSetting(layer, "loss_param", "ignore_label") ?? layer.run.settings.ignore_label;
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
export function fusedDivisor(layer: NetLayer, labels: ArrayLike<number>): number {
	const [scores] = layer.run.bottoms;
	const ignored = ignoredLabel(layer);
	const valid = Array.from(labels).filter((label) => ignored === null || Math.trunc(label) !== ignored).length;
	if (layer.type === "SigmoidCrossEntropyLoss") {
		const counts = { full: scores.count, valid, batch: scores.shape[0] ?? 1 };
		return divisor(normalizationOf(layer, "BATCH_SIZE"), counts);
	}
	const { outer, inner } = classSizes(scores, classAxis(layer));
	return divisor(normalizationOf(layer, "VALID"), { full: outer * inner, valid, batch: outer });
}

/** ω, where it is not 1; the diff that a layer behind the loss hands back, where one reads it. */
export function weighted({ layer: { lossWeights, diffComputed }, dy }: LayerCode): string {
	const [weight] = lossWeights;
	if (weight === 0 && diffComputed[0]) return ` * ${dy[0]}`;
	return weight === 1 ? "" : ` * ${pythonNumber(weight)}`;
}

/** The samples that the older losses divide by. */
export const samplesOf = ({ run }: NetLayer) => pythonNumber(run.bottoms[0].shape[0] ?? 1);

/** Labels of all positions as indices, which of them count, and rows of 0 and 1 along the classes' axis. */
export function labelNames(code: LayerCode) {
	return { labels: code.own("label"), valid: code.own("valid"), hot: code.own("hot"), p: code.own("p") };
}

/** Softmax and labels; where a label is ignored its row is 0. */
export function softmaxLines(code: LayerCode): Lines {
	const { layer, library, x } = code;
	const { axis, classes } = classSizes(layer.run.bottoms[0], classAxis(layer));
	const { shape } = layer.run.bottoms[0];
	const places = [...shape.slice(0, axis), ...shape.slice(axis + 1)];
	const ignored = ignoredLabel(layer);
	const { labels, valid, hot, p } = labelNames(code);
	const counted = `${library.name}.where(${valid}, ${labels}, ${library.name}.zeros_like(${labels}))`;
	const rows = library.oneHot(ignored === null ? labels : counted, classes);
	return [
		`${p} = ${library.softmax(x[0], axis)}`,
		`${labels} = ${library.whole(x[1])}.reshape(${places.join(", ") || "()"})`,
		...(ignored === null ? [] : [`${valid} = ${labels} != ${ignored}`]),
		`${hot} = ${library.name}.moveaxis(${rows}${ignored === null ? "" : ` * ${valid}[..., None]`}, -1, ${axis})`,
	];
}

/** Where the labels stand in the scores, ignored ones left out. */
export function labelled(layer: NetLayer, labels: ArrayLike<number>): readonly number[] {
	const { classes, inner } = classSizes(layer.run.bottoms[0], classAxis(layer));
	const ignored = ignoredLabel(layer);
	return Array.from(labels, Math.trunc).flatMap((label, place) =>
		label === ignored ? [] : [(Math.floor(place / inner) * classes + label) * inner + (place % inner)],
	);
}

/** Scores as samples × classes, and a row of 0 and 1 for each label. */
export function labelledRows(code: LayerCode): Lines {
	const { layer, library, x } = code;
	const { shape } = layer.run.bottoms[0];
	const classes = countOf(shape, 1);
	return [
		`${code.own("x")} = ${x[0]}.reshape(${shape[0]}, ${classes})`,
		`${code.own("hot")} = ${library.oneHot(`${library.whole(x[1])}.reshape(-1)`, classes)}`,
	];
}
