import { describe, expect, it } from "vitest";
import { layerDefinition } from "../../src/engine/layers/index.ts";
import { updateRules } from "../../src/engine/solver/rules.ts";
import { numpyScript } from "../../src/formats/export/numpy.ts";
import type { Iteration, Script } from "../../src/formats/export/python/script.ts";
import { pytorchScript } from "../../src/formats/export/pytorch.ts";
import { iterationOf } from "../../src/formats/export/testing/iterations.ts";
import { pythonWith } from "../../src/formats/export/testing/python.ts";
import { failures } from "../../src/formats/export/testing/scripts.ts";
import { en } from "../../src/i18n/en/index.ts";
import { folder, loadVector, vectorNames } from "./folder.ts";
import { trainingOptionsOf } from "./training-options.ts";

const texts = en.exporting.code;

/** The first iteration of each vector's net with the vector's weights, which the vectors hold to Caffe's numbers. */
function failing(module: string, script: (iteration: Iteration) => Script): readonly string[] {
	const files = vectorNames(folder).map((name) => ({ name, file: loadVector(folder, name) }));
	const built = files.filter(
		({ file }) =>
			file.layers.every(({ type }) => layerDefinition(type) !== undefined) &&
			updateRules.some(({ type }) => type === (file.solver_effective.type ?? "SGD")),
	);
	const scripts = built.map(({ file }) => script(iterationOf(trainingOptionsOf(file), 1)));
	expect(scripts.flatMap(({ leftOut }) => leftOut)).toEqual([]);
	return failures(pythonWith(module), scripts).map((text) => `${built[Number.parseInt(text, 10)].name} ${text}`);
}

describe(`exported code of the vectors agrees (${folder})`, () => {
	it.skipIf(pythonWith("numpy") === null)("in NumPy (needs python3-numpy)", () => {
		expect(failing("numpy", (iteration) => numpyScript(iteration, texts))).toEqual([]);
	});

	it.skipIf(pythonWith("torch") === null)("in PyTorch (needs python3-torch)", () => {
		expect(failing("torch", (iteration) => pytorchScript(iteration, texts))).toEqual([]);
	});
});
