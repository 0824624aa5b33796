import type { IterationTrace } from "../../engine/trace.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { leftRim, rightRim } from "./band.tsx";
import { places } from "./columns.ts";
import { type Bundle, parameterOf, parameterReference } from "./connections.ts";
import type { Box, NetworkLayout } from "./layout.ts";

export interface BandWeight {
	readonly input: number;
	readonly unit: number;
	readonly reading: Reading;
	readonly value: number;
}

const weights = new WeakMap<IterationTrace, Map<string, readonly BandWeight[]>>();

/** All weights between two layers as they stand before the solver: the same for the whole iteration. */
export function weightsBetween(
	view: View,
	{ source, target }: Pick<Bundle, "source" | "target">,
): readonly BandWeight[] {
	const known = weights.get(view.trace) ?? new Map<string, readonly BandWeight[]>();
	weights.set(view.trace, known);
	const key = `${source.group.index}-${target.group.index}`;
	const found = known.get(key);
	if (found !== undefined) return found;
	const { head, units } = target.group;
	const list = places(units).flatMap((unit) =>
		places(source.group.units).map((input): BandWeight => {
			const place = { layer: head.name, ...parameterOf(head, unit, input, units) };
			const reference = parameterReference(view.timeline.structure, place, view.cursor.iteration);
			return { input, unit, reading: view.read(reference), value: view.value(reference) };
		}),
	);
	known.set(key, list);
	return list;
}

/** The largest |weight| between two layers: the scale of their heat maps. */
export function largestWeight(list: readonly BandWeight[]): number {
	return list.reduce((largest, { value }) => Math.max(largest, Number.isFinite(value) ? Math.abs(value) : 0), 0) || 1;
}

function overlap(a: Box, b: Box): number {
	const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return across > 0 && down > 0 ? across * down : 0;
}

/** Where the card of a band stands: in the band, where it covers least of what else there is. */
export function bandCardPlace(
	bundle: Bundle,
	layout: NetworkLayout,
	size: { readonly width: number; readonly height: number },
	taken: readonly Box[],
): Box {
	const left = rightRim(bundle.source) - 4;
	const right = leftRim(bundle.target) + 4;
	const obstacles: readonly Box[] = [
		...taken,
		...(layout.lens === null ? [] : [layout.lens]),
		...layout.columns.flatMap((column) =>
			column.box === null
				? [
						{
							x: column.x - column.half,
							y: layout.top - 20,
							width: 2 * column.half,
							height: layout.bottom - layout.top + 40,
						},
					]
				: [{ ...column.box, y: column.box.y - 46, height: column.box.height + 50 }],
		),
		...(bundle.source.bias === null
			? []
			: [{ x: bundle.source.bias.x - 70, y: bundle.source.bias.y - 18, width: 160, height: 40 }]),
	];
	const middle = (left + right) / 2 - size.width / 2;
	const xs = [middle, left + 4, left - size.width - 8, right - size.width - 4].map((x) =>
		Math.max(6, Math.min(x, layout.width - size.width - 6)),
	);
	const ys = places(9).map((place) => layout.top + ((layout.bottom - layout.top - size.height) * place) / 8);
	let best: Box = { x: middle, y: layout.top, ...size };
	let least = Number.POSITIVE_INFINITY;
	for (const [order, x] of xs.entries()) {
		for (const y of ys) {
			const box = { x, y, ...size };
			const covered = obstacles.reduce((sum, other) => sum + overlap(box, other), 0);
			const cost = covered + order * 40 + Math.abs(y + size.height / 2 - (layout.top + layout.bottom) / 2) * 0.2;
			if (cost < least) {
				least = cost;
				best = box;
			}
		}
	}
	return best;
}
