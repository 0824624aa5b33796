import { LOG_THRESHOLD } from "../../../engine/losses/multinomial-logistic-loss.ts";
import type { NetLayer } from "../../../engine/net.ts";
import { countOf } from "../../../engine/shape.ts";
import { classSizes, innerSetting, type LayerCode } from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";
import { ignoredLabel, softmaxAxis } from "./losses.ts";
import type { TorchWriter } from "./torch-layers.ts";

const samplesOf = ({ run }: NetLayer) => run.bottoms[0].shape[0] ?? 1;

/** Below this, the smallest normal float, Caffe clamps a probability before its logarithm. */
const SMALLEST_PROBABILITY = 2 ** -126;

const euclidean: TorchWriter = {
	forward: ({ layer, x: [a, b], y: [loss] }) => [
		`${loss} = torch.sum((${a} - ${b}.reshape(${a}.shape)) ** 2) / (2.0 * ${samplesOf(layer)})`,
	],
};

/** The elements of the scores that a label asks for. */
function labelled(layer: NetLayer, labels: ArrayLike<number>): readonly number[] {
	const { classes, inner } = classSizes(layer.run.bottoms[0], softmaxAxis(layer));
	const ignored = ignoredLabel(layer);
	return Array.from(labels, Math.trunc).flatMap((label, place) =>
		label === ignored ? [] : [(Math.floor(place / inner) * classes + label) * inner + (place % inner)],
	);
}

const softmaxWithLoss: TorchWriter = {
	forward(code) {
		const {
			layer,
			x: [x, label],
			y: [y, copy],
		} = code;
		const { axis, classes } = classSizes(layer.run.bottoms[0], softmaxAxis(layer));
		const { shape } = layer.run.bottoms[0];
		const places = [...shape.slice(0, axis), ...shape.slice(axis + 1)].join(", ");
		const ignored = ignoredLabel(layer);
		const hot = ignored === null ? `${y}_label` : `torch.where(${y}_valid, ${y}_label, torch.zeros_like(${y}_label))`;
		const mask = ignored === null ? "" : ` * ${y}_valid[..., None]`;
		return [
			`${y}_p = torch.softmax(${x}, ${axis})`,
			`${y}_label = torch.trunc(${label}).to(torch.int64).reshape(${places})`,
			...(ignored === null ? [] : [`${y}_valid = ${y}_label != ${ignored}`]),
			`${y}_hot = (F.one_hot(${hot}, ${classes})${mask}).to(torch.float64).movedim(-1, ${axis})`,
			`${y} = -torch.sum(${y}_hot * torch.log(torch.clamp(${y}_p, min=2.0 ** -126))) / ${code.recorded("divisor")}`,
			...(copy === undefined ? [] : [`${copy} = ${y}_p.detach()`]),
		];
	},
	inexact(layer, { x: [, labels], internals: { probability } }) {
		return labelled(layer, labels).some((at) => probability[at] <= SMALLEST_PROBABILITY) ? "clamp" : null;
	},
};

const sigmoidCrossEntropy: TorchWriter = {
	forward(code) {
		const {
			layer,
			x: [x, target],
			y: [y],
		} = code;
		const ignored = ignoredLabel(layer);
		const terms = `F.binary_cross_entropy_with_logits(${x}, ${y}_t, reduction="none")`;
		const kept = ignored === null ? terms : `${terms} * (torch.trunc(${y}_t) != ${ignored})`;
		return [`${y}_t = ${target}.reshape(${x}.shape)`, `${y} = torch.sum(${kept}) / ${code.recorded("divisor")}`];
	},
};

function labelledRows({ layer, x: [x, label], y: [y] }: LayerCode): readonly string[] {
	const { shape } = layer.run.bottoms[0];
	const classes = countOf(shape, 1);
	return [
		`${y}_x = ${x}.reshape(${shape[0]}, ${classes})`,
		`${y}_hot = F.one_hot(torch.trunc(${label}).to(torch.int64).reshape(-1), ${classes}).to(torch.float64)`,
	];
}

const hinge: TorchWriter = {
	forward(code) {
		const {
			layer,
			y: [y],
		} = code;
		const squared = innerSetting(layer, "hinge_loss_param", "norm") === "L2";
		return [
			...labelledRows(code),
			`${y}_h = torch.relu(1.0 + (1.0 - 2.0 * ${y}_hot) * ${y}_x)`,
			`${y} = torch.sum(${squared ? `${y}_h * ${y}_h` : `${y}_h`}) / ${samplesOf(layer)}.0`,
		];
	},
	inexact(layer, { x: [x, labels] }) {
		const classes = countOf(layer.run.bottoms[0].shape, 1);
		const isAtKink = Array.from(x).some((value, place) => {
			const isLabel = place % classes === Math.trunc(labels[Math.floor(place / classes)]);
			return 1 + (isLabel ? -value : value) === 0;
		});
		return innerSetting(layer, "hinge_loss_param", "norm") !== "L2" && isAtKink ? "kink" : null;
	},
};

const multinomial: TorchWriter = {
	forward(code) {
		const {
			layer,
			y: [y],
		} = code;
		return [
			...labelledRows(code),
			`${y} = -torch.sum(${y}_hot * torch.log(torch.clamp(${y}_x, min=${pythonNumber(LOG_THRESHOLD)}))) / ${samplesOf(layer)}.0`,
		];
	},
	inexact(layer, { x: [x, labels] }) {
		const classes = countOf(layer.run.bottoms[0].shape, 1);
		return Array.from(labels).some((label, row) => x[row * classes + Math.trunc(label)] <= LOG_THRESHOLD)
			? "clamp"
			: null;
	},
};

export const torchLosses: Readonly<Record<string, TorchWriter>> = {
	EuclideanLoss: euclidean,
	SoftmaxWithLoss: softmaxWithLoss,
	SigmoidCrossEntropyLoss: sigmoidCrossEntropy,
	HingeLoss: hinge,
	MultinomialLogisticLoss: multinomial,
};
