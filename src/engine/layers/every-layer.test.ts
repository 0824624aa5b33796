import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkExplanations } from "../testing/explanations.ts";
import { wrongGradients } from "../testing/gradients.ts";
import { caseOptions, LAYERS_TRIED_ELSEWHERE, layerCases } from "../testing/layer-cases.ts";
import { createTraining } from "../training.ts";
import { layerDefinitions } from "./index.ts";

describe("every layer of the registry", () => {
	it("is tried", () => {
		expect(layerDefinitions.map(({ type }) => type).toSorted()).toEqual(
			[...Object.keys(layerCases), ...LAYERS_TRIED_ELSEWHERE].toSorted(),
		);
	});

	it.each(Object.keys(layerCases))("%s: explanations to the bit, gradients to the difference", (type) => {
		fc.assert(
			fc.property(layerCases[type], fc.integer(), (one, seed) => {
				const training = createTraining(caseOptions(one, seed));
				training.record();
				expect(checkExplanations(training.net, training.record()).wrong.slice(0, 4)).toEqual([]);
				const wrong = wrongGradients(
					training.net,
					// What BatchNorm moves itself has no gradient in Caffe.
					(target) => target.kind === "input" || training.net.layer(target.layer).type !== "BatchNorm",
				);
				expect(wrong.slice(0, 4)).toEqual([]);
			}),
			{ numRuns: 40 },
		);
	});
});
