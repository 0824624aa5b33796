import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import {
	axisSetting,
	type LayerCode,
	type LayerWriter,
	type Lines,
	present,
	reshaped,
	shapeOf,
} from "../layer-code.ts";

/** Coefficients of Scale and Bias: where they lie over the bottom. */
function placed(layer: NetLayer) {
	const [bottom, given] = layer.run.bottoms;
	const { shape } = given ?? layer.run.parameters[0];
	const first = shape.length === 0 ? 0 : axisSetting(layer);
	const rest = bottom.shape.length - first - shape.length;
	return { shape, first, rest, bottom: bottom.shape, given: given !== undefined };
}

/** A coefficient array with axes of size 1 behind it, so that it lies over the bottom. */
function over(layer: NetLayer, name: string): string {
	const { shape, rest } = placed(layer);
	return reshaped(name, shape, [...shape, ...Array.from({ length: rest }, () => 1)]);
}

/** The sum over all axes but the coefficients' own. */
function gathered(layer: NetLayer, product: string): string {
	const { shape, first, bottom } = placed(layer);
	const axes = bottom.map((_, axis) => axis).filter((axis) => axis < first || axis >= first + shape.length);
	const whole = product.includes(" ") ? `(${product})` : product;
	return axes.length === 0 ? product : `${whole}.sum(axis=${shapeOf(axes)})`;
}

/** Where the gradient of the coefficients goes: to a parameter, or to the second bottom. */
function coefficientGradient(code: LayerCode, product: string): string | null {
	const sum = gathered(code.layer, product);
	if (!placed(code.layer).given) return code.accumulate(0, sum);
	return code.dx[1] === null ? null : `${code.dx[1]} = ${sum}`;
}

const coefficients = ({ layer, x, w }: LayerCode) => over(layer, placed(layer).given ? x[1] : w[0]);

export const bias: LayerWriter = {
	parameterNames: () => ["b"],
	forward: (code) => [`${code.y[0]} = ${code.x[0]} + ${coefficients(code)}`],
	backward: (code) =>
		present([coefficientGradient(code, `${code.dy[0]}`), code.dx[0] === null ? null : `${code.dx[0]} = ${code.dy[0]}`]),
};

const hasBias = ({ run: { settings } }: NetLayer) => settings.bias_term === true;
const biasSlot = ({ run: { parameters } }: NetLayer) => parameters.length - 1;

export const scale: LayerWriter = {
	forward(code) {
		const { layer, w } = code;
		const scaled = `${code.x[0]} * ${coefficients(code)}`;
		return [`${code.y[0]} = ${hasBias(layer) ? `${scaled} + ${over(layer, w[biasSlot(layer)])}` : scaled}`];
	},
	backward(code): Lines {
		const {
			layer,
			x: [x],
			dx: [dx],
			dy: [dy],
		} = code;
		return present([
			hasBias(layer) ? code.accumulate(biasSlot(layer), gathered(layer, `${dy}`)) : null,
			coefficientGradient(code, `${dy} * ${x}`),
			dx === null ? null : `${dx} = ${dy} * ${coefficients(code)}`,
		]);
	},
	/** Where one row only is summed, Caffe's product goes straight into the gradient. */
	overwrites(layer) {
		const { shape, first, bottom, given } = placed(layer);
		const outer = countOf(bottom, 0, first);
		const inner = countOf(bottom, first + shape.length);
		return !given && outer === 1 && (countOf(shape) > 1 || inner === 1) ? [0] : [];
	},
};
