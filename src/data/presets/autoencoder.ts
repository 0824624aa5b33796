import type { NamedDataSet, Preset } from "../preset.ts";
import { digits } from "../sets/digits.ts";
import { densePrototxt, solverPrototxt } from "./dense-prototxt.ts";

/** The digits' pixels as their own targets. */
async function pixelsOntoThemselves(): Promise<NamedDataSet> {
	const found = await digits();
	const { data } = found.source.blobs;
	return { ...found, id: "digits-pixels", source: { ...found.source, blobs: { data, label: data } } };
}

/** 64 pixels through a bottleneck of 8 units and back: what comes out should be what went in. */
export const autoencoder: Preset = {
	id: "autoencoder",
	net: densePrototxt({
		batch: 8,
		units: [64, 32, 8, 32, 64],
		activations: ["Sigmoid", "Sigmoid", "Sigmoid", null],
		loss: "SigmoidCrossEntropyLoss",
		filler: `    weight_filler { type: "xavier" }
    bias_filler { type: "constant" value: 0 }
`,
	}),
	solver: solverPrototxt({ rate: 0.05, momentum: 0.9, decay: 0.0005 }),
	seed: 1,
	data: pixelsOntoThemselves,
};
