import type { LayerDefinition } from "../layer.ts";
import { euclideanLossLayer } from "../losses/euclidean-loss.ts";
import { sigmoidCrossEntropyLossLayer } from "../losses/sigmoid-cross-entropy-loss.ts";
import { softmaxWithLossLayer } from "../losses/softmax-with-loss.ts";
import { absValLayer } from "./absval.ts";
import { accuracyLayer } from "./accuracy.ts";
import { bnllLayer } from "./bnll.ts";
import { clipLayer } from "./clip.ts";
import { concatLayer } from "./concat.ts";
import { convolutionLayer } from "./convolution.ts";
import { cropLayer } from "./crop.ts";
import { deconvolutionLayer } from "./deconvolution.ts";
import { dropoutLayer } from "./dropout.ts";
import { dummyDataLayer } from "./dummy-data.ts";
import { eltwiseLayer } from "./eltwise.ts";
import { eluLayer } from "./elu.ts";
import { embedLayer } from "./embed.ts";
import { expLayer } from "./exp.ts";
import { flattenLayer } from "./flatten.ts";
import { innerProductLayer } from "./inner-product.ts";
import { inputLayer } from "./input.ts";
import { logLayer } from "./log.ts";
import { lstmLayer } from "./lstm.ts";
import { parameterLayer } from "./parameter.ts";
import { poolingLayer } from "./pooling.ts";
import { powerLayer } from "./power.ts";
import { preluLayer } from "./prelu.ts";
import { reductionLayer } from "./reduction.ts";
import { reluLayer } from "./relu.ts";
import { reshapeLayer } from "./reshape.ts";
import { rnnLayer } from "./rnn.ts";
import { sigmoidLayer } from "./sigmoid.ts";
import { silenceLayer } from "./silence.ts";
import { sliceLayer } from "./slice.ts";
import { softmaxLayer } from "./softmax.ts";
import { splitLayer } from "./split.ts";
import { swishLayer } from "./swish.ts";
import { tanhLayer } from "./tanh.ts";
import { tileLayer } from "./tile.ts";

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
	preluLayer,
	eluLayer,
	clipLayer,
	swishLayer,
	absValLayer,
	powerLayer,
	expLayer,
	logLayer,
	bnllLayer,
	dropoutLayer,
	tileLayer,
	sliceLayer,
	silenceLayer,
	reshapeLayer,
	reductionLayer,
	parameterLayer,
	flattenLayer,
	embedLayer,
	eltwiseLayer,
	dummyDataLayer,
	cropLayer,
	concatLayer,
	accuracyLayer,
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
