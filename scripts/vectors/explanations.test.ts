import { describe, expect, it } from "vitest";
import { layerDefinition } from "../../src/engine/layers/index.ts";
import { updateRules } from "../../src/engine/solver/rules.ts";
import { checkExplanations } from "../../src/engine/testing/explanations.ts";
import { createTraining } from "../../src/engine/training.ts";
import { folder, loadVector, vectorNames } from "./folder.ts";
import { trainingOptionsOf } from "./training-options.ts";
import type { VectorFile } from "./vector-file.ts";

const isBuilt = (file: VectorFile) =>
	file.layers.every(({ type }) => layerDefinition(type) !== undefined) &&
	updateRules.some(({ type }) => type === (file.solver_effective.type ?? "SGD"));

describe(`a run of training has the vector's numbers and explains each of them (${folder})`, () => {
	it.for(vectorNames(folder))("%s", (name, { skip }) => {
		const file = loadVector(folder, name);
		if (!isBuilt(file)) skip("not built");
		const training = createTraining(trainingOptionsOf(file));
		const draws = file.iterations.some(({ passes }) => passes.some(({ dropout_masks }) => dropout_masks !== undefined));
		const traces = [training.record(), training.record()];
		traces.forEach(({ passes, parameters, rate }, k) => {
			const want = file.iterations[k];
			// Without Caffe's own masks the run is another; one after what the file holds has nothing to be held against.
			if (want === undefined || draws) return;
			const loss = passes.reduce((sum, { dataLoss }) => sum + dataLoss, 0) / passes.length;
			expect(Math.abs(loss - want.loss)).toBeLessThanOrEqual(1e-9 * Math.abs(want.loss) + 1e-12);
			if (want.lr !== null) expect(Math.abs(rate - want.lr)).toBeLessThanOrEqual(1e-9 * want.lr);
			want.params.forEach(({ data }, index) => {
				data.forEach((value, place) => {
					const distance = Math.abs(parameters[index].after[place] - value);
					expect(distance).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-12);
				});
			});
		});
		const { wrong } = checkExplanations(training.net, traces[1]);
		expect(wrong.slice(0, 10)).toEqual([]);
	});
});
