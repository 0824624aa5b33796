import { referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import { expressionText } from "../../engine/expression-text.ts";
import { referenceText } from "../../engine/reference.ts";
import type { PassTrace } from "../../engine/trace.ts";
import { type WrittenNumber, writeNumber, writeNumbers } from "../model/numbers.ts";
import { countScalars, iterationScalars } from "./scalars.ts";
import type { ExportSource } from "./source.ts";

/** The version of the schema in docs/export.md. */
export const ITERATION_VERSION = 1;

/** So many factors are written out; of an iteration with more, the arrays alone. */
const MOST_FACTORS = 300_000;

interface WrittenArray {
	readonly shape: readonly number[];
	readonly values: readonly WrittenNumber[];
}

interface WrittenScalar {
	readonly ref: string;
	readonly value: WrittenNumber;
	/** Null: given from outside. */
	readonly formula: string | null;
}

const array = (shape: readonly number[], values: ArrayLike<number>): WrittenArray => ({
	shape,
	values: writeNumbers(values),
});

function passOf({ explain }: ExportSource, { layers, dataLoss, decayLoss }: PassTrace) {
	const { net } = explain.structure;
	return {
		dataLoss: writeNumber(dataLoss),
		decayLoss: writeNumber(decayLoss),
		layers: net.layers.map(({ name, run }, index) => ({
			layer: name,
			tops: layers[index].tops.map(({ data, diff }, slot) => ({
				data: array(run.tops[slot].shape, data),
				diff: diff === null ? null : array(run.tops[slot].shape, diff),
			})),
			internals: Object.fromEntries(
				Object.entries(layers[index].internals).map(([key, values]) => [key, array(run.internals[key].shape, values)]),
			),
			internalDiffs: Object.fromEntries(
				Object.entries(layers[index].internalDiffs).map(([key, values]) => [
					key,
					array(run.internals[key].shape, values),
				]),
			),
		})),
	};
}

/** Every recorded scalar with its formula; null where they would be too many. */
function scalarsOf({ trace, explain }: ExportSource): readonly WrittenScalar[] | null {
	if (countScalars(trace, explain.structure) > MOST_FACTORS) return null;
	let factors = 0;
	const written: WrittenScalar[] = [];
	for (const reference of iterationScalars(trace, explain.structure)) {
		const expression = explainScalar(explain.engine, reference);
		factors += expression === null ? 1 : 1 + referencesOf(expression).length;
		if (factors > MOST_FACTORS) return null;
		written.push({
			ref: referenceText(reference),
			value: writeNumber(explain.engine.read(reference)),
			formula: expression === null ? null : expressionText(expression),
		});
	}
	return written;
}

/** A whole iteration as JSON: every number, bit for bit, and every formula. The schema stands in docs/export.md. */
export function iterationJson(source: ExportSource): string {
	const { trace, explain, title } = source;
	const { net } = explain.structure;
	const json = {
		format: "deltascope-iteration",
		version: ITERATION_VERSION,
		experiment: title,
		iteration: trace.iteration,
		solver: { ...trace.settings, rate: writeNumber(trace.rate) },
		clip: trace.clip === null ? null : { norm: writeNumber(trace.clip.norm), scale: writeNumber(trace.clip.scale) },
		net: net.layers.map(({ name, type, automatic, bottomNames, topNames, lossWeights }) => ({
			name,
			type,
			automatic,
			bottoms: bottomNames,
			tops: topNames,
			lossWeights,
		})),
		firstSamples: trace.firstSamples,
		passes: trace.passes.map((pass) => passOf(source, pass)),
		parameters: net.learnable.map(({ index, layer, slot, name, blob, lrMult, decayMult }) => {
			const own = trace.parameters[index];
			const optional = (values: ArrayLike<number> | null) => (values === null ? null : writeNumbers(values));
			return {
				layer,
				slot,
				name,
				shape: blob.shape,
				lrMult,
				decayMult,
				before: writeNumbers(own.before),
				gradient: writeNumbers(own.gradient),
				clipped: optional(own.clipped),
				normalized: optional(own.normalized),
				regularized: optional(own.regularized),
				historyBefore: own.historyBefore.map(writeNumbers),
				history: own.history.map(writeNumbers),
				update: writeNumbers(own.update),
				after: writeNumbers(own.after),
			};
		}),
		again: passOf(source, trace.again),
		scalars: scalarsOf(source),
	};
	const members = Object.entries(json).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
	return `{\n${members.join(",\n")}\n}\n`;
}
