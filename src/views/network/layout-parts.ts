import type { Group, Structure } from "../../timeline/structure.ts";
import type { Point } from "../marks/edge-geometry.ts";
import { placeTiles } from "../marks/tile-geometry.ts";
import { type ColumnForm, type ImageShape, tileShapeOf } from "./columns.ts";
import type { LensRequest, PlacedLens, PlacedUnit } from "./layout.ts";

/** Units of few stand so far apart, at most. */
const PITCH = 230;

/** A column before it has its place. */
export interface Draft {
	readonly group: Group;
	readonly form: ColumnForm;
	readonly r: number;
	readonly half: number;
}

/** The "+1" stands below its column, or beside its foot where the column takes the whole height. */
export function biasPlace(draft: Draft, x: number, y: number, many: boolean): Point {
	if (!many) return { x, y };
	if (draft.form === "image" || draft.form === "tiles") return { x: x + draft.half * 0.5, y };
	return draft.group.units > 4 ? { x: x + draft.half + 22, y } : { x, y };
}

export function halfWidth(
	group: Group,
	form: ColumnForm,
	r: number,
	narrow: boolean,
	image: ImageShape | null,
): number {
	if (form === "image" && image !== null) return narrow ? 34 : 64;
	if (form === "tiles") return narrow ? 34 : 60;
	if (form === "strip") return narrow ? 12 : 15;
	if (form === "compact" && group.role === "hidden" && !narrow) return r + 24;
	return r + (group.role === "input" ? 2 : 9);
}

interface Span {
	readonly top: number;
	readonly bottom: number;
}

export function placeLens(
	request: LensRequest,
	place: PlacedLens["place"],
	across: { readonly x: number; readonly width: number },
	{ top, bottom }: Span,
	r: number,
	{ narrow, short, errors }: { readonly narrow: boolean; readonly short: boolean; readonly errors: boolean },
): PlacedLens {
	const { group, unit } = request;
	const aside = place === "own" ? group.units - 1 : 0;
	// What stands aside keeps its disc, and over it a pennant; the lens gives way as far as it can be read.
	const wanted = narrow ? 2 * r + 4 : 2 * r + (errors ? 52 : 30);
	const least = narrow || short ? 150 : 196;
	const height = Math.min(request.height, Math.max(least, bottom - top - aside * wanted), bottom - top);
	const natural = naturalY(group.units, unit, { top, bottom });
	const each = aside === 0 ? 0 : Math.min(wanted, (bottom - top - height) / aside);
	const highest = top + unit * each;
	const lowest = bottom - (group.units - 1 - unit) * each - height;
	const y = Math.max(highest, Math.min(lowest, natural - height / 2));
	return {
		request,
		place,
		x: across.x,
		width: across.width,
		y: place === "own" ? y : clampWithin(natural - height / 2, top, bottom - height),
		height,
	};
}

function clampWithin(value: number, low: number, high: number): number {
	return Math.max(low, Math.min(high, value));
}

function naturalY(units: number, unit: number, { top, bottom }: Span): number {
	const height = bottom - top;
	const pitch = Math.min(PITCH, height / units);
	return (top + bottom) / 2 + (unit - (units - 1) / 2) * pitch;
}

export function placeUnits(
	draft: Draft,
	x: number,
	span: Span,
	lens: PlacedLens | null,
	narrow: boolean,
	errors: boolean,
): readonly PlacedUnit[] {
	const { group, form, r } = draft;
	if (form === "image" || form === "tiles") return [];
	const { units } = group;
	return Array.from({ length: units }, (_, unit): PlacedUnit => {
		if (lens === null) return { unit, x, y: naturalY(units, unit, span), r, open: false };
		const open = lens.request.unit;
		if (unit === open) return { unit, x, y: lens.y + lens.height / 2, r, open: true };
		const above = unit < open;
		const from = above ? span.top : lens.y + lens.height;
		const to = above ? lens.y : span.bottom;
		const count = above ? open : units - 1 - open;
		const place = above ? unit : unit - open - 1;
		const each = (to - from) / count;
		const radius = Math.max(Math.min(6, Math.max(2, each / 2 - 0.5)), Math.min(r, each / 2 - (narrow ? 4 : 7)));
		// A pennant that is not known yet stands above: the disc leaves it the room.
		const lift = errors ? Math.max(0, Math.min(16, each / 2 - radius - 10)) : 0;
		return { unit, x, y: from + each * (place + 0.5) + lift, r: radius, open: false };
	});
}

/** Where an image or tiles lie, as large as the column lets them be. */
export function tilesOf({ form, group, half }: Draft, x: number, { top, bottom }: Span, image: ImageShape | null) {
	if (form !== "image" && form !== "tiles") return { box: null, tiles: null };
	const tiles = placeTiles(tileShapeOf(group, image), { width: 2 * half, height: bottom - top });
	const { width, height } = tiles;
	return { box: { x: x - width / 2, y: top + (bottom - top - height) * 0.38, width, height }, tiles };
}

/** More boxes than this side by side are drawn smaller. */
const MOST_WIDE = 3;
const SLIM = { alone: 38, near: 36, far: 15 } as const;

/** In a row of many boxes those that have nothing to do with the layer in focus step back in size too. */
export function makeRoom(structure: Structure, drafts: readonly Draft[], focus: Group | null): readonly Draft[] {
	const boxed = drafts.filter(({ form }) => form === "image" || form === "tiles");
	if (boxed.length <= MOST_WIDE) return drafts;
	const near = focus === null ? [] : [focus, ...structure.sourceGroups(focus), ...structure.consumers(focus)];
	return drafts.map((draft) => {
		if (!boxed.includes(draft)) return draft;
		const half = focus === null ? SLIM.alone : near.includes(draft.group) ? SLIM.near : SLIM.far;
		return { ...draft, half: Math.min(draft.half, half) };
	});
}
