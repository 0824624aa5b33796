import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layerDefinition } from "../../src/engine/layers/index.ts";
import { updateRules } from "../../src/engine/solver/rules.ts";
import { checkExplanations } from "../../src/engine/testing/explanations.ts";
import { createTraining } from "../../src/engine/training.ts";
import { readNet, readSolver } from "../../src/formats/prototxt/index.ts";
import { parseVectorFile, type VectorFile } from "./vector-file.ts";

const folder =
	[process.env.DELTASCOPE_VECTORS, "../shared/caffe-vectors"].find((path) => path && existsSync(path)) ??
	"scripts/vectors/fixtures";

/** A vector's net as a run of training: its batches as one data set, its start values. */
function trainingOf(file: VectorFile) {
	const blobs = Object.fromEntries(
		Object.entries(file.inputs).map(([name, { shape, batches }]) => [
			name,
			{ sampleShape: shape.slice(1), values: Float64Array.from(batches.flat()) },
		]),
	);
	const [first] = Object.values(file.inputs);
	const start = Object.fromEntries(
		file.params.flatMap(({ layer, index, initial }) => (initial === undefined ? [] : [[`${layer}/${index}`, initial]])),
	);
	return createTraining({
		net: readNet(file.net_prototxt, { precision: "caffe" }),
		solver: readSolver(file.solver_prototxt, { precision: "caffe" }),
		data: { blobs, samples: first === undefined ? 1 : first.batches.length * (first.shape[0] ?? 1) },
		seed: 1,
		start,
	});
}

const isBuilt = (file: VectorFile) =>
	file.layers.every(({ type }) => layerDefinition(type) !== undefined) &&
	updateRules.some(({ type }) => type === (file.solver_effective.type ?? "SGD"));

describe(`every number of every vector's net is explained (${folder})`, () => {
	it.for(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s", (name, { skip }) => {
		const file = parseVectorFile(readFileSync(join(folder, name), "utf8"));
		if (!isBuilt(file)) skip("not built");
		const training = trainingOf(file);
		training.record();
		const { wrong } = checkExplanations(training.net, training.record());
		expect(wrong.slice(0, 10)).toEqual([]);
	});
});
