interface RowItem {
	readonly width: number;
	/** Room before it: at least, and its share of what is left over. */
	readonly least: number;
	readonly weight: number;
}

/** Where things stand from left to right. */
export interface Row {
	readonly width: number;
	readonly xs: readonly number[];
	/** Left edge of the targets. */
	readonly targets: number | null;
	readonly lens: { readonly x: number; readonly width: number };
}

export const TARGET_WIDTH = 44;
/** A class's name and its box. */
export const LABEL_WIDTH = 66;
/** A pennant's number beside a class. */
export const DELTA_WIDTH = 84;

/** Beside a scene: heads, but discs of middle size. */
export const MEDIUM = 600;

export interface RowRequest {
	/** Half the width of each column. */
	readonly halves: readonly number[];
	/** The lens: at which column, in its place or beside it, and how wide it would like to be. */
	readonly lens: { readonly at: number; readonly place: LensPlace; readonly width: number } | null;
	readonly targets: { readonly width: number; readonly labelled: boolean };
	readonly available: number;
	readonly narrow: boolean;
	readonly crowded: boolean;
	readonly many: boolean;
	readonly compact: boolean;
}

/** `own`: in the unit's place, the others move; `left`/`right`: beside a column of many units. */
export type LensPlace = "own" | "left" | "right";

/** Places columns, lens and targets from left to right; what room is left over goes to the gaps. */
export function placeRow({
	halves,
	lens: wanted,
	targets,
	available,
	narrow,
	crowded,
	many,
	compact,
}: RowRequest): Row {
	const at = wanted?.at ?? -1;
	const place = wanted?.place ?? null;
	const roomy = narrow ? 20 : crowded ? 26 : available < MEDIUM ? 44 : 62;
	const near = narrow ? 16 : compact ? 22 : 30;
	const margins = narrow ? 13 : many ? 24 : available < MEDIUM ? 34 : wanted === null ? 68 : 34;
	const build = (lensWidth: number, least: number): readonly RowItem[] => [
		...halves.flatMap((half, index): RowItem[] => {
			const before = index === 0 ? { least: 0, weight: 0 } : { least, weight: 1 };
			if (index !== at || place === null) return [{ width: 2 * half, ...before }];
			const lens = { width: lensWidth };
			if (place === "own") return [{ ...lens, ...before }];
			const column = { width: 2 * half };
			return place === "left"
				? [
						{ ...lens, ...before },
						{ ...column, least: near, weight: 0 },
					]
				: [
						{ ...column, ...before },
						{ ...lens, least: near, weight: 0 },
					];
		}),
		...(targets.width > 0
			? [
					targets.labelled
						? { width: targets.width, least: narrow || compact ? 14 : 24, weight: 0 }
						: { width: targets.width, least, weight: wanted === null ? 0.45 : 0.3 },
				]
			: []),
	];
	const smallest = wanted === null ? 0 : narrow ? 206 : crowded || compact ? 236 : 270;
	const narrowest = (least: number, margin: number) =>
		build(smallest, least).reduce((sum, item) => sum + item.width + item.least, 2 * margin);
	// Gaps and margins give way before anything has to be scrolled to.
	const tight = narrowest(roomy, margins) > available;
	const closer = Math.min(roomy, crowded || compact ? 16 : 30);
	// On the narrowest phones a lens beside two columns fits only without all of them.
	const cramped = tight && narrow && narrowest(closer, margins) > available;
	const least = cramped ? 9 : tight ? closer : roomy;
	const margin = cramped ? 6 : tight ? Math.min(margins, compact ? 14 : 22) : margins;
	const needed = (items: readonly RowItem[]) => items.reduce((sum, item) => sum + item.width + item.least, 2 * margin);
	const lensWidth =
		wanted === null
			? 0
			: tight
				? smallest
				: Math.min(wanted.width, Math.max(smallest, available - needed(build(0, least))));
	const items = build(lensWidth, least);
	const width = Math.max(available, needed(items));
	const weights = items.reduce((sum, { weight }) => sum + weight, 0);
	const spare = width - needed(items);
	let x = margin + (weights === 0 ? spare / 2 : 0);
	const lefts = items.map((item) => {
		x += item.least + (weights === 0 ? 0 : (spare * item.weight) / weights);
		const left = x;
		x += item.width;
		return left;
	});
	const lensItem = place === "right" ? at + 1 : at;
	const itemOf = (index: number) =>
		(place === "left" && index >= at) || (place === "right" && index > at) ? index + 1 : index;
	const middle = (item: number) => (lefts[item] ?? 0) + (items[item]?.width ?? 0) / 2;
	return {
		width,
		xs: halves.map((_, index) => middle(itemOf(index))),
		targets: targets.width > 0 ? (lefts[items.length - 1] ?? 0) : null,
		lens: { x: lefts[lensItem] ?? 0, width: lensWidth },
	};
}
