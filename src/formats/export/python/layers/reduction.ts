import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { axisSetting, type LayerWriter, numberSetting, shapeOf, textSetting } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";
import { kinkAt } from "./elementwise.ts";

/** Everything from the axis on as one. */
function sizes(layer: NetLayer) {
	const { shape } = layer.run.bottoms[0];
	const axis = axisSetting(layer);
	const size = countOf(shape, axis);
	const coefficient = numberSetting(layer, "coeff");
	const factor = textSetting(layer, "operation") === "MEAN" ? coefficient / size : coefficient;
	return { outer: shape.slice(0, axis), size, factor: pythonNumber(factor), axis, shape };
}

export const reduction: LayerWriter = {
	forward({ layer, library, x: [x], y: [y] }) {
		const { outer, size, factor, axis } = sizes(layer);
		const operation = textSetting(layer, "operation");
		const terms = { ASUM: `${library.name}.abs(${x})`, SUMSQ: `(${x} * ${x})` }[operation] ?? x;
		return [`${y} = ${factor} * ${terms}.reshape(${shapeOf([...outer, size])}).sum(axis=${axis})`];
	},
	backward({ layer, x: [x], dx: [dx], dy: [dy] }) {
		if (dx === null) return [];
		const { outer, factor, shape } = sizes(layer);
		const operation = textSetting(layer, "operation");
		const own = `${factor} * ${dy}.reshape(${shapeOf([...outer, ...shape.slice(outer.length).map(() => 1)])})`;
		const slope = { ASUM: `np.sign(${x})`, SUMSQ: `2.0 * ${x}` }[operation] ?? `np.ones_like(${x})`;
		return [`${dx} = ${own} * ${slope}`];
	},
	inexact: (layer, recorded) => (textSetting(layer, "operation") === "ASUM" ? kinkAt(() => 0)(layer, recorded) : null),
};
