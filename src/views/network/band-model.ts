import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { leftRim, rightRim } from "./band.tsx";
import { places } from "./columns.ts";
import { type Bundle, parameterOf, parameterReference } from "./connections.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import { overlap } from "./overlap.ts";

/** One weight of a band, by the units at its ends. */
export interface BandWeight {
	readonly input: number;
	readonly unit: number;
	readonly reading: Reading;
}

/** The weights between two layers as they stand before the solver, as the layer stores them. */
function storedWeights(view: View, { target }: Pick<Bundle, "source" | "target">): Float64Array {
	const use = target.group.head.parameters[0];
	return view.trace.parameters[use?.learnable ?? -1]?.before ?? new Float64Array();
}

/** How the weights of a band are distributed: those that are drawn as edges are left out. */
export function bandValues(view: View, bundle: Bundle): ArrayLike<number> {
	const stored = storedWeights(view, bundle);
	const apart = bundle.drawn.filter(({ slot }) => slot === 0).map(({ index }) => index);
	if (apart.length === 0) return stored;
	const out = new Uint8Array(stored.length);
	for (const index of apart) out[index] = 1;
	return stored.filter((_, index) => out[index] === 0);
}

const largestOf = new WeakMap<Float64Array, number>();

/** The largest |weight| between two layers: the scale of their heat maps. */
export function largestWeight(view: View, bundle: Bundle): number {
	const stored = storedWeights(view, bundle);
	const found = largestOf.get(stored);
	if (found !== undefined) return found;
	let largest = 0;
	for (const value of stored) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
	const maximum = largest === 0 ? 1 : largest;
	largestOf.set(stored, maximum);
	return maximum;
}

function weightOf(view: View, { target }: Pick<Bundle, "source" | "target">, input: number, unit: number): BandWeight {
	const { head, units } = target.group;
	const place = { layer: head.name, ...parameterOf(head, unit, input, units) };
	const reference = parameterReference(view.timeline.structure, place, view.cursor.iteration);
	return { input, unit, reading: view.read(reference) };
}

/** The weights of a band with the largest sizes first, so many of them. */
export function largestWeights(view: View, bundle: Bundle, count: number): readonly BandWeight[] {
	const stored = storedWeights(view, bundle);
	const { head, units } = bundle.target.group;
	const inputs = bundle.source.group.units;
	const transposed = head.run.settings.transpose === true;
	return Array.from(stored, (value, index) => ({ index, size: Math.abs(value) }))
		.sort((a, b) => b.size - a.size)
		.slice(0, count)
		.map(({ index }) =>
			transposed
				? weightOf(view, bundle, Math.floor(index / units), index % units)
				: weightOf(view, bundle, index % inputs, Math.floor(index / inputs)),
		);
}

/** Two cards keep so far apart: each counts another band. */
const APART = 6;
const CLASH = 20;
/** A card outside of its band counts for nothing that one sees: it rather covers a part of the columns beside it. */
const OFF_BAND = 400;

function grown({ x, y, width, height }: Box, by: number): Box {
	return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
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
			const clash = taken.reduce((sum, other) => sum + overlap(grown(box, APART), other), 0);
			const cost =
				covered +
				clash * CLASH +
				order * OFF_BAND +
				Math.abs(y + size.height / 2 - (layout.top + layout.bottom) / 2) * 0.2;
			if (cost < least) {
				least = cost;
				best = box;
			}
		}
	}
	return best;
}
