import { buildNet } from "../../engine/net.ts";
import { formatNumber } from "../../explain/number-text.ts";
import { archiveParts, fileEntry, npzEntry, textFile } from "../../formats/export/archive.ts";
import { caffeFiles } from "../../formats/export/caffe.ts";
import { iterationHandout } from "../../formats/export/handout.ts";
import { iterationCsv } from "../../formats/export/iteration-csv.ts";
import { iterationJson } from "../../formats/export/iteration-json.ts";
import { numpyScript } from "../../formats/export/numpy.ts";
import type { Script } from "../../formats/export/python/script.ts";
import { pytorchScript } from "../../formats/export/pytorch.ts";
import { countScalars } from "../../formats/export/scalars.ts";
import type { ExportSource } from "../../formats/export/source.ts";
import { weightsJson, weightsNpz } from "../../formats/export/weights.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { traceReader } from "../../store/view.ts";
import { structureOf } from "../../timeline/structure.ts";
import { createTimeline } from "../../timeline/timeline.ts";
import type { FileContent, FileOrder } from "./file-order.ts";
import { inParts } from "./in-parts.ts";
import type { Task } from "./task.ts";

/** The texts that stand in files and in what is said of them. */
export interface FileTexts {
	readonly exporting: Catalogue["exporting"];
	/** "and 7 more". */
	readonly more: (count: number) => string;
}

/** Of an iteration with more numbers than this there is no table with a line for each. */
const MOST_LINES = 10_000_000;

/** The iteration with all that explains it, put together again where the order has arrived. */
function sourceOf({ net, trace, notation, title }: FileOrder): ExportSource {
	const structure = structureOf(buildNet(net));
	const timeline = createTimeline(structure, trace.settings);
	return { trace, timeline, explain: { structure, engine: traceReader(timeline, trace), notation }, title };
}

const named = (layers: Script["leftOut"]) => layers.map(({ layer, type }) => `${layer} (${type})`).join(", ");

/** A script called `numpy.py` would be what its own `import numpy` finds. */
const SCRIPT_NAME = "iteration.py";

async function scriptFile(
	{ text, numbers, leftOut }: Script,
	{ exporting }: FileTexts,
	task: Task,
	more: readonly string[] = [],
): Promise<FileContent> {
	const notes = [...(leftOut.length === 0 ? [] : [exporting.leftOut(named(leftOut))]), ...more];
	if (numbers === null) return { ending: "py", content: new Blob([text]), notes };
	const entries = [fileEntry(textFile(SCRIPT_NAME, text)), npzEntry("numbers.npz", numbers)];
	return {
		ending: "zip",
		content: await inParts(archiveParts(entries), task),
		notes: [...notes, exporting.beside("numbers.npz")],
	};
}

/** Writes a file. Long ones are written in parts, between which the thread does what else it has to. */
export async function writeFile(order: FileOrder, texts: FileTexts, task: Task): Promise<FileContent> {
	const source = sourceOf(order);
	const { structure } = source.explain;
	const iteration = { net: structure.net, trace: order.trace, title: order.title };
	const { exporting, more } = texts;
	const { language, format, sample } = order;
	switch (order.id) {
		case "numpy":
			return scriptFile(numpyScript(iteration, exporting.code), texts, task);
		case "pytorch": {
			const { inexact, ...script } = pytorchScript(iteration, exporting.code);
			return scriptFile(script, texts, task, inexact.length === 0 ? [] : [exporting.inexact(named(inexact))]);
		}
		case "caffe": {
			const { files, rounded } = caffeFiles(iteration.net, iteration.trace, exporting.code);
			const notes = rounded.length === 0 ? [] : [exporting.rounded(rounded.join(", "))];
			return { ending: "zip", content: await inParts(archiveParts(files.map(fileEntry)), task), notes };
		}
		case "handout": {
			const parts = iterationHandout(source, { texts: exporting.handout, language, format, sample });
			return { ending: "tex", content: await inParts(parts, task), notes: [] };
		}
		case "csv": {
			if (countScalars(order.trace, structure) > MOST_LINES) {
				throw new Error(exporting.tooMany(formatNumber(MOST_LINES, format)));
			}
			const parts = iterationCsv(source, format, { columns: exporting.csv, more });
			return { ending: "csv", content: await inParts(parts, task), notes: [] };
		}
		case "json":
			return { ending: "json", content: await inParts(iterationJson(source), task), notes: [] };
		case "npz":
			return { ending: "npz", content: await inParts(weightsNpz(iteration.net, iteration.trace), task), notes: [] };
		case "weightsJson":
			return { ending: "json", content: await inParts(weightsJson(iteration.net, iteration.trace), task), notes: [] };
	}
}
