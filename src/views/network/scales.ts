import type { IterationTrace } from "../../engine/trace.ts";
import { shownDivisor } from "../../explain/expand.ts";
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

/** The largest |δ| of a layer over the batch, as the notation has it: the scale of its tiles. */
export function deltaMaximum(view: View, group: Group): number {
	const scales = known.get(view.trace) ?? new Map<string, number>();
	known.set(view.trace, scales);
	const key = `${view.notation} δ ${view.pass}/${group.index}`;
	const found = scales.get(key);
	if (found !== undefined) return found;
	const values = view.trace.passes[view.pass]?.layers[group.head.index]?.tops[group.slot]?.diff ?? [];
	let largest = 0;
	for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
	const { name: layer } = group.head;
	const { iteration } = view.cursor;
	const first = { kind: "top", iteration, pass: view.pass, layer, slot: group.slot, side: "diff", index: 0 } as const;
	const maximum = largest === 0 ? 1 : largest / shownDivisor(view.explain, first);
	scales.set(key, maximum);
	return maximum;
}
