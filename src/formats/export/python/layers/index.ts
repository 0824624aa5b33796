import type { LayerWriter } from "../layer-code.ts";
import { accuracy } from "./accuracy.ts";
import { absVal, bnll, clip, elu, relu, sigmoid, swish, tanh } from "./activations.ts";
import { bias, scale } from "./coefficients.ts";
import { contrastive } from "./contrastive.ts";
import { convolution, deconvolution } from "./convolution.ts";
import { concat, crop, dropout, reshape, silence, slice, split, tile } from "./copies.ts";
import { embed, innerProduct, parameter } from "./dense.ts";
import { eltwise } from "./eltwise.ts";
import { exp, log, power } from "./formulas.ts";
import { euclidean, hinge, infogain, multinomial, sigmoidCrossEntropy, softmaxWithLoss } from "./losses.ts";
import { batchNorm, lrn, mvn, softmax } from "./normalised.ts";
import { pooling } from "./pooling.ts";
import { prelu } from "./prelu.ts";
import { lstm, rnn } from "./recurrent.ts";
import { reduction } from "./reduction.ts";

/**
 * Every layer type that the scripts compute, by Caffe's name. Adding one is its writer and a line here; a type of the
 * engine without one fails the test of this list.
 */
export const layerWriters: Readonly<Record<string, LayerWriter>> = {
	InnerProduct: innerProduct,
	Embed: embed,
	Parameter: parameter,
	Convolution: convolution,
	Deconvolution: deconvolution,
	Pooling: pooling,
	LSTM: lstm,
	RNN: rnn,
	Sigmoid: sigmoid,
	TanH: tanh,
	ReLU: relu,
	PReLU: prelu,
	ELU: elu,
	Clip: clip,
	BNLL: bnll,
	AbsVal: absVal,
	Swish: swish,
	Power: power,
	Exp: exp,
	Log: log,
	Bias: bias,
	Scale: scale,
	Dropout: dropout,
	Softmax: softmax,
	BatchNorm: batchNorm,
	MVN: mvn,
	LRN: lrn,
	Flatten: reshape,
	Reshape: reshape,
	Split: split,
	Silence: silence,
	Concat: concat,
	Slice: slice,
	Crop: crop,
	Tile: tile,
	Eltwise: eltwise,
	Reduction: reduction,
	EuclideanLoss: euclidean,
	SoftmaxWithLoss: softmaxWithLoss,
	InfogainLoss: infogain,
	SigmoidCrossEntropyLoss: sigmoidCrossEntropy,
	HingeLoss: hinge,
	MultinomialLogisticLoss: multinomial,
	ContrastiveLoss: contrastive,
	Accuracy: accuracy,
};
