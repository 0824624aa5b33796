import { referenceText } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import type { NumberFormat } from "../../explain/number-text.ts";
import { symbolLine } from "../../explain/symbol.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { addressText } from "../../timeline/address.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import { createFormulaTexts } from "./formula-texts.ts";
import { lineOrder } from "./line-order.ts";
import type { TextPart } from "./parts.ts";
import { createShownReader } from "./shown-reader.ts";
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

/** Address and phase of leaves that come in order: both are looked up once a unit. */
function createStageTexts(timeline: Timeline, iteration: number) {
	let first = 0;
	let last = -1;
	let start = "";
	let phase = "";
	return (leaf: number) => {
		if (leaf < first || leaf > last) {
			const node = nodeAt(timeline, leaf, "unit");
			({ first, last } = node);
			const address = addressText(timeline, { iteration, leaf: first });
			start = address.slice(0, address.lastIndexOf(".") + 1);
			phase = node.phase?.name ?? "";
		}
		return { address: csvField(`${start}${leaf - first + 1}`), phase };
	};
}

/** So many lines are written in one go. */
const LINES = 4;

/**
 * A whole iteration as comma-separated values: a line a number, in the order in which they become known, as the
 * notation has them, with all digits. It comes in parts of a few lines, so that a page can do other things in between.
 */
export function* iterationCsv(source: ExportSource, format: NumberFormat, texts: CsvTexts): Generator<TextPart> {
	const { trace, timeline, explain } = source;
	const { structure, notation } = explain;
	const { firstIndex, symbol } = notations[notation];
	const { columns } = texts;
	const { address, phase, quantity, sample, formula, value, reference } = columns;
	const head = [address, phase, quantity, sample, formula, value, reference];
	let text = `${head.map(csvField).join(",")}\r\n`;
	const { count, leafAt, referenceAt } = yield* lineOrder(source);
	const reader = createShownReader(source);
	const formulaText = createFormulaTexts(source, reader, format, texts.more);
	const stageTexts = createStageTexts(timeline, trace.iteration);
	for (let line = 0; line < count; line++) {
		const own = referenceAt(line);
		const stage = stageTexts(leafAt(line));
		const ofSample = sampleOf(structure, own);
		const quantityText = csvField(symbolLine(symbol(structure, own)));
		const sampleText = ofSample === null ? "" : String(ofSample + firstIndex);
		const formulaField = csvField(formulaText(own));
		const number = csvNumber(reader.shown(own));
		text += `${stage.address},${stage.phase},${quantityText},${sampleText},${formulaField},${number},${csvField(referenceText(own))}\r\n`;
		if (line % LINES === LINES - 1) {
			yield { text, done: line + 1, of: count };
			text = "";
		}
	}
	yield { text, done: count, of: count };
}
