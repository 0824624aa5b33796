import type { IterationTrace } from "../../engine/trace.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";

const known = new WeakMap<IterationTrace, Map<string, number>>();

/** The largest |value| of a layer over the batch: its discs' scale, the same for the whole iteration. At least 1. */
export function layerMaximum(view: View, group: Group): number {
	const scales = known.get(view.trace) ?? new Map<string, number>();
	known.set(view.trace, scales);
	const key = `${view.pass}/${group.index}`;
	const found = scales.get(key);
	if (found !== undefined) return found;
	let maximum = 1;
	const at = { iteration: view.cursor.iteration, pass: view.pass, side: "data" } as const;
	for (let sample = 0; sample < group.samples; sample++) {
		for (let unit = 0; unit < group.units; unit++) {
			const value = Math.abs(view.value(groupScalar(group, "a", at, sample, unit)));
			if (Number.isFinite(value)) maximum = Math.max(maximum, value);
		}
	}
	scales.set(key, maximum);
	return maximum;
}
