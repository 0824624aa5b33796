import type { LayerDefinition } from "../layer.ts";
import { sigmoidCrossEntropyLossLayer } from "../losses/sigmoid-cross-entropy-loss.ts";
import { softmaxWithLossLayer } from "../losses/softmax-with-loss.ts";
import { openingLayers } from "./opening.ts";
import { addLayers } from "./registry.ts";
import { reluLayer } from "./relu.ts";
import { softmaxLayer } from "./softmax.ts";
import { tanhLayer } from "./tanh.ts";

/** What dense nets are made of: at hand with all that trains a net. */
export const denseLayers: readonly LayerDefinition[] = [
	...openingLayers,
	tanhLayer,
	reluLayer,
	softmaxLayer,
	softmaxWithLossLayer,
	sigmoidCrossEntropyLossLayer,
];

addLayers(denseLayers);
