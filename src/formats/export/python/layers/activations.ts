import { type LayerWriter, numberSetting, setting } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";
import { elementwise, kinkAt } from "./elementwise.ts";

const isOpen = (value: number) => value > 0;

export const sigmoid: LayerWriter = elementwise({
	helpers: ["sigmoid"],
	value: (x, _layer, library) => library.sigmoid(x),
	slope: (_x, y) => `${y} * (1.0 - ${y})`,
});

export const tanh: LayerWriter = elementwise({
	value: (x, _layer, { name }) => `${name}.tanh(${x})`,
	slope: (_x, y) => `(1.0 - ${y} * ${y})`,
});

export const relu: LayerWriter = elementwise({
	value(x, layer, library) {
		const slope = numberSetting(layer, "negative_slope");
		const positive = library.atLeast(x, "0.0");
		return slope === 0 ? positive : `${positive} + ${pythonNumber(slope)} * ${library.atMost(x, "0.0")}`;
	},
	torch: (x, layer) => `F.leaky_relu(${x}, ${setting(layer, "negative_slope")})`,
	slope: (x, _y, layer) => `np.where(${x} > 0.0, 1.0, ${setting(layer, "negative_slope")})`,
	slopeDiffers: (made, back) => isOpen(made.x) !== isOpen(back.x),
	// What autograd and Caffe take at 0 is the same, but it is no derivative.
	inexact: (layer, recorded) =>
		numberSetting(layer, "negative_slope") === 1 ? null : kinkAt(() => 0)(layer, recorded),
});

export const elu: LayerWriter = elementwise({
	value: (x, layer) => `np.where(${x} > 0.0, ${x}, ${setting(layer, "alpha")} * (np.exp(np.minimum(${x}, 0.0)) - 1.0))`,
	torch: (x, layer) => `F.elu(${x}, ${setting(layer, "alpha")})`,
	slope: (x, y, layer) => `np.where(${x} > 0.0, 1.0, ${setting(layer, "alpha")} + ${y})`,
	slopeDiffers: (made, back) => isOpen(made.x) !== isOpen(back.x) || (!isOpen(made.x) && made.y !== back.y),
	inexact: (layer, recorded) => (numberSetting(layer, "alpha") === 1 ? null : kinkAt(() => 0)(layer, recorded)),
});

export const clip: LayerWriter = elementwise({
	value: (x, layer, { name }) => `${name}.clip(${x}, ${setting(layer, "min")}, ${setting(layer, "max")})`,
	slope: (x, _y, layer) =>
		`np.where((${x} >= ${setting(layer, "min")}) & (${x} <= ${setting(layer, "max")}), 1.0, 0.0)`,
	inexact: kinkAt(
		(layer) => numberSetting(layer, "min"),
		(layer) => numberSetting(layer, "max"),
	),
});

export const bnll: LayerWriter = elementwise({
	value: (x) => `np.maximum(${x}, 0.0) + np.log(1.0 + np.exp(-np.abs(${x})))`,
	// As Caffe adds it up: softplus of PyTorch keeps what is lost beside 1.
	torch: (x) => `torch.where(${x} > 40.0, ${x}, torch.log(1.0 + torch.exp(torch.clamp(${x}, max=40.0))))`,
	slope: (x) => `np.exp(np.minimum(${x}, 50.0)) / (np.exp(np.minimum(${x}, 50.0)) + 1.0)`,
});

export const absVal: LayerWriter = elementwise({
	value: (x, _layer, { name }) => `${name}.abs(${x})`,
	slope: (x) => `np.sign(${x})`,
	inexact: kinkAt(() => 0),
});

export const swish: LayerWriter = {
	helpers: ["sigmoid"],
	forward: ({ layer, library, x: [x], y: [y] }) => [
		`${y} = ${x} * ${library.sigmoid(`${setting(layer, "beta")} * ${x}`)}`,
	],
	backward({ layer, x: [x], yBack: [y], dx: [dx], dy: [dy] }) {
		if (dx === null) return [];
		const beta = setting(layer, "beta");
		return [`${dx} = ${dy} * (${beta} * ${y} + sigmoid(${beta} * ${x}) * (1.0 - ${beta} * ${y}))`];
	},
};
