import type { NetLayer } from "../../../engine/net.ts";
import {
	classSizes,
	denseSizes,
	type LayerWriter,
	type Lines,
	numberSetting,
	reshaped,
	shapeOf,
	textSetting,
} from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";
import { numpyWriters } from "./numpy-layers.ts";
import { torchLosses } from "./torch-losses.ts";
import { pairText, poolingWindows, windowOf } from "./windows.ts";

/** Why Caffe's gradient is not the derivative at the recorded numbers. */
export type Inexactness = "kink" | "tie" | "clamp" | "inPlace" | "own";

/** What a layer read and made in a pass. */
export interface Recorded {
	readonly x: readonly ArrayLike<number>[];
	readonly internals: Readonly<Record<string, ArrayLike<number>>>;
}

/** Forward only: autograd gives the gradients. */
export interface TorchWriter extends LayerWriter {
	/** Null where Caffe's gradient is the derivative of what forward computes. */
	readonly inexact?: (layer: NetLayer, recorded: Recorded) => Inexactness | null;
}

export const someValue = (values: ArrayLike<number>, test: (value: number) => boolean): boolean =>
	Array.from(values).some(test);

const isInPlace = ({ bottomNames: [bottom], topNames: [top] }: NetLayer) => bottom === top;
const setting = (layer: NetLayer, name: string) => pythonNumber(numberSetting(layer, name));

function elementwise(
	value: (x: string, layer: NetLayer) => string,
	inexact: TorchWriter["inexact"] = () => null,
): TorchWriter {
	return { forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${value(x, layer)}`], inexact };
}

const kinkAt =
	(...places: readonly ((layer: NetLayer) => number)[]): NonNullable<TorchWriter["inexact"]> =>
	(layer, { x: [x] }) =>
		places.some((place) => someValue(x, (value) => value === place(layer))) ? "kink" : null;

const innerProduct: TorchWriter = {
	forward({ layer, x: [x], y: [y], w: [weight, bias] }) {
		const { rows, inputs, transposed } = denseSizes(layer);
		const { bottoms, tops } = layer.run;
		const matrix = reshaped(x, bottoms[0].shape, [rows, inputs]);
		const product = `${matrix} @ ${transposed ? weight : `${weight}.T`}`;
		const sum = bias === undefined ? product : `${product} + ${bias}`;
		const flat = tops[0].shape.length === 2;
		return [`${y} = ${flat ? sum : `(${sum}).reshape(${tops[0].shape.join(", ")})`}`];
	},
};

const relu: TorchWriter = {
	...elementwise((x, layer) => `F.leaky_relu(${x}, ${setting(layer, "negative_slope")})`),
	inexact(layer, recorded) {
		const slope = numberSetting(layer, "negative_slope");
		// What autograd and Caffe take at 0 is the same, but it is no derivative.
		if (slope !== 1 && kinkAt(() => 0)(layer, recorded) !== null) return "kink";
		return isInPlace(layer) && slope < 0 ? "inPlace" : null;
	},
};

const convolution: TorchWriter = {
	supports: ({ run: { bottoms, settings } }) =>
		bottoms.length === 1 && bottoms[0].shape.length === 4 && Number(settings.axis) === 1,
	forward({ layer, x: [x], y: [y], w: [weight, bias] }) {
		const { stride, pad, dilation } = windowOf(layer);
		const geometry = [stride, pad, dilation].map(pairText).join(", ");
		return [`${y} = F.conv2d(${x}, ${weight}, ${bias ?? "None"}, ${geometry}, ${numberSetting(layer, "group")})`];
	},
};

function hasTie(layer: NetLayer, values: ArrayLike<number>): boolean {
	const [images, channels, height, width] = layer.run.bottoms[0].shape;
	for (let plane = 0; plane < images * channels; plane++) {
		for (const { rows, columns } of poolingWindows(layer)) {
			let best = Number.NEGATIVE_INFINITY;
			let winners = 0;
			for (let row = rows[0]; row < rows[1]; row++) {
				for (let column = columns[0]; column < columns[1]; column++) {
					const value = values[(plane * height + row) * width + column];
					if (value === best) winners++;
					if (value > best) [best, winners] = [value, 1];
				}
			}
			if (winners > 1) return true;
		}
	}
	return false;
}

const pooling: TorchWriter = {
	...(numpyWriters.Pooling.supports === undefined ? {} : { supports: numpyWriters.Pooling.supports }),
	forward({ layer, x: [x], y: [y] }) {
		const [images, channels, height, width] = layer.run.tops[0].shape;
		const isMax = textSetting(layer, "pool") === "MAX";
		const windows = poolingWindows(layer).map(({ rows, columns, counted }) => {
			const under = `${x}[:, :, ${rows[0]}:${rows[1]}, ${columns[0]}:${columns[1]}]`;
			return isMax ? `    ${under}.amax((2, 3)),` : `    ${under}.sum((2, 3)) / ${counted}.0,`;
		});
		return [`${y} = torch.stack([`, ...windows, `], 2).reshape(${images}, ${channels}, ${height}, ${width})`];
	},
	inexact: (layer, { x: [x] }) => (textSetting(layer, "pool") === "MAX" && hasTie(layer, x) ? "tie" : null),
};

const lstm: TorchWriter = {
	supports: ({ run }) => run.bottoms.length === 2 && run.tops.length === 1,
	forward(code) {
		const {
			layer,
			x: [x, cont],
			y: [y],
			w: [input, bias, recurrent],
		} = code;
		const [times, sequences] = layer.run.bottoms[0].shape;
		const outputs = numberSetting(layer, "num_output");
		return [
			`h_before = ${code.recorded("h_0")}.reshape(${sequences}, ${outputs})`,
			`c_before = ${code.recorded("c_0")}.reshape(${sequences}, ${outputs})`,
			`${y}_steps = []`,
			`for t in range(${times}):`,
			`    kept = ${cont}[t].reshape(${sequences}, 1)`,
			`    gate_in = ${x}[t].reshape(${sequences}, -1) @ ${input}.T + ${bias} + (kept * h_before) @ ${recurrent}.T`,
			"    i, f, o, g = gate_in.chunk(4, 1)",
			"    c_before = kept * torch.sigmoid(f) * c_before + torch.sigmoid(i) * torch.tanh(g)",
			"    h_before = torch.sigmoid(o) * torch.tanh(c_before)",
			`    ${y}_steps.append(h_before)`,
			`${y} = torch.stack(${y}_steps)`,
		];
	},
	inexact: (_layer, { x: [, cont] }) => (someValue(cont, (value) => value !== 0 && value !== 1) ? "own" : null),
};

const reshape: TorchWriter = {
	forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${x}.reshape(${shapeOf(layer.run.tops[0].shape)})`],
};

