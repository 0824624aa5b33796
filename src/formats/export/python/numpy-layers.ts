import type { NetLayer } from "../../../engine/net.ts";
import {
	classSizes,
	denseSizes,
	type LayerCode,
	type LayerWriter,
	type Lines,
	numberSetting,
	present,
	reshaped,
	shapeOf,
} from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";
import { numpyLosses } from "./numpy-losses.ts";
import { numpyWindows } from "./numpy-windows.ts";

export interface NumpyWriter extends LayerWriter {
	/** Diffs of the bottoms and gradients of the parameters, as Caffe computes them. */
	readonly backward: (code: LayerCode) => Lines;
}

const innerProduct: NumpyWriter = {
	forward({ layer, x: [x], y: [y], w: [weight, bias] }) {
		const { rows, inputs, transposed } = denseSizes(layer);
		const { bottoms, tops } = layer.run;
		const matrix = reshaped(x, bottoms[0].shape, [rows, inputs]);
		const product = `${matrix} @ ${transposed ? weight : `${weight}.T`}`;
		const sum = bias === undefined ? product : `${product} + ${bias}`;
		const flat = tops[0].shape.length === 2;
		return [`${y} = ${flat ? sum : `(${sum}).reshape(${tops[0].shape.join(", ")})`}`];
	},
	backward(code) {
		const {
			layer,
			x: [x],
			dx: [dx],
			dy: [dy],
			w: [weight],
		} = code;
		const { rows, inputs, outputs, transposed } = denseSizes(layer);
		const { bottoms, tops } = layer.run;
		const input = reshaped(x, bottoms[0].shape, [rows, inputs]);
		const delta = reshaped(dy ?? "", tops[0].shape, [rows, outputs]);
		const pulled = `${delta} @ ${transposed ? `${weight}.T` : weight}`;
		return present([
			code.accumulate(0, transposed ? `${input}.T @ ${delta}` : `${delta}.T @ ${input}`),
			layer.parameters.length > 1 ? code.accumulate(1, `${delta}.sum(axis=0)`) : null,
			dx === null
				? null
				: `${dx} = ${bottoms[0].shape.length === 2 ? pulled : `(${pulled}).reshape(${bottoms[0].shape.join(", ")})`}`,
		]);
	},
};

/** y = f(x), dx = dy · f′: `slope` over what backward finds. */
function elementwise(
	value: (x: string, layer: NetLayer) => string,
	slope: (x: string, y: string, layer: NetLayer) => string,
): NumpyWriter {
	return {
		forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${value(x, layer)}`],
		backward: ({ layer, xBack: [x], y: [y], dx: [dx], dy: [dy] }) =>
			dx === null || dy === null ? [] : [`${dx} = ${dy} * ${slope(x, y, layer)}`],
	};
}

const setting = (layer: NetLayer, name: string) => pythonNumber(numberSetting(layer, name));

const relu: NumpyWriter = elementwise(
	(x, layer) => {
		const slope = numberSetting(layer, "negative_slope");
		const positive = `np.maximum(${x}, 0.0)`;
		return slope === 0 ? positive : `${positive} + ${pythonNumber(slope)} * np.minimum(${x}, 0.0)`;
	},
	(x, _y, layer) => `np.where(${x} > 0.0, 1.0, ${setting(layer, "negative_slope")})`,
);

const elu: NumpyWriter = elementwise(
	(x, layer) => `np.where(${x} > 0.0, ${x}, ${setting(layer, "alpha")} * (np.exp(np.minimum(${x}, 0.0)) - 1.0))`,
	(x, y, layer) => `np.where(${x} > 0.0, 1.0, ${setting(layer, "alpha")} + ${y})`,
);

const clip: NumpyWriter = elementwise(
	(x, layer) => `np.clip(${x}, ${setting(layer, "min")}, ${setting(layer, "max")})`,
	(x, _y, layer) => `np.where((${x} >= ${setting(layer, "min")}) & (${x} <= ${setting(layer, "max")}), 1.0, 0.0)`,
);

const bnll: NumpyWriter = elementwise(
	(x) => `np.maximum(${x}, 0.0) + np.log(1.0 + np.exp(-np.abs(${x})))`,
	(x) => `np.exp(np.minimum(${x}, 50.0)) / (np.exp(np.minimum(${x}, 50.0)) + 1.0)`,
);

const swish: NumpyWriter = {
	helpers: () => ["sigmoid"],
	forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${x} * sigmoid(${setting(layer, "beta")} * ${x})`],
	backward({ layer, x: [x], y: [y], dx: [dx], dy: [dy] }) {
		if (dx === null || dy === null) return [];
		const beta = setting(layer, "beta");
		return [`${dx} = ${dy} * (${beta} * ${y} + sigmoid(${beta} * ${x}) * (1.0 - ${beta} * ${y}))`];
	},
};

