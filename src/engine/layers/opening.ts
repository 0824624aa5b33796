import type { LayerDefinition } from "../layer.ts";
import { euclideanLossLayer } from "../losses/euclidean-loss.ts";
import { innerProductLayer } from "./inner-product.ts";
import { inputLayer } from "./input.ts";
import { addLayers } from "./registry.ts";
import { sigmoidLayer } from "./sigmoid.ts";
import { splitLayer } from "./split.ts";

/** What the net that the page opens with is made of: at hand from the start. */
export const openingLayers: readonly LayerDefinition[] = [
	inputLayer,
	splitLayer,
	innerProductLayer,
	sigmoidLayer,
	euclideanLossLayer,
];

addLayers(openingLayers);
