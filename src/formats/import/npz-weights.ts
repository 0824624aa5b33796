import type { StoredBlob, StoredLayer } from "../caffemodel/caffemodel.ts";
import type { NamedArray } from "./npz.ts";

const NAMED_SLOTS: Readonly<Record<string, number>> = { weight: 0, weights: 0, W: 0, bias: 1, b: 1 };

/** Layer and place of an array's name: `hidden/0`, `hidden.weight`, `hidden_bias`. */
function placeOf(name: string): { readonly layer: string; readonly slot: number } {
	const parts = /^(.+)[/._](\d{1,2}|weights?|W|bias|b)$/.exec(name);
	if (parts === null) return { layer: name, slot: 0 };
	return { layer: parts[1], slot: NAMED_SLOTS[parts[2]] ?? Number(parts[2]) };
}

/** An own export has what an iteration began with beside what it left; the latter is what one goes on with. */
const BEFORE = ".before";
const AFTER = ".after";

/**
 * The arrays of a NumPy archive as layers with weights, in the order in which the layers first come.
 * @param known names of layers; one with a / in it may be written with a _ instead
 */
export function layersOf(arrays: readonly NamedArray[], known: readonly string[] = []): readonly StoredLayer[] {
	const names = new Map(known.map((name) => [name.replaceAll("/", "_"), name]));
	const layers = new Map<string, StoredBlob[]>();
	for (const { name, shape, values } of arrays) {
		if (name.endsWith(BEFORE)) continue;
		const { layer: written, slot } = placeOf(name.endsWith(AFTER) ? name.slice(0, -AFTER.length) : name);
		const layer = known.includes(written) ? written : (names.get(written) ?? written);
		const blobs = layers.get(layer) ?? [];
		blobs[slot] = { shape, values };
		layers.set(layer, blobs);
	}
	return [...layers].map(([name, blobs]) => ({ name, type: "", blobs }));
}
