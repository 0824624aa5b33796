import type { LayerDefinition } from "../layer.ts";
import { euclideanLossLayer } from "../losses/euclidean-loss.ts";
import { sigmoidCrossEntropyLossLayer } from "../losses/sigmoid-cross-entropy-loss.ts";
import { softmaxWithLossLayer } from "../losses/softmax-with-loss.ts";
import { innerProductLayer } from "./inner-product.ts";
import { inputLayer } from "./input.ts";
import { addLayers } from "./registry.ts";
import { reluLayer } from "./relu.ts";
import { sigmoidLayer } from "./sigmoid.ts";
import { softmaxLayer } from "./softmax.ts";
import { splitLayer } from "./split.ts";
import { tanhLayer } from "./tanh.ts";

/** What dense nets are made of: at hand from the start, since the page opens with such a net. */
export const denseLayers: readonly LayerDefinition[] = [
	inputLayer,
	splitLayer,
	innerProductLayer,
	sigmoidLayer,
	tanhLayer,
	reluLayer,
	softmaxLayer,
	euclideanLossLayer,
	softmaxWithLossLayer,
	sigmoidCrossEntropyLossLayer,
];

addLayers(denseLayers);
