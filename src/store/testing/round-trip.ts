import { createHash } from "node:crypto";
import { fillParameters } from "../../engine/fill.ts";
import { buildTrainingNet, createTraining, type TrainingOptions } from "../../engine/training.ts";
import { readCaffemodel, writeCaffemodel } from "../../formats/caffemodel/caffemodel.ts";
import { matchWeights, storedLayers } from "../../formats/caffemodel/net-weights.ts";
import { readState } from "../../formats/model/state.ts";
import { readNet, readSolver, writeNet, writeSolver } from "../../formats/prototxt/index.ts";
import type { Experiment } from "../experiment.ts";
import { experimentOf, stateOf } from "../model-state.ts";

export function optionsOf({ net, solver, data, seed, start }: Experiment): TrainingOptions {
	return { net, solver, data: data.source, seed, start };
}

/** A model written as net, solver and weights in Caffe's files and read in again; given the net's own file, into that. */
export function throughCaffeFiles(options: TrainingOptions, original?: string): TrainingOptions {
	const { precision } = options.net;
	const built = buildTrainingNet(options);
	fillParameters(built, options.seed);
	for (const { layer, slot, blob } of built.learnable) {
		const values = options.start?.[`${layer}/${slot}`];
		if (values !== undefined) blob.data.set(values);
	}
	const net = readNet(writeNet(options.net, original).text, { precision });
	const solver = readSolver(writeSolver(options.solver).text, { precision });
	// A file without weights is none.
	if (built.learnable.length === 0) return { ...options, net, solver };
	const weights = writeCaffemodel(
		options.net.name,
		storedLayers(built, (learnable) => built.learnable[learnable].blob.data),
	);
	const { values } = matchWeights(buildTrainingNet({ ...options, net, solver }), readCaffemodel(weights));
	return { ...options, net, solver, start: values };
}

/** An experiment written whole as the project's own JSON text and read in again. */
export async function throughOwnFile(experiment: Experiment): Promise<Experiment> {
	return experimentOf(readState(JSON.parse(JSON.stringify(await stateOf(experiment, true)))));
}

/** What two iterations come to, as one digest: losses and, of every learnable parameter, gradient and value. */
export function bitsOf(options: TrainingOptions): string {
	const training = createTraining(options);
	const digest = createHash("sha256").update(Float64Array.of(training.step()));
	const { passes, parameters } = training.record();
	digest.update(Float64Array.from(passes, ({ dataLoss }) => dataLoss));
	for (const { gradient, after } of parameters) digest.update(gradient).update(after);
	return digest.digest("hex");
}
