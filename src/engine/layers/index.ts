import type { LayerDefinition } from "../layer.ts";
import { euclideanLossLayer } from "../losses/euclidean-loss.ts";
import { sigmoidCrossEntropyLossLayer } from "../losses/sigmoid-cross-entropy-loss.ts";
import { softmaxWithLossLayer } from "../losses/softmax-with-loss.ts";
import { convolutionLayer } from "./convolution.ts";
import { deconvolutionLayer } from "./deconvolution.ts";
import { innerProductLayer } from "./inner-product.ts";
import { inputLayer } from "./input.ts";
import { lstmLayer } from "./lstm.ts";
import { poolingLayer } from "./pooling.ts";
import { reluLayer } from "./relu.ts";
import { rnnLayer } from "./rnn.ts";
import { sigmoidLayer } from "./sigmoid.ts";
import { softmaxLayer } from "./softmax.ts";
import { splitLayer } from "./split.ts";
import { tanhLayer } from "./tanh.ts";

/** Every layer and loss the engine has. Adding one is its file and a line here. */
export const layerDefinitions: readonly LayerDefinition[] = [
	inputLayer,
	splitLayer,
	innerProductLayer,
	convolutionLayer,
	deconvolutionLayer,
	poolingLayer,
	lstmLayer,
	rnnLayer,
	sigmoidLayer,
	tanhLayer,
	reluLayer,
	softmaxLayer,
	euclideanLossLayer,
	softmaxWithLossLayer,
	sigmoidCrossEntropyLossLayer,
];

const byType = new Map(layerDefinitions.map((definition) => [definition.type, definition]));

/** The layer of a Caffe type name; undefined where the engine lacks it. */
export function layerDefinition(type: string): LayerDefinition | undefined {
	return byType.get(type);
}
