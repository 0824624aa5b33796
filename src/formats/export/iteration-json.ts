import { referencesOf } from "../../engine/evaluate.ts";
import { explainScalar } from "../../engine/explain-scalar.ts";
import { expressionText } from "../../engine/expression-text.ts";
import { referenceText } from "../../engine/reference.ts";
import type { PassTrace } from "../../engine/trace.ts";
import { type JsonSource, jsonText } from "./json-parts.ts";
import type { TextPart } from "./parts.ts";
import { countScalars, iterationScalars } from "./scalars.ts";
import type { ExportSource } from "./source.ts";

/** The version of the schema in docs/export.md. */
export const ITERATION_VERSION = 1;

/** So many factors are written out; of an iteration with more, the arrays alone. */
const MOST_FACTORS = 300_000;

const array = (shape: readonly number[], values: Float64Array): JsonSource => ({ shape, values });

function passOf({ explain }: ExportSource, { layers, dataLoss, decayLoss }: PassTrace): JsonSource {
	const { net } = explain.structure;
	return {
		dataLoss,
		decayLoss,
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

/** So many formulas are written in one go. */
const BETWEEN = 64;

/** Every recorded scalar with its formula (null: given from outside); null where they would be too many. */
function* scalarsOf({ trace, explain }: ExportSource): Generator<TextPart, JsonSource> {
	const of = countScalars(trace, explain.structure);
	if (of > MOST_FACTORS) return null;
	let factors = 0;
	const written: JsonSource[] = [];
	for (const reference of iterationScalars(trace, explain.structure)) {
		const expression = explainScalar(explain.engine, reference);
		factors += expression === null ? 1 : 1 + referencesOf(expression).length;
		if (factors > MOST_FACTORS) return null;
		written.push({
			ref: referenceText(reference),
			value: explain.engine.read(reference),
			formula: expression === null ? null : expressionText(expression),
		});
		if (written.length % BETWEEN === 0) yield { text: "", done: 0, of };
	}
	return written;
}

/**
 * A whole iteration as JSON, part by part: every number, bit for bit, and every formula. The schema stands in
 * docs/export.md.
 */
export function* iterationJson(source: ExportSource): Generator<TextPart> {
	const { trace, explain, title } = source;
	const { net } = explain.structure;
	const scalars = yield* scalarsOf(source);
	const json: JsonSource = {
		format: "deltascope-iteration",
		version: ITERATION_VERSION,
		experiment: title,
		iteration: trace.iteration,
		solver: { ...trace.settings, rate: trace.rate },
		clip: trace.clip === null ? null : { norm: trace.clip.norm, scale: trace.clip.scale },
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
			return {
				layer,
				slot,
				name,
				shape: blob.shape,
				lrMult,
				decayMult,
				before: own.before,
				gradient: own.gradient,
				clipped: own.clipped,
				normalized: own.normalized,
				regularized: own.regularized,
				historyBefore: own.historyBefore,
				history: own.history,
				update: own.update,
				after: own.after,
			};
		}),
		again: () => passOf(source, trace.again),
		scalars,
	};
	yield* jsonText(json, countScalars(trace, explain.structure));
}
