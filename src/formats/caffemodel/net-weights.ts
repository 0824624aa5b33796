import type { Net } from "../../engine/net.ts";
import { countOf, type Shape, sameShape, shapeText } from "../../engine/shape.ts";
import type { StoredLayer } from "./caffemodel.ts";
import { WeightsError } from "./problem.ts";

/** Start values by `layer/slot`, as an experiment keeps them. */
export type StartValues = Readonly<Record<string, readonly number[]>>;

/** Caffe's old files write every blob with four axes: `[1, 1, 10, 500]` is `[10, 500]`. */
function fits(stored: Shape, own: Shape): boolean {
	if (sameShape(stored, own)) return true;
	const bare = (shape: Shape) => shape.slice(shape.findIndex((size) => size !== 1));
	return (
		stored.length === 4 &&
		countOf(stored) === countOf(own) &&
		(countOf(own) === 1 || sameShape(bare(stored), bare(own)))
	);
}

/** What became of a file of weights in a net. */
export interface MatchedWeights {
	readonly values: StartValues;
	/** Layers of the net that the file has no weights for, and layers of the file that the net lacks. */
	readonly missing: readonly string[];
	readonly unused: readonly string[];
}

/**
 * Takes stored weights as start values of a net, by the layers' names, as Caffe does.
 * @throws WeightsError `layer-shape` where a layer has other parameters in the file
 */
export function matchWeights(net: Net, stored: readonly StoredLayer[]): MatchedWeights {
	const values: Record<string, readonly number[]> = {};
	const missing: string[] = [];
	for (const layer of net.layers) {
		if (layer.parameters.length === 0) continue;
		const found = stored.find(({ name }) => name === layer.name);
		if (found === undefined) {
			missing.push(layer.name);
			continue;
		}
		layer.run.parameters.forEach((blob, slot) => {
			const own = found.blobs[slot];
			if (own === undefined || !fits(own.shape, blob.shape)) {
				const shape = own === undefined ? "–" : shapeText(own.shape);
				throw new WeightsError({
					code: "layer-shape",
					layer: layer.name,
					slot,
					expected: shapeText(blob.shape),
					found: shape,
				});
			}
			const owner = net.learnable[layer.parameters[slot].learnable];
			if (owner.layer === layer.name) values[`${owner.layer}/${owner.slot}`] = Array.from(own.values);
		});
	}
	const known = new Set(net.layers.map(({ name }) => name));
	return { values, missing, unused: stored.map(({ name }) => name).filter((name) => !known.has(name)) };
}

/** A net's parameters as layers to be stored; `read` gives the values of a learnable parameter. */
export function storedLayers(net: Net, read: (learnable: number) => Float64Array): readonly StoredLayer[] {
	return net.layers
		.filter(({ parameters }) => parameters.length > 0)
		.map(({ name, type, parameters, run }) => ({
			name,
			type,
			blobs: parameters.map(({ learnable }, slot) => ({ shape: run.parameters[slot].shape, values: read(learnable) })),
		}));
}
