import type { NetLayer } from "../../../../engine/net.ts";
import { type LayerWriter, present, reshaped, shapeOf } from "../layer-code.ts";
import { kinkAt } from "./elementwise.ts";

const isShared = ({ run: { settings } }: NetLayer) => settings.channel_shared === true;

/** The slopes laid over the bottom: one for each place of axis 1, or one for all. */
function slopes(layer: NetLayer, weight: string): string {
	const { shape } = layer.run.bottoms[0];
	const own = layer.run.parameters[0].shape;
	return isShared(layer) ? weight : reshaped(weight, own, [shape[1], ...shape.slice(2).map(() => 1)]);
}

export const prelu: LayerWriter = {
	forward: ({ layer, library, x: [x], y: [y], w: [w] }) => [
		`${y} = ${library.name}.where(${x} > 0.0, ${x}, ${slopes(layer, w)} * ${x})`,
	],
	backward(code) {
		const {
			layer,
			x: [x],
			dx: [dx],
			dy: [dy],
			w: [w],
		} = code;
		const axes = layer.run.bottoms[0].shape.map((_, axis) => axis).filter((axis) => axis !== 1);
		const over = isShared(layer) ? "" : `axis=${shapeOf(axes)}`;
		return present([
			code.accumulate(0, `np.where(${x} <= 0.0, ${dy} * ${x}, 0.0).sum(${over})`),
			dx === null ? null : `${dx} = ${dy} * np.where(${x} > 0.0, 1.0, ${slopes(layer, w)})`,
		]);
	},
	inexact: kinkAt(() => 0),
};
