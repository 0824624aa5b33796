/** Writes the prototxt of a plain dense net, so that the presets' files differ only in what they are about. */
export interface DenseText {
	readonly batch: number;
	/** Units of each layer, the input's first. */
	readonly units: readonly number[];
	/** Activation type of each layer after the input; null for none. */
	readonly activations: readonly (string | null)[];
	readonly loss?: "EuclideanLoss" | "SoftmaxWithLoss" | "SigmoidCrossEntropyLoss";
	/** Text inside inner_product_param, beside num_output. */
	readonly filler?: string;
	/** Text of the two `param`s; by default Caffe's own. */
	readonly parameters?: string;
}

/** `hidden` for one hidden layer, `hidden1`, `hidden2` … for several, `output` for the last. */
export function layerName(layer: number, layers: number): string {
	if (layer === layers) return "output";
	return layers === 2 ? "hidden" : `hidden${layer}`;
}

function denseLayer(text: DenseText, layer: number, bottom: string): { readonly text: string; readonly top: string } {
	const name = layerName(layer, text.units.length - 1);
	const activation = text.activations[layer - 1];
	const dense = `layer {
  name: "${name}"
  type: "InnerProduct"
  bottom: "${bottom}"
  top: "${name}"
${text.parameters ?? ""}  inner_product_param {
    num_output: ${text.units[layer]}
${text.filler ?? ""}  }
}
`;
	if (activation === null) return { text: dense, top: name };
	return {
		text: `${dense}layer {
  name: "${name}_${activation.toLowerCase()}"
  type: "${activation}"
  bottom: "${name}"
  top: "${name}_a"
}
`,
		top: `${name}_a`,
	};
}

export function densePrototxt(text: DenseText): string {
	const loss = text.loss ?? "EuclideanLoss";
	const targets = loss === "SoftmaxWithLoss" ? 1 : text.units[text.units.length - 1];
	let bottom = "data";
	let layers = "";
	for (let layer = 1; layer < text.units.length; layer++) {
		const made = denseLayer(text, layer, bottom);
		layers += made.text;
		bottom = made.top;
	}
	return `layer {
  name: "data"
  type: "Input"
  top: "data"
  top: "label"
  input_param {
    shape { dim: ${text.batch} dim: ${text.units[0]} }
    shape { dim: ${text.batch} dim: ${targets} }
  }
}
${layers}layer {
  name: "loss"
  type: "${loss}"
  bottom: "${bottom}"
  bottom: "label"
  top: "loss"
}
`;
}

export interface SolverText {
	readonly rate: number;
	readonly momentum?: number;
	readonly decay?: number;
}

export function solverPrototxt({ rate, momentum = 0, decay = 0 }: SolverText): string {
	return `type: "SGD"
base_lr: ${rate}
lr_policy: "fixed"
momentum: ${momentum}
weight_decay: ${decay}
max_iter: 10000
`;
}

/** Weight decay on W and not on b, as UFLDL has it. */
export const DECAY_ON_WEIGHTS_ONLY = `  param { lr_mult: 1 decay_mult: 1 }
  param { lr_mult: 1 decay_mult: 0 }
`;

export const BIASES_FIXED = `  param { lr_mult: 1 }
  param { lr_mult: 0 }
`;

export function gaussian(deviation: number): string {
	return `    weight_filler { type: "gaussian" std: ${deviation} }
    bias_filler { type: "gaussian" std: ${deviation} }
`;
}

export function constant(value: number): string {
	return `    weight_filler { type: "constant" value: ${value} }
    bias_filler { type: "constant" value: ${value} }
`;
}
