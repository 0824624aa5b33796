import { evaluate } from "../../engine/evaluate.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { expand, shownValue } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import { plainLine, plainText } from "../../explain/plain-line.ts";
import { symbolLine } from "../../explain/symbol.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { addressText } from "../../timeline/address.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import { subjectValue } from "./formulas.ts";
import type { TextPart } from "./parts.ts";
import { iterationBlocks } from "./scalars.ts";
import type { ExportSource } from "./source.ts";

/** A field of a line (RFC 4180); what a spreadsheet would take for a command is kept as text. */
function csvField(text: string): string {
	const safe = /^[=@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All digits, as every program reads them. */
const csvNumber = (value: number) => (Object.is(value, -0) ? "-0" : String(value));

export interface CsvTexts {
	readonly columns: Catalogue["exporting"]["csv"];
	readonly more: (count: number) => string;
}

function formulaText({ explain }: ExportSource, reference: ScalarReference, format: NumberFormat, texts: CsvTexts) {
	const shown = (r: ScalarReference) => shownValue(explain, r);
	const expression = expand(explain, reference);
	if (expression === null) return "";
	const pieces = plainLine(expression, {
		sign: (part) => Math.sign(evaluate(part, shown)),
		size: (part) => Math.abs(evaluate(part, shown)),
	});
	return plainText(pieces, {
		number: (node) => formatNumber(subjectValue(explain, node.subject), format),
		constant: (value) => formatNumber(value, format),
		more: texts.more,
	});
}

/** Every number of an iteration that a step makes, in the order of the steps: as one key each, its leaf and its place. */
interface Order {
	readonly keys: Float64Array;
	readonly all: number;
	at(place: number): ScalarReference;
}

function* ordered({ trace, timeline, explain }: ExportSource): Generator<TextPart, Order> {
	const { structure } = explain;
	const blocks = iterationBlocks(trace, structure);
	const all = blocks.reduce((total, { count }) => total + count, 0);
	const starts: number[] = [];
	const keys = new Float64Array(all);
	let place = 0;
	let kept = 0;
	for (const block of blocks) {
		starts.push(place);
		for (let index = 0; index < block.count; index++, place++) {
			if (place % BETWEEN === BETWEEN - 1) yield { text: "", done: 0, of: all };
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
	return {
		keys: keys.subarray(0, kept).sort(),
		all,
		at(wanted) {
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

/** So many numbers are looked at in one go. */
const BETWEEN = 256;

/**
 * A whole iteration as comma-separated values: a line a number, in the order in which they become known, as the
 * notation has them, with all digits. It comes in parts of a few lines, so that a page can do other things in between.
 */
export function* iterationCsv(source: ExportSource, format: NumberFormat, texts: CsvTexts): Generator<TextPart> {
	const { trace, timeline, explain } = source;
	const { structure, notation } = explain;
	const { firstIndex, symbol } = notations[notation];
	const write = (line: readonly string[]) => `${line.map(csvField).join(",")}\r\n`;
	const { columns } = texts;
	const { address, phase, quantity, sample, formula, value, reference } = columns;
	let text = write([address, phase, quantity, sample, formula, value, reference]);
	const { keys, all, at } = yield* ordered(source);
	for (let line = 0; line < keys.length; line++) {
		const own = at(keys[line] % all);
		const leaf = Math.floor(keys[line] / all);
		const ofSample = sampleOf(structure, own);
		text += write([
			addressText(timeline, { iteration: trace.iteration, leaf }),
			timeline.phases.find(({ first, leaves }) => leaf < first + leaves)?.name ?? "",
			symbolLine(symbol(structure, own)),
			ofSample === null ? "" : String(ofSample + firstIndex),
			formulaText(source, own, format, texts),
			csvNumber(shownValue(explain, own)),
			referenceText(own),
		]);
		if (line % LINES === LINES - 1) {
			yield { text, done: line + 1, of: keys.length };
			text = "";
		}
	}
	yield { text, done: keys.length, of: keys.length };
}

/** So many lines are written in one go. */
const LINES = 4;
