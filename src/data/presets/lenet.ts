import type { Preset } from "../preset.ts";
import { fashion } from "../sets/fashion.ts";
import { solverPrototxt } from "./dense-prototxt.ts";

const XAVIER = `    weight_filler { type: "xavier" }
    bias_filler { type: "constant" value: 0 }
`;
const RATES = `  param { lr_mult: 1 }
  param { lr_mult: 2 }
`;

const convolution = (name: string, bottom: string, outputs: number) => `layer {
  name: "${name}"
  type: "Convolution"
  bottom: "${bottom}"
  top: "${name}"
${RATES}  convolution_param {
    num_output: ${outputs}
    kernel_size: 5
${XAVIER}  }
}
`;

const pooling = (name: string, bottom: string) => `layer {
  name: "${name}"
  type: "Pooling"
  bottom: "${bottom}"
  top: "${name}"
  pooling_param { pool: MAX kernel_size: 2 stride: 2 }
}
`;

const dense = (name: string, bottom: string, outputs: number) => `layer {
  name: "${name}"
  type: "InnerProduct"
  bottom: "${bottom}"
  top: "${name}"
${RATES}  inner_product_param {
    num_output: ${outputs}
${XAVIER}  }
}
`;

const BATCH = 4;

/** LeNet as Caffe's examples have it, on small images of clothing, four a pass. */
export const lenet: Preset = {
	id: "lenet",
	net: `name: "LeNet"
layer {
  name: "data"
  type: "Input"
  top: "data"
  top: "label"
  input_param {
    shape { dim: ${BATCH} dim: 1 dim: 28 dim: 28 }
    shape { dim: ${BATCH} dim: 1 }
  }
}
${convolution("conv1", "data", 20)}${pooling("pool1", "conv1")}${convolution("conv2", "pool1", 50)}${pooling("pool2", "conv2")}${dense("ip1", "pool2", 500)}layer {
  name: "relu1"
  type: "ReLU"
  bottom: "ip1"
  top: "ip1"
}
${dense("ip2", "ip1", 10)}layer {
  name: "loss"
  type: "SoftmaxWithLoss"
  bottom: "ip2"
  bottom: "label"
  top: "loss"
}
`,
	solver: solverPrototxt({ rate: 0.01, momentum: 0.9, decay: 0.0005 }),
	seed: 1,
	data: fashion,
};
