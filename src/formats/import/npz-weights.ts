import type { StoredBlob, StoredLayer } from "../caffemodel/caffemodel.ts";
import type { NamedArray } from "./npz.ts";

const NAMED_SLOTS: Readonly<Record<string, number>> = { weight: 0, weights: 0, W: 0, bias: 1, b: 1 };

/** Layer and place of an array's name: `hidden/0`, `hidden.weight`, `hidden_bias`. */
function placeOf(name: string): { readonly layer: string; readonly slot: number } {
	const parts = /^(.+)[/._](\d{1,2}|weights?|W|bias|b)$/.exec(name);
	if (parts === null) return { layer: name, slot: 0 };
	return { layer: parts[1], slot: NAMED_SLOTS[parts[2]] ?? Number(parts[2]) };
}

/** The arrays of a NumPy archive as layers with weights, in the order in which the layers first come. */
export function layersOf(arrays: readonly NamedArray[]): readonly StoredLayer[] {
	const layers = new Map<string, StoredBlob[]>();
	for (const { name, shape, values } of arrays) {
		const { layer, slot } = placeOf(name);
		const blobs = layers.get(layer) ?? [];
		blobs[slot] = { shape, values };
		layers.set(layer, blobs);
	}
	return [...layers].map(([name, blobs]) => ({ name, type: "", blobs }));
}
