import type { NetLayer } from "../../../../engine/net.ts";
import {
	type Inexactness,
	isInPlace,
	type LayerCode,
	type LayerWriter,
	type Point,
	type Recorded,
	someValue,
} from "../layer-code.ts";
import type { Library, NumpyHelper } from "../library.ts";

interface Elementwise {
	readonly helpers?: readonly NumpyHelper[];
	value(x: string, layer: NetLayer, library: Library): string;
	/** PyTorch's own function. */
	torch?(x: string, layer: NetLayer): string;
	/** f′ over what backward finds. */
	slope(x: string, y: string, layer: NetLayer): string;
	/** Caffe writes f′ where the diff will stand before it reads dy: in place dy is lost, and f′ squared. */
	readonly slopeFirst?: boolean;
	slopeDiffers?(made: Point, back: Point): boolean;
	inexact?(layer: NetLayer, recorded: Recorded): Inexactness | null;
}

/** y = f(x), dx = dy · f′. */
export function elementwise(draft: Elementwise): LayerWriter {
	const { torch, slopeDiffers, inexact, helpers } = draft;
	return {
		...(helpers === undefined ? {} : { helpers }),
		forward: ({ layer, library, x: [x], y: [y] }) => [`${y} = ${draft.value(x, layer, library)}`],
		...(torch === undefined
			? {}
			: { torchForward: ({ layer, x: [x], y: [y] }: LayerCode) => [`${y} = ${torch(x, layer)}`] }),
		backward({ layer, xBack: [x], yBack: [y], dx: [dx], dy: [dy] }) {
			if (dx === null) return [];
			const slope = draft.slope(x, y, layer);
			return [`${dx} = ${draft.slopeFirst && isInPlace(layer) ? `(${slope}) ** 2` : `${dy} * ${slope}`}`];
		},
		slopeDiffers: slopeDiffers ?? ((made, back) => made.y !== back.y),
		...(inexact === undefined ? {} : { inexact }),
	};
}

/** A kink where an element is exactly at one of these places. */
export const kinkAt =
	(...places: readonly ((layer: NetLayer) => number)[]) =>
	(layer: NetLayer, { x: [x] }: Recorded): Inexactness | null =>
		places.some((place) => someValue(x, (value) => value === place(layer))) ? "kink" : null;
