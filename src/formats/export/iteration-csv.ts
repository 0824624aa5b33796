import { evaluate } from "../../engine/evaluate.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { expand, shownValue } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import { symbolLine } from "../../explain/symbol.ts";
import { numericText, type Token, tokensOf } from "../../explain/tokens.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { addressText } from "../../timeline/address.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import { iterationScalars } from "./scalars.ts";
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

function formulaText(source: ExportSource, reference: ScalarReference, format: NumberFormat, texts: CsvTexts): string {
	const { explain } = source;
	const shown = (r: ScalarReference) => shownValue(explain, r);
	const expression = expand(explain, reference);
	if (expression === null) return "";
	const tokens = tokensOf(expression, (part) => evaluate(part, shown));
	return numericText(tokens, (token: Token) => {
		switch (token.kind) {
			case "scalar": {
				const text = formatNumber(shown(token.reference), format);
				if (token.bare) return text.replace(/^−/, "");
				return token.parenthesised ? `(${text})` : text;
			}
			case "constant":
				return formatNumber(token.value, format);
			case "slope":
			case "scale":
				return formatNumber(evaluate(token.value, shown), format);
			case "more":
				return `(${texts.more(token.count)}: ${formatNumber(evaluate(token.rest, shown), format)})`;
			default:
				return "";
		}
	});
}

/**
 * A whole iteration as comma-separated values: a line a number, in the order in which they become known, as the
 * notation has them, with all digits.
 */
export function iterationCsv(source: ExportSource, format: NumberFormat, texts: CsvTexts): string {
	const { trace, timeline, explain } = source;
	const { structure, notation } = explain;
	const { firstIndex, symbol } = notations[notation];
	const known = iterationScalars(trace, structure).flatMap((reference, place) => {
		// A loss's own diff is its weight: a setting, no step.
		const isWeight =
			reference.kind === "top" &&
			reference.side === "diff" &&
			structure.net.layer(reference.layer).lossWeights[reference.slot] !== 0;
		const leaf = isWeight ? "never" : becomingOf(timeline, reference);
		return leaf === "never" ? [] : [{ reference, place, leaf: leaf === "given" ? 0 : leaf }];
	});
	const { columns } = texts;
	const head = [
		columns.address,
		columns.phase,
		columns.quantity,
		columns.sample,
		columns.formula,
		columns.value,
		columns.reference,
	];
	const lines = known
		.toSorted((a, b) => a.leaf - b.leaf || a.place - b.place)
		.map(({ reference, leaf }) => {
			const sample = sampleOf(structure, reference);
			return [
				addressText(timeline, { iteration: trace.iteration, leaf }),
				nodeAt(timeline, leaf, "phase").phase?.name ?? "",
				symbolLine(symbol(structure, reference)),
				sample === null ? "" : String(sample + firstIndex),
				formulaText(source, reference, format, texts),
				csvNumber(shownValue(explain, reference)),
				referenceText(reference),
			];
		});
	return [head, ...lines].map((line) => `${line.map(csvField).join(",")}\r\n`).join("");
}
