import { firstCommon } from "./first.ts";

export const common = {
	...firstCommon,
	productSentence: "One training iteration, taken apart",
	/** Why an in-place layer makes a gradient wrong; `reader` is the layer whose gradient it is. */
	inPlace: {
		own: (layer: string, _reader: string) =>
			`${layer} works in place: it overwrites its input, which its derivative needs. The gradient that Caffe computes here is wrong, and this page computes the same one.`,
		producer: (layer: string, reader: string) =>
			`${layer} works in place: it overwrites the output of ${reader}, which the derivative of ${reader} needs. The gradient that Caffe computes here is wrong, and this page computes the same one.`,
	},
};
