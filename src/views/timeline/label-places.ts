import type { GroupBox, TimelineBlock } from "./layout.ts";
import type { GroupLabel } from "./names.ts";

/** About how wide a text is at a size, in pixels; Chinese letters are as wide as they are high. */
export function textWidth(text: string, size: number): number {
	return Array.from(text).reduce((width, letter) => width + size * advanceOf(letter), 0);
}

function advanceOf(letter: string): number {
	if (letter > "⺀") return 1.04;
	if ("⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹".includes(letter)) return 0.38;
	if ("WMm".includes(letter)) return 0.92;
	return "il .,".includes(letter) ? 0.3 : 0.57;
}

/** Between two names in a row. */
const GAP = 6;
const NAME_SIZE = 12;

export interface PlacedName {
	readonly index: number;
	readonly name: string;
	readonly x: number;
	readonly end: number;
}

/**
 * Where the phases' names stand over their cells. A name that is wider than its phase moves over the rules beside it;
 * where all of them do not fit in their long form, all stand in their short one. Bold is a little wider.
 */
export function placeNames(
	blocks: readonly TimelineBlock[],
	width: number,
	nameOf: (phase: Extract<TimelineBlock, { readonly kind: "phase" }>["phase"], short: boolean) => string,
): readonly PlacedName[] {
	const phases = blocks.filter((block) => block.kind === "phase");
	const names = (short: boolean) => phases.map(({ phase }) => nameOf(phase, short));
	const widths = (shown: readonly string[]) => shown.map((name) => textWidth(name, NAME_SIZE) * 1.04 + GAP);
	const long = names(false);
	const shown = widths(long).reduce((sum, each) => sum + each, -GAP) <= width ? long : names(true);
	const needs = widths(shown);
	const starts: number[] = [];
	phases.forEach(({ x }, place) => {
		const before = place === 0 ? 0 : (starts[place - 1] ?? 0) + (needs[place - 1] ?? 0);
		starts.push(Math.max(x, before));
	});
	let limit = width + GAP;
	for (let place = phases.length - 1; place >= 0; place--) {
		starts[place] = Math.max(0, Math.min(starts[place] ?? 0, limit - (needs[place] ?? 0)));
		limit = starts[place] ?? 0;
	}
	return phases.map(({ phase, x, width: own }, place) => {
		const start = starts[place] ?? x;
		const next = starts[place + 1] ?? width;
		return {
			index: phase.index,
			name: shown[place] ?? "",
			x: start,
			end: Math.max(Math.min(x + own, next - GAP), Math.min(next, start + (needs[place] ?? 0))),
		};
	});
}

const LABEL_SIZE = 11;

/**
 * What stands below each group of cells: name and word where they fit, else the symbol, and nothing where it would touch
 * the one before. The group one stands in comes first.
 */
export function placeLabels(
	boxes: readonly GroupBox[],
	labelOf: (box: GroupBox) => GroupLabel,
	current: number,
): ReadonlyMap<number, string> {
	const taken: { readonly from: number; readonly to: number }[] = [];
	const shown = new Map<number, string>();
	const order = boxes.toSorted(
		(a, b) => Number(b.stage.index === current) - Number(a.stage.index === current) || a.x - b.x,
	);
	for (const box of order) {
		const { symbol, word } = labelOf(box);
		const middle = box.x + box.width / 2;
		for (const label of new Set([[symbol, word].filter(Boolean).join(" "), symbol])) {
			const half = (textWidth(label, LABEL_SIZE) * (box.stage.index === current ? 1.05 : 1)) / 2;
			const fits = label === symbol || 2 * half <= box.width + 6;
			const free = taken.every(({ from, to }) => middle + half + 2 <= from || middle - half - 2 >= to);
			if (!fits || !free) continue;
			taken.push({ from: middle - half, to: middle + half });
			shown.set(box.stage.index, label);
			break;
		}
	}
	return shown;
}