const same = (type: string): Pick<TorchWriter, "forward"> => ({ forward: numpyWriters[type].forward });

const concat: TorchWriter = {
	forward: (code) =>
		numpyWriters.Concat.forward(code).map((line) =>
			line.replace("np.concatenate", "torch.cat").replace("axis=", "dim="),
		),
};

/** Every layer type that the PyTorch script computes by itself. Adding one is its writer and a line here. */
export const torchWriters: Readonly<Record<string, TorchWriter>> = {
	InnerProduct: innerProduct,
	Sigmoid: elementwise((x) => `torch.sigmoid(${x})`),
	TanH: elementwise((x) => `torch.tanh(${x})`),
	ReLU: relu,
	ELU: elementwise(
		(x, layer) => `F.elu(${x}, ${setting(layer, "alpha")})`,
		(layer, recorded) => (numberSetting(layer, "alpha") === 1 ? null : kinkAt(() => 0)(layer, recorded)),
	),
	Clip: elementwise(
		(x, layer) => `torch.clamp(${x}, ${setting(layer, "min")}, ${setting(layer, "max")})`,
		(layer, recorded) =>
			isInPlace(layer)
				? "inPlace"
				: kinkAt(
						(own) => numberSetting(own, "min"),
						(own) => numberSetting(own, "max"),
					)(layer, recorded),
	),
	BNLL: elementwise(
		(x) => `F.softplus(${x}, threshold=1000.0)`,
		(layer) => (isInPlace(layer) ? "inPlace" : null),
	),
	AbsVal: elementwise(
		(x) => `torch.abs(${x})`,
		kinkAt(() => 0),
	),
	Swish: elementwise((x, layer) => `${x} * torch.sigmoid(${setting(layer, "beta")} * ${x})`),
	Softmax: elementwise((x, layer) => {
		return `torch.softmax(${x}, ${classSizes(layer.run.bottoms[0], numberSetting(layer, "axis")).axis})`;
	}),
	Dropout: same("Dropout"),
	Flatten: reshape,
	Reshape: reshape,
	Split: same("Split"),
	Silence: { forward: (): Lines => [] },
	Concat: concat,
	Eltwise: { ...same("Eltwise"), supports: (layer) => textSetting(layer, "operation") === "SUM" },
	Convolution: convolution,
	Pooling: pooling,
	LSTM: lstm,
	...torchLosses,
};
