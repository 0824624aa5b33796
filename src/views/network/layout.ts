import type { Group, Structure } from "../../timeline/structure.ts";
import type { Point } from "../marks/edge-geometry.ts";
import type { TileGeometry } from "../marks/tile-geometry.ts";
import { type ColumnForm, columnGroups, formOf, type ImageShape, isLabel, targetGroup } from "./columns.ts";
import { biasPlace, type Draft, halfWidth, makeRoom, placeLens, placeUnits, tilesOf } from "./layout-parts.ts";
import { DELTA_WIDTH, LABEL_WIDTH, type LensPlace, MEDIUM, placeRow, TARGET_WIDTH } from "./row-layout.ts";

export interface Size {
	readonly width: number;
	readonly height: number;
}

export interface Box extends Point, Size {}

/** The unit that opens into a lens, and which of its edges matter: those that come in or those that go out. */
export interface LensRequest extends Size {
	readonly group: Group;
	readonly unit: number;
	readonly side: "in" | "out";
}

export interface LayoutOptions {
	readonly lens?: LensRequest | null;
	/** The input is an image of this shape. */
	readonly image?: ImageShape | null;
	/** Leaves the column of targets out. */
	readonly withoutTargets?: boolean;
	/** Pennants stand over and hang under the discs. */
	readonly errors?: boolean;
	/** The layer that matters: where a row of boxes is too wide, those that have nothing to do with it are drawn smaller. */
	readonly focus?: Group | null;
}

export interface PlacedUnit extends Point {
	readonly unit: number;
	readonly r: number;
	/** The lens stands in this unit's place: it has no disc of its own. */
	readonly open: boolean;
}

export interface PlacedColumn {
	readonly group: Group;
	readonly form: ColumnForm;
	/** Its middle, where its name stands. */
	readonly x: number;
	/** Room to either side of the middle. */
	readonly half: number;
	/** Radius of discs that stand in their own places. */
	readonly r: number;
	readonly units: readonly PlacedUnit[];
	/** Where an image or tiles lie. */
	readonly box: Box | null;
	/** How its units lie in that box; null where each has a place of its own. */
	readonly tiles: TileGeometry | null;
	/** The "+1" below, from which the biases of the next layer come; null where it has none. */
	readonly bias: Point | null;
}

export interface PlacedTarget extends Point {
	readonly unit: number;
	readonly size: number;
}

export interface PlacedLens extends Box {
	readonly request: LensRequest;
	readonly place: LensPlace;
}

export interface NetworkLayout extends Size {
	readonly narrow: boolean;
	readonly columns: readonly PlacedColumn[];
	readonly targets: readonly PlacedTarget[];
	readonly targetX: number | null;
	readonly lens: PlacedLens | null;
	/** Columns stand so close that numbers between them would run into each other. */
	readonly crowded: boolean;
	/** Layers of more than a few units: discs are small, most edges lie in bands. */
	readonly many: boolean;
	/** A low box: names and symbols of the columns share one line. */
	readonly short: boolean;
	/** The names of the classes, where the target is one. */
	readonly labelX: number | null;
	/** δ in numbers beside the outputs, where a class label is the target. */
	readonly deltaX: number | null;
	/** Where units may stand. */
	readonly top: number;
	readonly bottom: number;
	readonly biasY: number;
}

/** A phone: no heads, small discs. */
export const NARROW = 400;
/** A low box: rows move together. */
const SHORT = 320;
/** Half an image's width where room is scarce. */
const SMALL_IMAGE = 46;

/**
 * Where everything of the picture stands: a pure function of the net, the room and the unit in the lens. All lengths in
 * pixels from the upper left corner. Wider than the room only where columns would touch.
 */
export function layoutNetwork(structure: Structure, size: Size, options: LayoutOptions = {}): NetworkLayout {
	const focus = options.lens?.group ?? null;
	const even = layoutAround(structure, size, options, focus, false);
	if (even.width <= size.width) return even;
	const others = [
		...(options.lens == null && options.focus != null
			? [layoutAround(structure, size, options, options.focus, false)]
			: []),
		...(even.narrow ? [] : [layoutAround(structure, size, options, focus ?? options.focus ?? null, true)]),
	];
	return others.reduce((best, other) => (other.width < best.width ? other : best), even);
}

