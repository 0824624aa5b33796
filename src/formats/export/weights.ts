import type { Net } from "../../engine/net.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { writeNumbers } from "../model/numbers.ts";
import { writeNpz } from "./archive.ts";
import type { NumberArray } from "./npy.ts";
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

/** Old and new parameters for `numpy.load`, bit for bit. */
export function weightsNpz(net: Net, trace: IterationTrace): Uint8Array {
	return writeNpz(parameterArrays(net, trace));
}

/** The same as JSON. The schema stands in docs/export.md. */
export function weightsJson(net: Net, trace: IterationTrace): string {
	const parameters = net.learnable.map(({ index, layer, slot, name, blob: { shape } }) => ({
		layer,
		slot,
		name,
		shape,
		before: writeNumbers(startValues(net, trace, index)),
		after: writeNumbers(trace.parameters[index].after),
	}));
	const json = { format: "deltascope-weights", version: 1, iteration: trace.iteration, parameters };
	return `${JSON.stringify(json)}\n`;
}
