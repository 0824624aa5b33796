import type { LayerDefinition } from "../layer.ts";

const definitions = new Map<string, LayerDefinition>();

/** Makes layers known to nets. The page starts with those of dense nets; `index.ts` adds all others. */
export function addLayers(layers: readonly LayerDefinition[]): void {
	for (const layer of layers) definitions.set(layer.type, layer);
}

/** The layer of a type, as far as it is known; undefined where it is not. */
export function layerDefinition(type: string): LayerDefinition | undefined {
	return definitions.get(type);
}
