import { evaluate } from "../../engine/evaluate.ts";
import { learnableIndex } from "../../engine/read-trace.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { shownDivisor } from "../../explain/expand.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import type { Block } from "./blocks.ts";

/** The recorded array that a scalar is an element of; null for what no array holds. */
function arrayOf({ timeline, trace }: View, r: ScalarReference): Float64Array | null {
	const { net } = timeline.structure;
	if (r.kind === "parameter") {
		if (r.moment === "history" || r.moment === "history2") return null;
		return trace.parameters[learnableIndex(net, r.layer, r.slot)]?.[r.moment] ?? null;
	}
	if (r.kind !== "top" && r.kind !== "internal") return null;
	const pass = r.pass === "again" ? trace.again : trace.passes[r.pass];
	const layer = pass?.layers[net.layer(r.layer).index];
	if (layer === undefined) return null;
	return r.kind === "top" ? (layer.tops[r.slot]?.[r.side] ?? null) : (layer.internals[r.name] ?? null);
}

const arrayKey = (r: ScalarReference) => referenceText("index" in r ? { ...r, index: 0 } : r);

function largest(values: ArrayLike<number>): number {
	let maximum = 0;
	for (let place = 0; place < values.length; place++) {
		const size = Math.abs(values[place]);
		if (size > maximum && Number.isFinite(size)) maximum = size;
	}
	return maximum === 0 ? 1 : maximum;
}

const maxima = new WeakMap<IterationTrace, Map<string, number>>();

function keptMaximum(view: View, key: string, make: () => number): number {
	const known = maxima.get(view.trace) ?? new Map<string, number>();
	maxima.set(view.trace, known);
	const name = `${view.notation} ${key}`;
	const found = known.get(name) ?? make();
	known.set(name, found);
	return found;
}

function arrayMaximum(view: View, r: ScalarReference): number {
	return keptMaximum(view, arrayKey(r), () => {
		const array = arrayOf(view, r);
		return array === null ? 1 : largest(array) / shownDivisor(view.explain, r);
	});
}

/**
 * The size at which a block's tint is full: the largest of its array over the whole batch, the same for the whole
 * iteration. Old and new parameters share theirs; a slope's is the largest that its function has, and a constant factor has no tint to speak of.
 */
export function blockMaximum(view: View, block: Block): number {
	const first = block.cell(0, 0);
	switch (block.kind) {
		case "slope":
			return first.kind === "derived" && first.expression.kind === "named" && first.expression.function === "sigmoid"
				? 0.25
				: 1;
		case "scale":
			return Number.MAX_VALUE;
		case "one":
			return 1;
		case "product":
			return keptMaximum(view, `product ${block.group.index} ${view.sample}`, () => productMaximum(view, block));
		case "after":
			return first.kind === "parameter" ? arrayMaximum(view, { ...first, moment: "before" }) : 1;
		default:
			if (first.kind !== "derived") return arrayMaximum(view, first);
			return keptMaximum(view, `${block.kind} ${block.group.index} ${view.sample} ${view.pass}`, () =>
				largest(
					Array.from({ length: block.rows * block.columns }, (_, place) => {
						const subject = block.cell(Math.floor(place / block.columns), place % block.columns);
						return subject.kind === "derived" ? evaluate(subject.expression, view.shown) : view.shown(subject);
					}),
				),
			);
	}
}

/** Of an outer product the largest cell is known from its two sides. */
function productMaximum(view: View, block: Block): number {
	const along = (count: number, at: (k: number) => Subject) =>
		largest(
			Array.from({ length: count }, (_, k) => {
				const subject = at(k);
				return subject.kind === "derived" ? 1 : view.shown(subject);
			}),
		);
	// The largest row meets the largest column, so it is found along any row and column that are not all 0.
	let maximum = 0;
	for (let row = 0; row < block.rows && maximum === 0; row++) {
		const inRow = largestPlace(block, view, row);
		if (inRow !== null) maximum = along(block.rows, (k) => block.cell(k, inRow));
	}
	return maximum === 0 ? 1 : maximum;
}

function largestPlace(block: Block, view: View, row: number): number | null {
	let best: number | null = null;
	let size = 0;
	for (let column = 0; column < block.columns; column++) {
		const subject = block.cell(row, column);
		const value = subject.kind === "derived" ? 0 : Math.abs(view.shown(subject));
		if (value > size) {
			size = value;
			best = column;
		}
	}
	return best;
}

export type TileStatus = "known" | "not-yet" | "not-computed" | "not-finite";

export interface Tile {
	readonly status: TileStatus;
	/** 0 unless known. */
	readonly value: number;
}

function keptArray<K extends object>(
	kept: WeakMap<K, Map<string, Float64Array>>,
	owner: K,
	key: string,
	count: number,
): Float64Array {
	const arrays = kept.get(owner) ?? new Map<string, Float64Array>();
	kept.set(owner, arrays);
	const found = arrays.get(key) ?? new Float64Array(count).fill(Number.NaN);
	arrays.set(key, found);
	return found;
}

/** When the elements of one array become known, by index; NaN until asked for. */
const becomings = new WeakMap<Timeline, Map<string, Float64Array>>();
/** Shares, which no trace records, by index of their parameter; NaN until asked for. */
const shares = new WeakMap<IterationTrace, Map<string, Float64Array>>();
const GIVEN = -1;

function leafOf({ timeline }: View, leaves: Float64Array, r: ScalarReference, index: number): number {
	if (Number.isNaN(leaves[index])) {
		const becoming = becomingOf(timeline, r);
		leaves[index] = becoming === "given" ? GIVEN : becoming === "never" ? Number.POSITIVE_INFINITY : becoming;
	}
	return leaves[index];
}

/**
 * Reads a block's cells for drawing, as fast as thousands of tiles a frame need it: straight from the recorded arrays,
 * with the same knowledge and the same divisor as `view.read`, which gives the one that is pointed at.
 */
export function tileReader(view: View, block: Block): (row: number, column: number) => Tile {
	const first = block.cell(0, 0);
	const isShare = first.kind === "share";
	const recorded = first.kind === "derived" ? null : arrayOf(view, first);
	if (first.kind === "derived" || (recorded === null && !isShare)) {
		return (row, column) => {
			const subject = block.cell(row, column);
			const { status } = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
			if (status !== "known") return { status, value: 0 };
			return {
				status,
				value: subject.kind === "derived" ? evaluate(subject.expression, view.shown) : view.shown(subject),
			};
		};
	}
	const divisor = shownDivisor(view.explain, first);
	const count = recorded?.length ?? block.rows * block.columns;
	const array = recorded ?? keptArray(shares, view.trace, arrayKey(first), count);
	const leaves = keptArray(becomings, view.timeline, arrayKey({ ...first, iteration: 1 }), count);
	return (row, column) => {
		const r = block.cell(row, column);
		if (r.kind === "derived" || !("index" in r)) return { status: "not-yet", value: 0 };
		const leaf = leafOf(view, leaves, r, r.index);
		if (leaf > view.cursor.leaf) {
			return { status: leaf === Number.POSITIVE_INFINITY ? "not-computed" : "not-yet", value: 0 };
		}
		if (isShare && Number.isNaN(array[r.index])) array[r.index] = view.value(r);
		const value = array[r.index] / divisor;
		return Number.isFinite(value) ? { status: "known", value } : { status: "not-finite", value: 0 };
	};
}
