import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";

/** Advance of Inter's tabular figures at weight 600, in em; marks of punctuation are half as wide. */
const WIDE = 0.66;
const NARROW = 0.32;
const RAISED = 0.45;

/** Width of a number's text in em, from its letters: drawing needs it before the browser has laid the text out. */
export function textWidth(text: string): number {
	let width = 0;
	for (const letter of text) {
		if (".,·: ".includes(letter)) width += NARROW;
		else if ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻".includes(letter)) width += RAISED;
		else width += WIDE;
	}
	return width;
}

/** One line, or mantissa and power of ten one above the other. */
export type FittedNumber = readonly [string] | readonly [string, string];

/**
 * The most digits, `format.digits` or fewer, that fit a width in em; where the plain text of two digits is too wide
 * the zero before the decimal mark goes, then a power of ten moves to a second line. `undefined`: no room.
 */
export function fitNumber(value: number, width: number, format: NumberFormat, lines: 1 | 2): FittedNumber | undefined {
	const wanted = format.digits ?? 3;
	const texts = [wanted, 3, 2]
		.filter((digits) => digits <= wanted)
		.map((digits) => formatNumber(value, { ...format, digits }));
	for (const text of texts) if (textWidth(text) <= width) return [text];
	for (const text of texts) {
		const shorter = text.replace(/^(−?)0(?=[.,])/, "$1");
		if (textWidth(shorter) <= width) return [shorter];
	}
	for (const text of lines === 2 ? texts : []) {
		const cut = text.indexOf("·");
		if (cut < 0) continue;
		const mantissa = text.slice(0, cut);
		const power = text.slice(cut);
		if (Math.max(textWidth(mantissa), textWidth(power)) <= width) return [mantissa, power];
	}
	return undefined;
}
