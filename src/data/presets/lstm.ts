import type { Preset } from "../preset.ts";
import { sineSteps, sineWindows } from "../sets/sine.ts";
import { solverPrototxt } from "./dense-prototxt.ts";

const UNITS = 10;
const XAVIER = 'weight_filler { type: "xavier" }';

const recurrent = (name: string, bottom: string) => `layer {
  name: "${name}"
  type: "LSTM"
  bottom: "${bottom}"
  bottom: "cont"
  top: "${name}"
  recurrent_param {
    num_output: ${UNITS}
    ${XAVIER}
    bias_filler { type: "constant" value: 0 }
  }
}
`;

/** Two LSTM layers of ten units and a dense layer to one number, over the time steps of the input's shape. */
const net = (times: number, inputs: string) => `layer {
  name: "in"
  type: "Input"
  top: "x"
  top: "cont"
  top: "label"
  input_param {
    shape { dim: ${times} dim: 1 ${inputs} }
    shape { dim: ${times} dim: 1 }
    shape { dim: ${times} dim: 1 dim: 1 }
  }
}
${recurrent("lstm1", "x")}${recurrent("lstm2", "lstm1")}layer {
  name: "output"
  type: "InnerProduct"
  bottom: "lstm2"
  top: "output"
  inner_product_param {
    num_output: 1
    axis: 2
    ${XAVIER}
  }
}
layer {
  name: "loss"
  type: "EuclideanLoss"
  bottom: "output"
  bottom: "label"
  top: "loss"
}
`;

/** The net of the LSTM text: its input 1 × 1 × 10 × 1 is one time step with ten inputs, so nothing goes back in time. */
export const lstm: Preset = {
	id: "lstm",
	net: net(1, "dim: 10 dim: 1"),
	solver: solverPrototxt({ rate: 0.1, momentum: 0.9 }),
	seed: 1,
	data: async () => sineWindows(),
};

/** The same net with ten time steps of one input each: errors go back through time. */
export const lstmThroughTime: Preset = {
	id: "lstm-through-time",
	net: net(10, "dim: 1"),
	solver: solverPrototxt({ rate: 0.1, momentum: 0.9 }),
	seed: 1,
	data: async () => sineSteps(),
};
