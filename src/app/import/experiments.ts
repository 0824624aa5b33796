import type { NamedDataSet } from "../../data/preset.ts";
import { densePrototxt, gaussian, solverPrototxt } from "../../data/presets/dense-prototxt.ts";
import { buildNet } from "../../engine/net.ts";
import { countOf } from "../../engine/shape.ts";
import { readCaffemodel } from "../../formats/caffemodel/caffemodel.ts";
import { matchWeights } from "../../formats/caffemodel/net-weights.ts";
import type { CsvSamples, WantedColumns } from "../../formats/import/csv-samples.ts";
import { readNpz } from "../../formats/import/npz.ts";
import { layersOf } from "../../formats/import/npz-weights.ts";
import { ImportError } from "../../formats/import/problem.ts";
import { readNet, readSolver, type SampleShapes } from "../../formats/prototxt/index.ts";
import type { Experiment } from "../../store/experiment.ts";
import { structureOf } from "../../timeline/structure.ts";
import { classesOf, drawData, fitsNet } from "./drawn-data.ts";

/** What is to be told once something is open. */
export type Note =
	| { readonly code: "float32" }
	| { readonly code: "drawn"; readonly samples: number; readonly seed: number }
	| { readonly code: "missing" | "unused"; readonly layers: readonly string[] };

export interface Imported {
	readonly experiment: Experiment;
	readonly notes: readonly Note[];
}

interface SampleTarget extends WantedColumns {
	readonly input: string;
	readonly target: string;
	readonly classCount: number | null;
}

/** Where a table of samples goes in a net with one input and one target; null for any other net. */
export function sampleTarget({ net }: Experiment): SampleTarget | null {
	const built = buildNet(net);
	const { groups } = structureOf(built);
	const ofRole = (role: "input" | "target") => groups.filter((group) => group.role === role);
	const [[input, ...moreInputs], [target, ...moreTargets]] = [ofRole("input"), ofRole("target")];
	if (input === undefined || target === undefined || moreInputs.length + moreTargets.length > 0) return null;
	if (built.inputs.length !== 2) return null;
	const sizeOf = (name: string) => countOf(built.inputs.find((one) => one.name === name)?.blob.shape ?? [], 1);
	const names = [input, target].map(({ head, slot }) => head.topNames[slot]);
	const classCount = classesOf(built, net, names[1]);
	return {
		input: names[0],
		target: names[1],
		inputs: sizeOf(names[0]),
		targets: sizeOf(names[1]),
		classes: classCount !== null,
		classCount,
	};
}

export function fitsTarget(samples: CsvSamples, target: SampleTarget | null): target is SampleTarget {
	if (target === null || samples.inputs !== target.inputs) return false;
	if (samples.classes === null) return !target.classes && samples.targets === target.targets;
	return target.classCount !== null && samples.classes.length <= target.classCount;
}

/** A net for samples that the present one does not take: one hidden layer, and a loss that goes with the targets. */
export function unitsFor({ inputs, targets, classes }: CsvSamples): readonly number[] {
	return [inputs, 4, classes === null ? targets : classes.length];
}

const LARGEST_BATCH = 16;

function netFor(samples: CsvSamples): string {
	return densePrototxt({
		batch: Math.min(samples.samples, LARGEST_BATCH),
		units: unitsFor(samples),
		activations: ["Sigmoid", null],
		loss: samples.classes === null ? "EuclideanLoss" : "SoftmaxWithLoss",
		filler: gaussian(0.5),
	});
}

/** The experiment with samples from a table, in its own net where they fit, else in one made for them. */
export function withSamples(experiment: Experiment, samples: CsvSamples, name: string): Imported {
	const target = sampleTarget(experiment);
	const data = (input: string, wanted: string, shapes: readonly (readonly number[])[], card: NamedDataSet["card"]) => ({
		id: "csv",
		source: {
			samples: samples.samples,
			blobs: {
				[input]: { sampleShape: shapes[0], values: samples.values },
				[wanted]: { sampleShape: shapes[1], values: samples.wanted },
			},
		},
		card,
		origin: { source: name, licence: "" },
	});
	if (fitsTarget(samples, target)) {
		const { blobs } = experiment.data.source;
		const shapes = [blobs[target.input].sampleShape, blobs[target.target].sampleShape];
		return {
			experiment: { ...experiment, data: data(target.input, target.target, shapes, experiment.data.card) },
			notes: [],
		};
	}
	const shapes = [[samples.inputs], [samples.targets]];
	return {
		experiment: {
			preset: experiment.preset,
			name,
			net: readNet(netFor(samples), { precision: "double" }),
			solver: readSolver(solverPrototxt({ rate: 0.5 }), { precision: "double" }),
			data: data("data", "label", shapes, { kind: "numbers" }),
			seed: experiment.seed,
			start: {},
			edits: [],
		},
		notes: [],
	};
}

/**
 * The experiment with a net from prototxt, rounded as Caffe does; samples that fit stay, else some are drawn.
 * @throws FormatError, EngineError; `shape-needed` where `shapes` lacks a top that comes from a file
 */
export function withNet(experiment: Experiment, text: string, shapes: SampleShapes, name: string): Imported {
	const net = readNet(text, { precision: "caffe", sampleShapes: shapes });
	const built = buildNet(net);
	const fits = fitsNet(experiment.data, built, net);
	const data = fits ? experiment.data : drawData(built, net, experiment.seed);
	const drawn: readonly Note[] = fits ? [] : [{ code: "drawn", samples: data.source.samples, seed: experiment.seed }];
	const called = net.name === "" ? name : net.name;
	return {
		experiment: { ...experiment, name: called, net, data, start: {}, edits: [] },
		notes: [{ code: "float32" }, ...drawn],
	};
}

/** The experiment with a solver from prototxt; its log goes, for it spoke of the other solver. @throws FormatError */
export function withSolver(experiment: Experiment, text: string): Imported {
	const edits = experiment.edits.filter(({ kind }) => kind === "parameter");
	return { experiment: { ...experiment, solver: readSolver(text, { precision: "caffe" }), edits }, notes: [] };
}

/** The experiment begun with weights from a file. @throws WeightsError, ImportError, also where no layer has weights in it */
export function withWeights(experiment: Experiment, kind: "npz" | "caffemodel", bytes: Uint8Array): Imported {
	const net = buildNet(experiment.net);
	const names = net.layers.map(({ name }) => name);
	const layers = kind === "npz" ? layersOf(readNpz(bytes), names) : readCaffemodel(bytes);
	const { values, missing, unused } = matchWeights(net, layers);
	if (Object.keys(values).length === 0) {
		throw new ImportError({ code: "weights-none", names: layers.map(({ name }) => name) });
	}
	const edits = experiment.edits.filter((edit) => edit.kind === "solver" || edit.iteration > 1);
	const left: readonly Note[] = [
		...(missing.length === 0 ? [] : [{ code: "missing", layers: missing } as const]),
		...(unused.length === 0 ? [] : [{ code: "unused", layers: unused } as const]),
	];
	return { experiment: { ...experiment, start: values, edits }, notes: left };
}
