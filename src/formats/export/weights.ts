import type { Net } from "../../engine/net.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { npzParts } from "./archive.ts";
import { jsonText } from "./json-parts.ts";
import type { NumberArray } from "./npy.ts";
import type { BytePart, TextPart } from "./parts.ts";
import { startValues } from "./start-values.ts";

/** The parameters at the start of an iteration and what it made of them, under `layer.slot.before` and `layer.slot.after`. */
function parameterArrays(net: Net, trace: IterationTrace): Readonly<Record<string, NumberArray>> {
	return Object.fromEntries(
		net.learnable.flatMap(({ index, layer, slot, blob: { shape } }) => {
			const before = startValues(net, trace, index);
			const { after } = trace.parameters[index];
			const name = `${layer.replaceAll("/", "_")}.${slot}`;
			return [
				[`${name}.before`, { shape, values: before }],
				[`${name}.after`, { shape, values: after }],
			];
		}),
	);
}

/** Old and new parameters for `numpy.load`, bit for bit, part by part. */
export const weightsNpz = (net: Net, trace: IterationTrace): Generator<BytePart> =>
	npzParts(parameterArrays(net, trace));

/** The same as JSON. The schema stands in docs/export.md. */
export function weightsJson(net: Net, trace: IterationTrace): Generator<TextPart> {
	const parameters = net.learnable.map(({ index, layer, slot, name, blob: { shape } }) => ({
		layer,
		slot,
		name,
		shape,
		before: startValues(net, trace, index),
		after: trace.parameters[index].after,
	}));
	const numbers = net.learnable.reduce((sum, { blob }) => sum + 2 * blob.count, 0);
	return jsonText({ format: "deltascope-weights", version: 1, iteration: trace.iteration, parameters }, numbers);
}