const softmax: NumpyWriter = {
	helpers: () => ["softmax"],
	forward({ layer, x: [x], y: [y] }) {
		return [`${y} = softmax(${x}, ${classSizes(layer.run.bottoms[0], numberSetting(layer, "axis")).axis})`];
	},
	backward({ layer, y: [y], dx: [dx], dy: [dy] }) {
		if (dx === null || dy === null) return [];
		const { axis } = classSizes(layer.run.bottoms[0], numberSetting(layer, "axis"));
		return [`${dx} = ${y} * (${dy} - (${dy} * ${y}).sum(axis=${axis}, keepdims=True))`];
	},
};

const dropout: NumpyWriter = {
	forward(code) {
		const {
			layer,
			x: [x],
			y: [y],
		} = code;
		if (layer.run.phase === "TEST") return [`${y} = ${x}`];
		return [`${y} = ${x} * ${code.recorded("mask")} * ${keptScale(layer)}`];
	},
	backward(code) {
		const {
			layer,
			dx: [dx],
			dy: [dy],
		} = code;
		if (dx === null || dy === null) return [];
		return [
			layer.run.phase === "TEST" ? `${dx} = ${dy}` : `${dx} = ${dy} * ${code.recorded("mask")} * ${keptScale(layer)}`,
		];
	},
};

const keptScale = (layer: NetLayer) => pythonNumber(1 / (1 - numberSetting(layer, "dropout_ratio")));

