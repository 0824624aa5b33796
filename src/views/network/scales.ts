import type { IterationTrace } from "../../engine/trace.ts";
import type { View } from "../../store/view.ts";
import { type Group, outputLayer } from "../../timeline/structure.ts";

const known = new WeakMap<IterationTrace, Map<string, number>>();

/** The largest |value| of a layer over the batch: its discs' scale, the same for the whole iteration. At least 1. */
export function layerMaximum(view: View, group: Group): number {
	const scales = known.get(view.trace) ?? new Map<string, number>();
	known.set(view.trace, scales);
	const key = `${view.pass}/${group.index}`;
	const found = scales.get(key);
	if (found !== undefined) return found;
	const layer = outputLayer(group);
	const slot = layer === group.head ? group.slot : 0;
	const values = view.trace.passes[view.pass]?.layers[layer.index]?.tops[slot]?.data ?? [];
	let maximum = 1;
	for (const value of values) if (Number.isFinite(value)) maximum = Math.max(maximum, Math.abs(value));
	scales.set(key, maximum);
	return maximum;
}
