import type { Net } from "../../engine/net.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { layerWriters } from "./python/layers/index.ts";

/**
 * A learnable parameter as the iteration found it: what the trace calls `before` is what the solver found, and a layer
 * may have moved it in the passes.
 */
export function startValues(net: Net, { parameters, passes }: IterationTrace, learnable: number): Float64Array {
	const { before } = parameters[learnable];
	const { movedByLayer, users } = net.learnable[learnable];
	if (!movedByLayer) return before;
	// Whoever runs first finds the values.
	const [first] = users
		.map(({ layer, slot }) => ({ layer: net.layer(layer), slot }))
		.toSorted((a, b) => a.layer.index - b.layer.index);
	const internal = layerWriters[first.layer.type]?.moves;
	if (internal === undefined) return before;
	const from = first.layer.parameters.slice(0, first.slot).reduce((sum, { blob }) => sum + blob.count, 0);
	return passes[0].layers[first.layer.index].internals[internal].slice(from, from + before.length);
}
