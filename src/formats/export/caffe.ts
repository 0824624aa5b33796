import type { Net } from "../../engine/net.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { writeCaffemodel } from "../caffemodel/caffemodel.ts";
import { storedLayers } from "../caffemodel/net-weights.ts";
import { writeNet, writeSolver } from "../prototxt/index.ts";
import { type ScriptFile, textFile } from "./archive.ts";
import type { CodeTexts } from "./python/script.ts";
import { startValues } from "./start-values.ts";

export interface CaffeFiles {
	readonly files: readonly ScriptFile[];
	/** Settings that Caffe holds as other numbers: its floats have 24 bits. */
	readonly rounded: readonly string[];
}

/**
 * An iteration for Caffe: the net, a solver of one step from this iteration's rate, and the parameters that it starts
 * from. Caffe's command line keeps no histories in a model: where they are not 0, the first line says so.
 */
export function caffeFiles(net: Net, trace: IterationTrace, texts: CodeTexts): CaffeFiles {
	const written = writeNet(net.specification);
	const solver = writeSolver({ ...trace.settings, baseLr: trace.rate, lrPolicy: "fixed", maxIter: 1 });
	const hasHistory = trace.parameters.some(({ historyBefore }) =>
		historyBefore.some((slot) => slot.some((value) => value !== 0)),
	);
	const notes = [
		...texts.caffeSolver(trace.iteration).split("\n"),
		...(hasHistory ? texts.caffeHistory.split("\n") : []),
	].map((line) => `# ${line}\n`);
	const head = `${notes.join("")}net: "train.prototxt"\n`;
	const stored = storedLayers(net, (learnable) => startValues(net, trace, learnable));
	return {
		files: [
			textFile("train.prototxt", written.text),
			textFile("solver.prototxt", `${head}${solver.text}`),
			{ name: "weights.caffemodel", bytes: new Uint8Array(writeCaffemodel(net.specification.name, stored)) },
		],
		rounded: [...written.rounded, ...solver.rounded].map(
			(one) => `${"layer" in one ? `${one.layer}.` : ""}${one.setting}`,
		),
	};
}
