import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { axisSetting, type LayerWriter, numberSetting, numbersSetting, shapeOf } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";

/** Flatten and Reshape. */
export const reshape: LayerWriter = {
	forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${x}.reshape(${shapeOf(layer.run.tops[0].shape)})`],
	backward: ({ layer, dx: [dx], dy: [dy] }) =>
		dx === null ? [] : [`${dx} = ${dy}.reshape(${shapeOf(layer.run.bottoms[0].shape)})`],
};

export const split: LayerWriter = {
	forward: ({ library, x: [x], y }) => y.map((top) => `${top} = ${library.copy(x)}`),
	backward({ dx: [dx], dy }) {
		const arrived = dy.filter((diff) => diff !== null);
		return dx === null || arrived.length === 0 ? [] : [`${dx} = ${arrived.join(" + ")}`];
	},
};

export const silence: LayerWriter = {
	forward: () => [],
	backward: ({ x, dx }) => dx.flatMap((name, k) => (name === null ? [] : [`${name} = np.zeros_like(${x[k]})`])),
};

/** The axis in the present spelling or as the older positive number. */
const axisInForce = (layer: NetLayer, older: string) =>
	typeof layer.run.settings[older] === "number" ? numberSetting(layer, older) : axisSetting(layer);

/** A part of an array along an axis. */
const part = (name: string, axis: number, from: number, to: number) => `${name}[${":, ".repeat(axis)}${from}:${to}]`;

export const concat: LayerWriter = {
	forward: ({ layer, library, x, y: [y] }) => [`${y} = ${library.join(x, axisInForce(layer, "concat_dim"))}`],
	backward({ layer, dx, dy: [dy] }) {
		const axis = axisInForce(layer, "concat_dim");
		let start = 0;
		return dx.flatMap((name, bottom) => {
			const from = start;
			start += layer.run.bottoms[bottom].shape[axis];
			return name === null ? [] : [`${name} = ${part(`${dy}`, axis, from, start)}`];
		});
	},
};

export const slice: LayerWriter = {
	forward({ layer, x: [x], y }) {
		const axis = axisInForce(layer, "slice_dim");
		let start = 0;
		return y.map((name, top) => {
			const from = start;
			start += layer.run.tops[top].shape[axis];
			return `${name} = ${part(x, axis, from, start)}`;
		});
	},
	backward: ({ layer, library, dx: [dx], dy }) =>
		dx === null
			? []
			: [
					`${dx} = ${library.join(
						dy.map((one) => `${one}`),
						axisInForce(layer, "slice_dim"),
					)}`,
				],
};

/** Where a crop stands in its bottom, axis by axis. */
function cut(layer: NetLayer): string {
	const axis = axisSetting(layer);
	const offsets = numbersSetting(layer, "offset");
	const parts = layer.run.tops[0].shape.map((size, k) => {
		const from = k < axis ? 0 : ((offsets.length === 1 ? offsets[0] : offsets[k - axis]) ?? 0);
		return `${from}:${from + size}`;
	});
	return `[${parts.join(", ")}]`;
}

export const crop: LayerWriter = {
	forward: ({ layer, x: [x], y: [y] }) => [`${y} = ${x}${cut(layer)}`],
	backward: ({ layer, x: [x], dx: [dx], dy: [dy] }) =>
		dx === null ? [] : [`${dx} = np.zeros_like(${x})`, `${dx}${cut(layer)} = ${dy}`],
};

export const tile: LayerWriter = {
	forward({ layer, library, x: [x], y: [y] }) {
		const axis = axisSetting(layer);
		const times = layer.run.bottoms[0].shape.map((_, k) => (k === axis ? numberSetting(layer, "tiles") : 1));
		return [`${y} = ${library.name}.tile(${x}, ${shapeOf(times)})`];
	},
	backward({ layer, dx: [dx], dy: [dy] }) {
		if (dx === null) return [];
		const axis = axisSetting(layer);
		const { shape } = layer.run.bottoms[0];
		const copies = [countOf(shape, 0, axis), numberSetting(layer, "tiles"), countOf(shape, axis)];
		return [`${dx} = ${dy}.reshape(${shapeOf(copies)}).sum(axis=1).reshape(${shapeOf(shape)})`];
	},
};

const keptScale = (layer: NetLayer) => pythonNumber(1 / (1 - numberSetting(layer, "dropout_ratio")));

export const dropout: LayerWriter = {
	forward(code) {
		const { layer, library, x, y } = code;
		if (layer.run.phase === "TEST") return [`${y[0]} = ${library.copy(x[0])}`];
		const mask = code.own("mask");
		return [`${mask} = ${code.recorded("mask")}`, `${y[0]} = ${x[0]} * ${mask} * ${keptScale(layer)}`];
	},
	backward(code) {
		const { layer, dx, dy } = code;
		if (dx[0] === null) return [];
		const through = layer.run.phase === "TEST" ? "" : ` * ${code.own("mask")} * ${keptScale(layer)}`;
		return [`${dx[0]} = ${dy[0]}${through}`];
	},
};
