import { buildNet, type Net } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import { countOf, type Shape } from "../engine/shape.ts";
import type { DataSource, NetSpecification } from "../engine/specification.ts";
import { structureOf } from "../timeline/structure.ts";
import { EDIT_LIMITS } from "./edit-limits.ts";
import type { Experiment } from "./experiment.ts";

function withSource(experiment: Experiment, source: DataSource): Experiment {
	return { ...experiment, data: { ...experiment.data, source } };
}

/** Another number in a sample's input or target. Starts again at iteration 1. */
export function withDataValue(
	experiment: Experiment,
	blob: string,
	sample: number,
	index: number,
	value: number,
): Experiment {
	const { source } = experiment.data;
	const known = source.blobs[blob];
	const size = known === undefined ? 0 : countOf(known.sampleShape);
	if (known === undefined || index >= size || sample >= source.samples) {
		throw new EngineError({ code: "data-shape", blob, expected: size, found: index + 1 });
	}
	checkValue(experiment.net, blob, value);
	const values = known.values.slice();
	values[sample * size + index] = value;
	return withSource(experiment, { ...source, blobs: { ...source.blobs, [blob]: { ...known, values } } });
}

/** Finite, and where it is a class label one of the classes. */
function checkValue(net: NetSpecification, blob: string, value: number): void {
	const classes = labelClasses(buildNet(net)).get(blob);
	if (Number.isFinite(value) && classes === undefined) return;
	if (classes !== undefined && Number.isInteger(value) && value >= 0 && value < classes) return;
	const expected = classes === undefined ? "number" : `integer 0 … ${classes - 1}`;
	throw new EngineError({ code: "setting", layer: blob, setting: "value", expected, found: String(value) });
}

/** One sample more: a copy of the last, to be edited. */
export function withSampleAdded(experiment: Experiment): Experiment {
	const { source } = experiment.data;
	if (source.samples >= EDIT_LIMITS.samples) {
		const expected = `≤ ${EDIT_LIMITS.samples}`;
		const found = String(source.samples + 1);
		throw new EngineError({ code: "setting", layer: "data", setting: "samples", expected, found });
	}
	return resample(experiment, [...Array.from({ length: source.samples }, (_, k) => k), source.samples - 1]);
}

/** Without one sample; the last one stays. */
export function withoutSample(experiment: Experiment, sample: number): Experiment {
	const { source } = experiment.data;
	if (source.samples <= 1) {
		throw new EngineError({ code: "setting", layer: "data", setting: "samples", expected: "≥ 1", found: "0" });
	}
	return resample(
		experiment,
		Array.from({ length: source.samples }, (_, k) => k).filter((k) => k !== sample),
	);
}

function resample(experiment: Experiment, order: readonly number[]): Experiment {
	const { source } = experiment.data;
	const blobs = Object.fromEntries(
		Object.entries(source.blobs).map(([name, { sampleShape, values }]) => {
			const size = countOf(sampleShape);
			const taken = new Float64Array(order.length * size);
			order.forEach((from, to) => {
				taken.set(values.subarray(from * size, (from + 1) * size), to * size);
			});
			return [name, { sampleShape, values: taken }];
		}),
	);
	return withSource(experiment, { blobs, samples: order.length });
}

/** Class index ↔ one target a class; otherwise columns are cut or filled with 0. */
function fitSample(
	values: Float64Array,
	from: number,
	to: number,
	toClasses: boolean,
	fromClasses: boolean,
): Float64Array {
	if (toClasses && !fromClasses) {
		let best = 0;
		values.forEach((value, index) => {
			if (value > values[best]) best = index;
		});
		return Float64Array.of(best);
	}
	const fitted = new Float64Array(to);
	if (fromClasses && !toClasses) {
		const label = Math.trunc(values[0]);
		if (label < to) fitted[label] = 1;
		return fitted;
	}
	fitted.set(values.subarray(0, Math.min(from, to)));
	return fitted;
}

/** A class label beyond the classes would be read outside the scores. */
function checkLabels(values: Float64Array, classes: number, blob: string): void {
	const largest = values.reduce((a, b) => Math.max(a, b), 0);
	if (largest >= classes) {
		throw new EngineError({
			code: "setting",
			layer: blob,
			setting: "num_output",
			expected: `≥ ${largest + 1}`,
			found: String(classes),
		});
	}
}

/** The experiment with another net and its data fitted to the new Input shapes. */
export function fitData(experiment: Experiment, net: NetSpecification): Experiment {
	const { source } = experiment.data;
	const built = buildNet(net);
	const wasLabel = labelClasses(buildNet(experiment.net));
	const isLabel = labelClasses(built);
	const blobs = Object.fromEntries(
		built.inputs.map(({ name, blob }) => {
			const known = source.blobs[name];
			const sampleShape: Shape = blob.shape.slice(1);
			const size = countOf(sampleShape);
			const before = known === undefined ? 0 : countOf(known.sampleShape);
			const toClasses = isLabel.has(name);
			const fromClasses = wasLabel.has(name);
			if (known !== undefined && before === size && toClasses === fromClasses) {
				if (toClasses) checkLabels(known.values, isLabel.get(name) ?? 1, name);
				return [name, known];
			}
			const values = new Float64Array(source.samples * size);
			for (let sample = 0; sample < source.samples && known !== undefined; sample++) {
				const old = known.values.subarray(sample * before, (sample + 1) * before);
				values.set(fitSample(old, before, size, toClasses, fromClasses), sample * size);
			}
			return [name, { sampleShape, values }];
		}),
	);
	return { ...withSource(experiment, { ...source, blobs }), net };
}

/** Inputs that hold class labels, with the number of classes their loss scores. */
function labelClasses(net: Net): ReadonlyMap<string, number> {
	const { groups, consumers } = structureOf(net);
	const found = new Map<string, number>();
	for (const group of groups) {
		if (group.role !== "target") continue;
		const loss = consumers(group).find(({ head }) => head.type === "SoftmaxWithLoss");
		if (loss !== undefined) found.set(group.head.topNames[group.slot], countOf(loss.head.run.bottoms[0].shape, 1));
	}
	return found;
}
