import { describe, expect, it } from "vitest";
import { layerDefinition } from "../../src/engine/layers/index.ts";
import { updateRules } from "../../src/engine/solver/rules.ts";
import { numpyScript } from "../../src/formats/export/numpy.ts";
import type { Script } from "../../src/formats/export/python/script.ts";
import { pytorchScript } from "../../src/formats/export/pytorch.ts";
import { iterationOf } from "../../src/formats/export/testing/iterations.ts";
import { pythonWith } from "../../src/formats/export/testing/python.ts";
import { failures } from "../../src/formats/export/testing/scripts.ts";
import { en } from "../../src/i18n/en/index.ts";
import { folder, loadVector, vectorNames } from "./folder.ts";
import { trainingOptionsOf } from "./training-options.ts";
import type { VectorFile } from "./vector-file.ts";

const texts = en.exporting.code;
/** Hundreds of scripts run one after the other. */
const LONG = 240_000;

const isBuilt = (file: VectorFile) =>
	file.layers.every(({ type }) => layerDefinition(type) !== undefined) &&
	updateRules.some(({ type }) => type === (file.solver_effective.type ?? "SGD"));

/** An iteration of each vector's net from the vector's weights: its numbers are held to Caffe's elsewhere. */
const iterations = (number: number) =>
	vectorNames(folder)
		.map((name) => ({ name, file: loadVector(folder, name) }))
		.filter(({ file }) => isBuilt(file))
		.map(({ name, file }) => ({ name, iteration: iterationOf(trainingOptionsOf(file), number) }));

function failing(module: string, scripts: readonly (Script & { readonly name: string })[]): readonly string[] {
	expect(scripts.flatMap(({ leftOut }) => leftOut)).toEqual([]);
	return failures(pythonWith(module), scripts).map((text) => `${scripts[Number.parseInt(text, 10)].name} ${text}`);
}

/** Made for what is no derivative in Caffe: ties, kinks, clamps, a wrong gradient in place, formulas of its own. */
const NO_DERIVATIVE =
	/WRONG_GRADIENT|_ties|^kink_|_kink|^mvn|^lstm_cont_fraction|^loss_softmax_extreme|^share_siamese_contrastive/;

describe.each([1, 2])(`exported code of the vectors agrees in iteration %i (${folder})`, (number) => {
	it.skipIf(pythonWith("numpy") === null)("in NumPy (needs python3-numpy)", { timeout: LONG }, () => {
		const scripts = iterations(number).map(({ name, iteration }) => ({ name, ...numpyScript(iteration, texts) }));
		expect(failing("numpy", scripts)).toEqual([]);
	});

	it.skipIf(pythonWith("torch") === null)("in PyTorch (needs python3-torch)", { timeout: LONG }, () => {
		const scripts = iterations(number).map(({ name, iteration }) => ({ name, ...pytorchScript(iteration, texts) }));
		expect(failing("torch", scripts)).toEqual([]);
	});

	it("and leaves no comparison out but where Caffe's gradient is no derivative", () => {
		const inexact = iterations(number).filter(({ iteration }) => pytorchScript(iteration, texts).inexact.length > 0);
		expect(inexact.map(({ name }) => name).filter((name) => !NO_DERIVATIVE.test(name))).toEqual([]);
	});
});
