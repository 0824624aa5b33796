import { sum } from "../../engine/expressions.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { shownDivisor } from "../../explain/expand.ts";
import { gradientParts, type ShareReference } from "../../explain/gradient-parts.ts";
import type { Reading } from "../../explain/reading.ts";
import { atOnce, inSlices } from "../../store/slices.ts";
import type { View } from "../../store/view.ts";
import { onItsWay } from "../marks/on-its-way.ts";
import { pileReach } from "../marks/pile-layout.ts";
import { currentContribution, type Element, type GradientRow } from "./model.ts";

/** How one weight's gradient comes together: slivers, their sum, the mean, earlier passes, the diamond. */
export interface Strip {
	readonly element: Element;
	readonly shares: readonly ShareReference[];
	readonly slivers: readonly Reading[];
	/** Of the slivers; null where there is only one. */
	readonly sum: Reading | null;
	/** Null where the notation does not divide here, or by 1. */
	readonly mean: Reading | null;
	/** What the mean multiplies by: 1/m. */
	readonly scaleValue: number;
	/** What each pass up to this one adds, and what has come together so far; null with one pass. */
	readonly passes: { readonly parts: readonly Reading[]; readonly soFar: Reading } | null;
	readonly gradient: Reading;
}

export function stripOf(view: View, { group }: GradientRow, element: Element): Strip {
	const { contributions, scale, scaleValue } = gradientParts(view.explain, element.gradient);
	const current = currentContribution(view, group, contributions);
	const own = contributions[current];
	const shares = own?.shares ?? [];
	const gradient = view.read(element.gradient);
	const single = contributions.length <= 1;
	const upTo = contributions.slice(0, current + 1);
	const isLast = current === contributions.length - 1;
	return {
		element,
		shares,
		slivers: shares.map((share) => view.read(share)),
		sum: own === undefined || shares.length < 2 ? null : single && scale === null ? gradient : view.derive(own.sum),
		mean: own === undefined || scale === null ? null : single ? gradient : view.derive(own.whole),
		scaleValue,
		passes: single
			? null
			: {
					parts: upTo.map(({ whole }) => view.derive(whole)),
					soFar: isLast
						? gradient
						: view.derive(
								sum(
									upTo.map(({ whole }) => whole),
									"passes",
								),
							),
				},
		gradient,
	};
}

/** What one axis must hold on either side of zero. */
export interface Reach {
	readonly up: number;
	readonly down: number;
}

/** Pauses after each share. */
function* reachOf(view: View, { group, elements }: GradientRow): Generator<void, Reach> {
	const piles: number[][] = [];
	for (const { slot, index, computed } of elements) {
		if (!computed) continue;
		const sums: number[] = [];
		for (let pass = 0; pass < view.trace.settings.iterSize; pass++) {
			const at = {
				kind: "share",
				iteration: view.cursor.iteration,
				pass,
				layer: group.head.name,
				slot,
				index,
			} as const;
			const divisor = shownDivisor(view.explain, { ...at, sample: 0 });
			const recorded: number[] = [];
			for (let sample = 0; sample < group.samples; sample++) {
				recorded.push(view.value({ ...at, sample }));
				yield;
			}
			piles.push(recorded.map((value) => value / divisor));
			sums.push(recorded.reduce((total, value) => total + value, 0));
		}
		piles.push(sums);
	}
	return {
		up: Math.max(0, ...piles.map((pile) => pileReach(pile.filter((value) => value > 0)))),
		down: Math.max(0, ...piles.map((pile) => pileReach(pile.filter((value) => value < 0)))),
	};
}

/** So many products are made at once; more would hold the page up. */
const MOST_AT_ONCE = 4000;

/** How many products the shares of a row are made of: one each, in a layer of windows one for each place. */
function productsOf({ trace }: View, { group, elements }: GradientRow): number {
	const [rows = 1] = group.head.run.parameters[0]?.shape ?? [];
	const places = group.head.definition.picture === "dense" ? 1 : Math.max(1, group.units / rows);
	return elements.length * group.samples * trace.settings.iterSize * places;
}

const reaches = new WeakMap<IterationTrace, Map<string, () => Reach>>();

/**
 * What the one axis of a row's strips must hold on either side of zero in any pass, whatever the cursor. Of a long row
 * it comes in slices: whoever draws it suspends until then.
 */
export function stripReach(view: View, row: GradientRow): Reach {
	const known = reaches.get(view.trace) ?? new Map<string, () => Reach>();
	reaches.set(view.trace, known);
	const key = `${view.notation} ${row.group.index}/${row.unit}`;
	const found = known.get(key) ?? readReach(view, row);
	known.set(key, found);
	return found();
}

function readReach(view: View, row: GradientRow): () => Reach {
	const work = reachOf(view, row);
	if (productsOf(view, row) > MOST_AT_ONCE) return onItsWay(() => inSlices(work)).read;
	const reach = atOnce(work);
	return () => reach;
}