const reshape: NumpyWriter = {
	forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${x}.reshape(${shapeOf(layer.run.tops[0].shape)})`],
	backward: ({ layer, dx: [dx], dy: [dy] }) =>
		dx === null || dy === null ? [] : [`${dx} = ${dy}.reshape(${shapeOf(layer.run.bottoms[0].shape)})`],
};

const split: NumpyWriter = {
	forward: ({ x: [x], y }) => y.map((top) => `${top} = ${x}`),
	backward({ dx: [dx], dy }) {
		const arrived = dy.filter((diff) => diff !== null);
		return dx === null || arrived.length === 0 ? [] : [`${dx} = ${arrived.join(" + ")}`];
	},
};

const silence: NumpyWriter = { forward: () => [], backward: () => [] };

/** The axis along which the bottoms differ; the channels where they are alike. */
function concatAxis({ run: { settings, bottoms } }: NetLayer): number {
	const written = typeof settings.concat_dim === "number" ? settings.concat_dim : Number(settings.axis);
	return written < 0 ? written + bottoms[0].shape.length : written;
}

const concat: NumpyWriter = {
	forward: ({ layer, x, y: [y] }) => [`${y} = np.concatenate([${x.join(", ")}], axis=${concatAxis(layer)})`],
	backward({ layer, dx, dy: [dy] }) {
		if (dy === null) return [];
		const axis = concatAxis(layer);
		let start = 0;
		return dx.flatMap((name, bottom) => {
			const from = start;
			start += layer.run.bottoms[bottom].shape[axis];
			return name === null ? [] : [`${name} = ${dy}[${":, ".repeat(axis)}${from}:${start}]`];
		});
	},
};

const coefficients = ({ run: { settings, bottoms } }: NetLayer): readonly number[] =>
	bottoms.map((_, k) =>
		Array.isArray(settings.coeff) && typeof settings.coeff[k] === "number" ? settings.coeff[k] : 1,
	);

const eltwise: NumpyWriter = {
	supports: ({ run }) => run.settings.operation === "SUM",
	forward: ({ layer, x, y: [y] }) => [
		`${y} = ${x.map((name, k) => `${pythonNumber(coefficients(layer)[k])} * ${name}`).join(" + ")}`,
	],
	backward: ({ layer, dx, dy: [dy] }) =>
		dx.flatMap((name, k) =>
			name === null || dy === null ? [] : [`${name} = ${pythonNumber(coefficients(layer)[k])} * ${dy}`],
		),
};

/** Every layer type that the NumPy script computes by itself. Adding one is its writer and a line here. */
export const numpyWriters: Readonly<Record<string, NumpyWriter>> = {
	InnerProduct: innerProduct,
	Sigmoid: {
		helpers: () => ["sigmoid"],
		...elementwise(
			(x) => `sigmoid(${x})`,
			(_x, y) => `${y} * (1.0 - ${y})`,
		),
	},
	TanH: elementwise(
		(x) => `np.tanh(${x})`,
		(_x, y) => `(1.0 - ${y} * ${y})`,
	),
	ReLU: relu,
	ELU: elu,
	Clip: clip,
	BNLL: bnll,
	AbsVal: elementwise(
		(x) => `np.abs(${x})`,
		(x) => `np.sign(${x})`,
	),
	Swish: swish,
	Softmax: softmax,
	Dropout: dropout,
	Flatten: reshape,
	Reshape: reshape,
	Split: split,
	Silence: silence,
	Concat: concat,
	Eltwise: eltwise,
	...numpyLosses,
	...numpyWindows,
};

/** Functions that layers call, defined once at the top of the script. */
export const numpyHelpers: Readonly<Record<string, Lines>> = {
	sigmoid: ["def sigmoid(x):", "    return 0.5 * np.tanh(0.5 * x) + 0.5"],
	softmax: [
		"def softmax(x, axis):",
		"    e = np.exp(x - x.max(axis=axis, keepdims=True))",
		"    return e / e.sum(axis=axis, keepdims=True)",
	],
	im2col: [
		"def im2col(x, kernel, stride, pad, dilation):",
		"    n, c, h, w = x.shape",
		"    x = np.pad(x, ((0, 0), (0, 0), (pad[0], pad[0]), (pad[1], pad[1])))",
		"    out = [(x.shape[2 + k] - (dilation[k] * (kernel[k] - 1) + 1)) // stride[k] + 1 for k in range(2)]",
		"    columns = np.empty((n, c, kernel[0], kernel[1], out[0], out[1]))",
		"    for i in range(kernel[0]):",
		"        for j in range(kernel[1]):",
		"            top, left = i * dilation[0], j * dilation[1]",
		"            columns[:, :, i, j] = x[:, :, top:top + stride[0] * out[0]:stride[0], left:left + stride[1] * out[1]:stride[1]]",
		"    return columns.reshape(n, c * kernel[0] * kernel[1], out[0] * out[1])",
	],
	col2im: [
		"def col2im(columns, shape, kernel, stride, pad, dilation):",
		"    n, c, h, w = shape",
		"    x = np.zeros((n, c, h + 2 * pad[0], w + 2 * pad[1]))",
		"    out = [(x.shape[2 + k] - (dilation[k] * (kernel[k] - 1) + 1)) // stride[k] + 1 for k in range(2)]",
		"    columns = columns.reshape(n, c, kernel[0], kernel[1], out[0], out[1])",
		"    for i in range(kernel[0]):",
		"        for j in range(kernel[1]):",
		"            top, left = i * dilation[0], j * dilation[1]",
		"            x[:, :, top:top + stride[0] * out[0]:stride[0], left:left + stride[1] * out[1]:stride[1]] += columns[:, :, i, j]",
		"    return x[:, :, pad[0]:pad[0] + h, pad[1]:pad[1] + w]",
	],
};
