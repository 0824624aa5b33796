import type { DataSource } from "../../src/engine/specification.ts";
import type { TrainingOptions } from "../../src/engine/training.ts";
import { readNet, readSolver } from "../../src/formats/prototxt/index.ts";
import type { VectorFile } from "./vector-file.ts";

/** A vector's batches, one after the other, as one data set. */
function dataOf({ inputs }: VectorFile): DataSource {
	const blobs = Object.fromEntries(
		Object.entries(inputs).map(([name, { shape, batches }]) => [
			name,
			{ sampleShape: shape.slice(1), values: Float64Array.from(batches.flat()) },
		]),
	);
	const [first] = Object.values(inputs);
	return { blobs, samples: first === undefined ? 1 : first.batches.length * (first.shape[0] ?? 1) };
}

/** A vector's net as a run of training, with its start values. */
export function trainingOptionsOf(file: VectorFile): TrainingOptions {
	const start = Object.fromEntries(
		file.params.flatMap(({ layer, index, initial }) => (initial === undefined ? [] : [[`${layer}/${index}`, initial]])),
	);
	return {
		net: readNet(file.net_prototxt, { precision: "caffe" }),
		solver: readSolver(file.solver_prototxt, { precision: "caffe" }),
		data: dataOf(file),
		seed: 1,
		start,
	};
}
