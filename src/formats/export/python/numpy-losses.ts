import { LOG_THRESHOLD } from "../../../engine/losses/multinomial-logistic-loss.ts";
import type { NetLayer } from "../../../engine/net.ts";
import { countOf } from "../../../engine/shape.ts";
import { classSizes, innerSetting, type LayerCode, type LayerWriter, type Lines } from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";
import { ignoredLabel, softmaxAxis } from "./losses.ts";

export interface LossWriter extends LayerWriter {
	readonly backward: (code: LayerCode) => Lines;
}

const samplesOf = ({ run }: NetLayer) => run.bottoms[0].shape[0] ?? 1;

/** ω, where it is not 1; the diff that a layer behind the loss hands back, where one reads it. */
function weighted({ layer: { lossWeights, diffComputed }, dy }: LayerCode): string {
	const [weight] = lossWeights;
	if (weight === 0 && diffComputed[0]) return ` * ${dy[0]}`;
	return weight === 1 ? "" : ` * ${pythonNumber(weight)}`;
}

const euclidean: LossWriter = {
	forward({ layer, x: [a, b], y: [loss] }) {
		return [`${loss} = np.sum((${a} - ${b}.reshape(${a}.shape)) ** 2) / (2.0 * ${samplesOf(layer)})`];
	},
	backward(code) {
		const {
			layer,
			x: [a, b],
			dx: [da, db],
		} = code;
		const scale = `${weighted(code)} / ${samplesOf(layer)}.0`;
		return [
			...(da === null ? [] : [`${da} = (${a} - ${b}.reshape(${a}.shape))${scale}`]),
			...(db === null ? [] : [`${db} = (${b} - ${a}.reshape(${b}.shape))${scale}`]),
		];
	},
};

/** Scores as outer × classes × inner with a mask of the label's place, whatever axis the classes stand on. */
function classLines(code: LayerCode) {
	const { layer } = code;
	const { axis, classes } = classSizes(layer.run.bottoms[0], softmaxAxis(layer));
	const { shape } = layer.run.bottoms[0];
	const places = [...shape.slice(0, axis), ...shape.slice(axis + 1)];
	const ignored = ignoredLabel(layer);
	const [y] = code.y;
	return {
		axis,
		lines: [
			`${y}_p = softmax(${code.x[0]}, ${axis})`,
			`${y}_label = np.trunc(${code.x[1]}).astype(int).reshape(${places.join(", ")})`,
			...(ignored === null ? [] : [`${y}_valid = ${y}_label != ${ignored}`]),
			`${y}_hot = np.moveaxis(np.eye(${classes})[${
				ignored === null ? `${y}_label` : `np.where(${y}_valid, ${y}_label, 0)`
			}]${ignored === null ? "" : ` * ${y}_valid[..., None]`}, -1, ${axis})`,
		],
		ignored,
		y,
	};
}

const softmaxWithLoss: LossWriter = {
	helpers: () => ["softmax"],
	forward(code) {
		const { lines, y } = classLines(code);
		return [
			...lines,
			`${y} = -np.sum(${y}_hot * np.log(np.maximum(${y}_p, 2.0 ** -126))) / ${code.recorded("divisor")}`,
			...(code.y[1] === undefined ? [] : [`${code.y[1]} = ${y}_p`]),
		];
	},
	backward(code) {
		const {
			layer,
			dx: [dx],
			y: [y],
		} = code;
		if (dx === null) return [];
		const { axis } = classSizes(layer.run.bottoms[0], softmaxAxis(layer));
		const error = `(${y}_p - ${y}_hot)`;
		const kept = ignoredLabel(layer) === null ? error : `${error} * np.expand_dims(${y}_valid, ${axis})`;
		return [`${dx} = ${kept}${weighted(code)} / ${code.recorded("divisor")}`];
	},
};

const sigmoidCrossEntropy: LossWriter = {
	helpers: () => ["sigmoid"],
	forward(code) {
		const {
			layer,
			x: [x, target],
			y: [y],
		} = code;
		const ignored = ignoredLabel(layer);
		const term = `(np.log(1.0 + np.exp(-np.abs(${x}))) - ${x} * (${y}_t - (${x} >= 0.0)))`;
		return [
			`${y}_t = ${target}.reshape(${x}.shape)`,
			...(ignored === null ? [] : [`${y}_valid = np.trunc(${y}_t) != ${ignored}`]),
			`${y}_p = sigmoid(${x})`,
			`${y} = np.sum(${ignored === null ? term : `np.where(${y}_valid, ${term}, 0.0)`}) / ${code.recorded("divisor")}`,
		];
	},
	backward(code) {
		const {
			layer,
			dx: [dx],
			y: [y],
		} = code;
		if (dx === null) return [];
		const error = `(${y}_p - ${y}_t)`;
		const kept = ignoredLabel(layer) === null ? error : `np.where(${y}_valid, ${error}, 0.0)`;
		return [`${dx} = ${kept}${weighted(code)} / ${code.recorded("divisor")}`];
	},
};

function labelledRows({ layer, x: [x, label], y: [y] }: LayerCode): Lines {
	const { shape } = layer.run.bottoms[0];
	return [
		`${y}_x = ${x}.reshape(${shape[0]}, ${countOf(shape, 1)})`,
		`${y}_hot = np.eye(${countOf(shape, 1)})[np.trunc(${label}).astype(int).reshape(-1)]`,
	];
}

const isSquared = (layer: NetLayer) => innerSetting(layer, "hinge_loss_param", "norm") === "L2";

const hinge: LossWriter = {
	forward(code) {
		const {
			layer,
			y: [y],
		} = code;
		return [
			...labelledRows(code),
			`${y}_sign = 1.0 - 2.0 * ${y}_hot`,
			`${y}_h = np.maximum(0.0, 1.0 + ${y}_sign * ${y}_x)`,
			`${y} = np.sum(${isSquared(layer) ? `${y}_h * ${y}_h` : `${y}_h`}) / ${samplesOf(layer)}.0`,
		];
	},
	backward(code) {
		const {
			layer,
			dx: [dx],
			x: [x],
			y: [y],
		} = code;
		if (dx === null) return [];
		const pull = isSquared(layer) ? `2.0 * ${y}_h` : `np.sign(${y}_h)`;
		return [`${dx} = (${y}_sign * ${pull}${weighted(code)} / ${samplesOf(layer)}.0).reshape(${x}.shape)`];
	},
};

const multinomial: LossWriter = {
	forward(code) {
		const {
			layer,
			y: [y],
		} = code;
		return [
			...labelledRows(code),
			`${y}_clamped = np.maximum(${y}_x, ${pythonNumber(LOG_THRESHOLD)})`,
			`${y} = -np.sum(${y}_hot * np.log(${y}_clamped)) / ${samplesOf(layer)}.0`,
		];
	},
	backward(code) {
		const {
			layer,
			dx: [dx],
			x: [x],
			y: [y],
		} = code;
		if (dx === null) return [];
		return [`${dx} = (-${y}_hot / ${y}_clamped${weighted(code)} / ${samplesOf(layer)}.0).reshape(${x}.shape)`];
	},
};

export const numpyLosses: Readonly<Record<string, LossWriter>> = {
	EuclideanLoss: euclidean,
	SoftmaxWithLoss: softmaxWithLoss,
	SigmoidCrossEntropyLoss: sigmoidCrossEntropy,
	HingeLoss: hinge,
	MultinomialLogisticLoss: multinomial,
};
