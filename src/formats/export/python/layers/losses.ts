import { LOG_THRESHOLD } from "../../../../engine/losses/multinomial-logistic-loss.ts";
import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { classSizes, innerSetting, type LayerWriter, someValue } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";
import {
	classAxis,
	ignoredLabel,
	labelled,
	labelledRows,
	labelNames,
	samplesOf,
	softmaxLines,
	weighted,
} from "./loss-parts.ts";

export const euclidean: LayerWriter = {
	forward: ({ layer, library, x: [a, b], y: [loss] }) => [
		`${loss} = ${library.name}.sum((${a} - ${b}.reshape(${a}.shape)) ** 2) / (2.0 * ${samplesOf(layer)})`,
	],
	backward(code) {
		const {
			layer,
			x: [a, b],
			dx: [da, db],
		} = code;
		const scale = `${weighted(code)} / ${samplesOf(layer)}`;
		return [
			...(da === null ? [] : [`${da} = (${a} - ${b}.reshape(${a}.shape))${scale}`]),
			...(db === null ? [] : [`${db} = (${b} - ${a}.reshape(${b}.shape))${scale}`]),
		];
	},
};

/** Below this, the smallest normal float, Caffe clamps a probability before its logarithm. */
const SMALLEST_PROBABILITY = 2 ** -126;

export const softmaxWithLoss: LayerWriter = {
	helpers: ["softmax"],
	forward(code) {
		const { library, y } = code;
		const { hot, p } = labelNames(code);
		const clamped = library.atLeast(p, "2.0 ** -126");
		return [
			...softmaxLines(code),
			`${y[0]} = -${library.name}.sum(${hot} * ${library.name}.log(${clamped})) / ${code.recorded("divisor")}`,
			...(y[1] === undefined ? [] : [`${y[1]} = ${library.constant(p)}`]),
		];
	},
	backward(code) {
		const { layer, dx } = code;
		if (dx[0] === null) return [];
		const { axis } = classSizes(layer.run.bottoms[0], classAxis(layer));
		const { hot, p, valid } = labelNames(code);
		const kept = ignoredLabel(layer) === null ? "" : ` * np.expand_dims(${valid}, ${axis})`;
		return [`${dx[0]} = (${p} - ${hot})${kept}${weighted(code)} / ${code.recorded("divisor")}`];
	},
	inexact: (layer, { x: [, labels], internals: { probability } }) =>
		labelled(layer, labels).some((at) => probability[at] <= SMALLEST_PROBABILITY) ? "clamp" : null,
};

export const infogain: LayerWriter = {
	helpers: ["softmax"],
	forward(code) {
		const { layer, library, x, y } = code;
		const { axis, classes } = classSizes(layer.run.bottoms[0], classAxis(layer));
		const { hot, p } = labelNames(code);
		const gain = code.own("gain");
		const rows = `${library.name}.moveaxis(${hot}, ${axis}, -1) @ ${x[2]}.reshape(${classes}, ${classes})`;
		const logarithm = `${library.name}.log(${library.atLeast(p, pythonNumber(LOG_THRESHOLD))})`;
		return [
			...softmaxLines(code),
			`${gain} = ${library.name}.moveaxis(${rows}, -1, ${axis})`,
			`${y[0]} = -${library.name}.sum(${gain} * ${logarithm}) / ${code.recorded("divisor")}`,
			...(y[1] === undefined ? [] : [`${y[1]} = ${library.constant(p)}`]),
		];
	},
	backward(code) {
		const { layer, dx } = code;
		if (dx[0] === null) return [];
		const { axis } = classSizes(layer.run.bottoms[0], classAxis(layer));
		const gain = code.own("gain");
		const error = `(${labelNames(code).p} * ${gain}.sum(axis=${axis}, keepdims=True) - ${gain})`;
		return [`${dx[0]} = ${error}${weighted(code)} / ${code.recorded("divisor")}`];
	},
	inexact: (_layer, { internals: { probability } }) =>
		someValue(probability, (p) => p <= LOG_THRESHOLD) ? "clamp" : null,
};

