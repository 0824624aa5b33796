import type { ScalarReference } from "../../engine/reference.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import type { TextPart } from "./parts.ts";
import { iterationBlocks } from "./scalars.ts";
import type { ExportSource } from "./source.ts";

/** Every number of an iteration that a step makes, in the order of the steps. */
export interface LineOrder {
	readonly count: number;
	leafAt(line: number): number;
	referenceAt(line: number): ScalarReference;
}

/** So many numbers are looked at in one go. */
const BETWEEN = 256;
/** So many are sorted in one go. */
const RUN = 2 ** 15;

/** Sorts in parts: short runs, then pairs of runs into one, until there is one run. */
export function* sortedInParts(keys: Float64Array): Generator<void, Float64Array> {
	for (let start = 0; start < keys.length; start += RUN) {
		keys.subarray(start, start + RUN).sort();
		yield;
	}
	let from: Float64Array = keys;
	let to: Float64Array = new Float64Array(keys.length > RUN ? keys.length : 0);
	for (let width = RUN; width < keys.length; width *= 2) {
		for (let start = 0; start < keys.length; start += 2 * width) {
			const middle = Math.min(start + width, keys.length);
			const end = Math.min(start + 2 * width, keys.length);
			let left = start;
			let right = middle;
			for (let place = start; place < end; place++) {
				const takesLeft = right >= end || (left < middle && from[left] <= from[right]);
				to[place] = takesLeft ? from[left++] : from[right++];
				if (place % RUN === RUN - 1) yield;
			}
		}
		[from, to] = [to, from];
	}
	return from;
}

/** Finds the order, with a part of no text now and then: it takes its time. */
export function* lineOrder({ trace, timeline, explain }: ExportSource): Generator<TextPart, LineOrder> {
	const { structure } = explain;
	const blocks = iterationBlocks(trace, structure);
	const all = blocks.reduce((total, { count }) => total + count, 0);
	const starts: number[] = [];
	// One number each, its leaf and its place.
	const keys = new Float64Array(all);
	const pause: TextPart = { text: "", done: 0, of: all };
	let place = 0;
	let kept = 0;
	for (const block of blocks) {
		starts.push(place);
		for (let index = 0; index < block.count; index++, place++) {
			if (place % BETWEEN === BETWEEN - 1) yield pause;
			const reference = block.at(index);
			// A loss's own diff is its weight: a setting, no step.
			const isWeight =
				reference.kind === "top" &&
				reference.side === "diff" &&
				structure.net.layer(reference.layer).lossWeights[reference.slot] !== 0;
			const leaf = isWeight ? "never" : becomingOf(timeline, reference);
			if (leaf !== "never") keys[kept++] = (leaf === "given" ? 0 : leaf) * all + place;
		}
	}
	const sorting = sortedInParts(keys.subarray(0, kept));
	let step = sorting.next();
	for (; !step.done; step = sorting.next()) yield pause;
	const sorted = step.value;
	return {
		count: kept,
		leafAt: (line) => Math.floor(sorted[line] / all),
		referenceAt(line) {
			const wanted = sorted[line] % all;
			let low = 0;
			let high = starts.length - 1;
			while (low < high) {
				const middle = (low + high + 1) >> 1;
				if (starts[middle] <= wanted) low = middle;
				else high = middle - 1;
			}
			return blocks[low].at(wanted - starts[low]);
		},
	};
}