/** Compact: smaller images and gaps, and δ beside a class without its number, before anything has to be scrolled to. */
function layoutAround(
	structure: Structure,
	size: Size,
	options: LayoutOptions,
	focus: Group | null,
	compact: boolean,
): NetworkLayout {
	const narrow = size.width < NARROW;
	const groups = columnGroups(structure);
	const image = options.image ?? null;
	const many = groups.some((group) => formOf(group, image) !== "discs");
	const errors = options.errors === true;
	const short = !narrow && size.height < SHORT;
	const top = narrow ? (errors ? 12 : 6) : many || short ? 46 : errors ? 60 : 56;
	const biasY = size.height - (narrow || many ? 18 : short ? 20 : 44);
	const bottom = biasY - (narrow ? 12 : short ? 18 : many ? 22 : 26);
	const crowded = size.width / (groups.length + 1) < (narrow ? 84 : 116);
	const medium = crowded || size.width < MEDIUM;
	const full = narrow ? (crowded ? 13 : 17) : medium ? (groups.length > 7 ? 15 : 19) : 26;
	const request = options.lens ?? null;
	const wide = groups.map((group): Draft => {
		const form = formOf(group, image);
		const pitch = (bottom - top) / Math.max(1, group.units);
		const r =
			form === "discs"
				? Math.min(full, Math.max(8, pitch / 2 - (short ? 5 : 8)))
				: Math.min(group.role === "output" ? 17 : 12, Math.max(5, pitch / 2 - 3));
		const half = halfWidth(group, form, r, narrow, image);
		return { group, form, r, half: compact && form === "image" ? Math.min(half, SMALL_IMAGE) : half };
	});
	const drafts = makeRoom(structure, wide, focus);

	const target = narrow || options.withoutTargets ? null : targetGroup(structure);
	const at = request === null ? -1 : drafts.findIndex(({ group }) => group === request.group);
	const lensDraft = drafts[at];
	const place =
		request === null || lensDraft === undefined
			? null
			: lensDraft.form === "discs"
				? "own"
				: request.side === "in"
					? "left"
					: "right";

	const labelled = target !== null && isLabel(structure, target);
	const targetWidth =
		target === null ? 0 : labelled ? LABEL_WIDTH + (errors && !compact ? DELTA_WIDTH : 0) : TARGET_WIDTH;
	const row = placeRow({
		halves: drafts.map(({ half }) => half),
		lens: request === null || place === null ? null : { at, place, width: request.width },
		targets: { width: targetWidth, labelled },
		available: size.width,
		narrow,
		crowded,
		many,
		compact,
	});
	const { width, xs } = row;
	const targetX = row.targets === null ? null : row.targets + targetWidth - (labelled ? 15 : TARGET_WIDTH / 2);

	const lens =
		request === null || place === null
			? null
			: placeLens(request, place, row.lens, { top, bottom }, lensDraft?.r ?? 0, { narrow, short, errors });
	const columns = drafts.map((draft, index): PlacedColumn => {
		const middle = xs[index] ?? 0;
		const own = lens !== null && lens.place === "own" && index === at ? lens : null;
		const next = drafts[index + 1]?.group ?? null;
		const feeds = structure
			.consumers(draft.group)
			.some((reader) => reader.head.run.parameters.length > 1 && lastSource(structure, drafts, reader) === draft);
		return {
			group: draft.group,
			form: draft.form,
			x: middle,
			half: draft.half,
			r: draft.r,
			units: placeUnits(draft, middle, { top, bottom }, own, narrow, errors),
			...tilesOf(draft, middle, { top, bottom }, image),
			bias: feeds && next !== null ? biasPlace(draft, middle, biasY, many) : null,
		};
	});
	const faced = columns.findLast(({ group }) => group.role === "output");
	const targets =
		target === null || faced === undefined || targetX === null
			? []
			: faced.units.map(({ unit, y, open }): PlacedTarget => {
					return {
						unit,
						x: targetX,
						y: open && lens !== null ? lens.y + lens.height * 0.62 : y,
						size: labelled ? Math.min(26, faced.r * 2) : Math.min(44, faced.r * 2 - (narrow ? 4 : 8)),
					};
				});
	return {
		width,
		height: size.height,
		narrow,
		crowded,
		many,
		short,
		columns,
		targets,
		targetX,
		labelX: labelled && targetX !== null ? targetX - 38 : null,
		deltaX: labelled && errors && !compact && row.targets !== null ? row.targets + 8 : null,
		lens,
		top,
		bottom,
		biasY,
	};
}

/** Of several columns that a layer reads the last one has the "+1" below it: its biases are there once. */
function lastSource(structure: Structure, drafts: readonly Draft[], reader: Group): Draft | undefined {
	const sources = structure.sourceGroups(reader);
	return drafts.findLast(({ group }) => sources.includes(group));
}