export const sigmoidCrossEntropy: LayerWriter = {
	helpers: ["sigmoid"],
	forward(code) {
		const { layer, library, x, y } = code;
		const ignored = ignoredLabel(layer);
		const target = code.own("target");
		const term = `(np.log(1.0 + np.exp(-np.abs(${x[0]}))) - ${x[0]} * (${target} - (${x[0]} >= 0.0)))`;
		const torchTerm = `F.binary_cross_entropy_with_logits(${x[0]}, ${target}, reduction="none")`;
		const terms = library.name === "torch" ? torchTerm : term;
		const valid = code.own("valid");
		return [
			`${target} = ${x[1]}.reshape(${x[0]}.shape)`,
			...(ignored === null
				? []
				: [`${valid} = ${library.numbers(`(${library.name}.trunc(${target}) != ${ignored})`)}`]),
			`${y[0]} = ${library.name}.sum(${terms}${ignored === null ? "" : ` * ${valid}`}) / ${code.recorded("divisor")}`,
		];
	},
	backward(code) {
		const { layer, x, dx } = code;
		if (dx[0] === null) return [];
		const kept = ignoredLabel(layer) === null ? "" : ` * ${code.own("valid")}`;
		const error = `(sigmoid(${x[0]}) - ${code.own("target")})`;
		return [`${dx[0]} = ${error}${kept}${weighted(code)} / ${code.recorded("divisor")}`];
	},
};

const isSquared = (layer: NetLayer) => innerSetting(layer, "hinge_loss_param", "norm") === "L2";

export const hinge: LayerWriter = {
	forward(code) {
		const { layer, library, y } = code;
		const h = code.own("h");
		const margin = `1.0 + (1.0 - 2.0 * ${code.own("hot")}) * ${code.own("x")}`;
		return [
			...labelledRows(code),
			`${h} = ${library.atLeast(margin, "0.0")}`,
			`${y[0]} = ${library.name}.sum(${isSquared(layer) ? `${h} * ${h}` : h}) / ${samplesOf(layer)}`,
		];
	},
	backward(code) {
		const { layer, dx, x } = code;
		if (dx[0] === null) return [];
		const h = code.own("h");
		const pull = isSquared(layer) ? `2.0 * ${h}` : `np.sign(${h})`;
		const signed = `(1.0 - 2.0 * ${code.own("hot")}) * ${pull}`;
		return [`${dx[0]} = (${signed}${weighted(code)} / ${samplesOf(layer)}).reshape(${x[0]}.shape)`];
	},
	inexact(layer, { x: [x, labels] }) {
		const classes = countOf(layer.run.bottoms[0].shape, 1);
		const isAtKink = someValue(x, (value, place) => {
			const isLabel = place % classes === Math.trunc(labels[Math.floor(place / classes)]);
			return 1 + (isLabel ? -value : value) === 0;
		});
		return !isSquared(layer) && isAtKink ? "kink" : null;
	},
};

export const multinomial: LayerWriter = {
	forward(code) {
		const { layer, library, y } = code;
		const clamped = code.own("clamped");
		return [
			...labelledRows(code),
			`${clamped} = ${library.atLeast(code.own("x"), pythonNumber(LOG_THRESHOLD))}`,
			`${y[0]} = -${library.name}.sum(${code.own("hot")} * ${library.name}.log(${clamped})) / ${samplesOf(layer)}`,
		];
	},
	backward(code) {
		const { layer, dx, x } = code;
		if (dx[0] === null) return [];
		const slope = `-${code.own("hot")} / ${code.own("clamped")}`;
		return [`${dx[0]} = (${slope}${weighted(code)} / ${samplesOf(layer)}).reshape(${x[0]}.shape)`];
	},
	inexact(layer, { x: [x, labels] }) {
		const classes = countOf(layer.run.bottoms[0].shape, 1);
		const isClamped = someValue(labels, (label, row) => x[row * classes + Math.trunc(label)] <= LOG_THRESHOLD);
		return isClamped ? "clamp" : null;
	},
};
