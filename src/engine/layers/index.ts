import type { LayerDefinition } from "../layer.ts";
import { contrastiveLossLayer } from "../losses/contrastive-loss.ts";
import { hingeLossLayer } from "../losses/hinge-loss.ts";
import { infogainLossLayer } from "../losses/infogain-loss.ts";
import { multinomialLogisticLossLayer } from "../losses/multinomial-logistic-loss.ts";
import { absValLayer } from "./absval.ts";
import { accuracyLayer } from "./accuracy.ts";
import { batchNormLayer } from "./batch-norm.ts";
import { biasLayer } from "./bias.ts";
import { bnllLayer } from "./bnll.ts";
import { clipLayer } from "./clip.ts";
import { concatLayer } from "./concat.ts";
import { convolutionLayer } from "./convolution.ts";
import { cropLayer } from "./crop.ts";
import { deconvolutionLayer } from "./deconvolution.ts";
import { denseLayers } from "./dense.ts";
import { dropoutLayer } from "./dropout.ts";
import { dummyDataLayer } from "./dummy-data.ts";
import { eltwiseLayer } from "./eltwise.ts";
import { eluLayer } from "./elu.ts";
import { embedLayer } from "./embed.ts";
import { expLayer } from "./exp.ts";
import { flattenLayer } from "./flatten.ts";
import { logLayer } from "./log.ts";
import { lrnLayer } from "./lrn.ts";
import { lstmLayer } from "./lstm.ts";
import { mvnLayer } from "./mvn.ts";
import { parameterLayer } from "./parameter.ts";
import { poolingLayer } from "./pooling.ts";
import { powerLayer } from "./power.ts";
import { preluLayer } from "./prelu.ts";
import { reductionLayer } from "./reduction.ts";
import { addLayers } from "./registry.ts";
import { reshapeLayer } from "./reshape.ts";
import { rnnLayer } from "./rnn.ts";
import { scaleLayer } from "./scale.ts";
import { silenceLayer } from "./silence.ts";
import { sliceLayer } from "./slice.ts";
import { swishLayer } from "./swish.ts";
import { tileLayer } from "./tile.ts";

export { layerDefinition } from "./registry.ts";

/** Every layer and loss the engine has. Adding one is its file and a line here. */
export const layerDefinitions: readonly LayerDefinition[] = [
	...denseLayers,
	convolutionLayer,
	deconvolutionLayer,
	poolingLayer,
	lstmLayer,
	rnnLayer,
	biasLayer,
	scaleLayer,
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
	batchNormLayer,
	mvnLayer,
	lrnLayer,
	concatLayer,
	sliceLayer,
	flattenLayer,
	reshapeLayer,
	cropLayer,
	tileLayer,
	eltwiseLayer,
	reductionLayer,
	embedLayer,
	parameterLayer,
	dummyDataLayer,
	silenceLayer,
	accuracyLayer,
	hingeLossLayer,
	contrastiveLossLayer,
	multinomialLogisticLossLayer,
	infogainLossLayer,
];

addLayers(layerDefinitions);
