import { type Reading, valueOf } from "./reading.ts";

/** How numbers are written for a reader. */
export interface NumberFormat {
	/** Significant digits, 2 … 8; 4 when absent. */
	readonly digits?: number;
	/** So many decimals, as another source printed them; `digits` is then ignored. */
	readonly decimals?: number;
	/** The reader's decimal mark; `.` when absent. */
	readonly decimal?: "." | ",";
	/** All the digits that tell this double from its neighbours (on focus, for a copy); `digits` is then ignored. */
	readonly full?: boolean;
	/** A `+` before positive values (chips, axis labels). */
	readonly plus?: boolean;
}

export type SpokenLanguage = "en" | "zh-CN";

const MINUS = "\u2212";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const DEFAULT_DIGITS = 4;
/** Plain decimals from 1e-4 up to, but without, 1e6: beyond, counting zeros is slower than reading a power of ten. */
const SMALLEST_PLAIN_EXPONENT = -4;
const LARGEST_PLAIN_EXPONENT = 5;

interface DecimalParts {
	readonly negative: boolean;
	/** Digits before and after the mark, the mark itself a `.`. */
	readonly mantissa: string;
	readonly exponent: number | null;
}

function clampDigits(digits: number | undefined): number {
	return Math.min(8, Math.max(2, Math.round(digits ?? DEFAULT_DIGITS)));
}

/** The exponent of the *rounded* number decides the form, so 0.99999 is 1.000 and 999999.6 is 1·10⁶. */
function decimalParts(value: number, format: NumberFormat): DecimalParts {
	const negative = value < 0;
	const size = Math.abs(value);
	if (size === 0) return { negative: false, mantissa: "0", exponent: null };
	// What two digits write exactly was given by a person, who would not write 0.1500.
	const short = Number(size.toPrecision(2)) === size;
	const scientific = format.full || short ? size.toExponential() : size.toExponential(clampDigits(format.digits) - 1);
	const [mantissaText = "0", exponentText = "0"] = scientific.split("e");
	const exponent = Number(exponentText);
	const digits = mantissaText.replace(".", "");
	if (exponent < SMALLEST_PLAIN_EXPONENT || exponent > LARGEST_PLAIN_EXPONENT) {
		const mantissa = Number.isInteger(Number(mantissaText)) ? digits.slice(0, 1) : mantissaText;
		return { negative, mantissa, exponent };
	}
	if (Number.isInteger(size)) return { negative, mantissa: String(size), exponent: null };
	if (exponent < 0) {
		const decimals = `${"0".repeat(-exponent - 1)}${digits}`;
		return { negative, mantissa: `0.${format.full ? decimals : decimals.padEnd(2, "0")}`, exponent: null };
	}
	const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
	const rest = digits.slice(exponent + 1);
	const fraction = short && !format.full ? rest.padEnd(2, "0") : rest;
	return { negative, mantissa: fraction === "" ? whole : `${whole}.${fraction}`, exponent: null };
}

function fixedParts(value: number, decimals: number): DecimalParts {
	const mantissa = Math.abs(value).toFixed(decimals);
	return { negative: value < 0 && Number(mantissa) !== 0, mantissa, exponent: null };
}

function superscript(exponent: number): string {
	const digits = Array.from(String(Math.abs(exponent)), (digit) => SUPERSCRIPTS[Number(digit)] ?? "").join("");
	return exponent < 0 ? `⁻${digits}` : digits;
}

/**
 * A number as text, for figures that stand in columns.
 *
 * - 2 … 8 significant digits (4 by default), trailing zeros kept: they say how exact the text is. A number that two
 *   digits write exactly is written so, with two decimals or more: `0.40`, `0.05`, `0.001`.
 * - A whole number below 10⁶ is written whole, all digits of it: `1`, never `1.000`.
 * - From 10⁶ on and below 10⁻⁴ (after rounding) as `5.5·10²³¹`; a whole mantissa is one digit, `1·10⁶`.
 * - The minus is U+2212; zero has no sign; ±∞ is `∞`, `−∞`; what is no number is `NaN`.
 */
export function formatNumber(value: number, format: NumberFormat = {}): string {
	if (Number.isNaN(value)) return "NaN";
	if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : format.plus ? "+∞" : "∞";
	const { negative, mantissa, exponent } =
		format.decimals === undefined ? decimalParts(value, format) : fixedParts(value, format.decimals);
	const sign = negative ? MINUS : format.plus && value > 0 ? "+" : "";
	const shown = format.decimal === "," ? mantissa.replace(".", ",") : mantissa;
	return exponent === null ? `${sign}${shown}` : `${sign}${shown}·10${superscript(exponent)}`;
}

/**
 * The text of a reading: its number, or a middle dot while it may not be shown (never 0, never blank), or a dash where
 * this net does not compute it.
 */
export function formatReading(reading: Reading, format: NumberFormat = {}): string {
	const value = valueOf(reading);
	if (value !== undefined) return formatNumber(value, format);
	return reading.status === "not-computed" ? "–" : "·";
}

/** `data-value`: the double in full precision, absent while it may not be shown. */
export function dataValue(reading: Reading): string | undefined {
	const value = valueOf(reading);
	if (value === undefined) return undefined;
	return Object.is(value, -0) ? "-0" : String(value);
}

interface SpokenWords {
	readonly minus: string;
	readonly infinity: string;
	readonly notANumber: string;
	readonly timesTenTo: (exponent: string) => string;
}

const spokenWords: Readonly<Record<SpokenLanguage, SpokenWords>> = {
	en: {
		minus: "minus ",
		infinity: "infinity",
		notANumber: "not a number",
		timesTenTo: (exponent) => ` times ten to the ${exponent}`,
	},
	"zh-CN": {
		minus: "负 ",
		infinity: "无穷大",
		notANumber: "非数",
		timesTenTo: (exponent) => ` 乘以十的 ${exponent} 次方`,
	},
};

/** A number for a speech synthesizer: words for the sign and for powers of ten, no commas but a decimal one. */
export function spokenNumber(value: number, language: SpokenLanguage, format: NumberFormat = {}): string {
	const words = spokenWords[language];
	if (Number.isNaN(value)) return words.notANumber;
	if (!Number.isFinite(value)) return `${value < 0 ? words.minus : ""}${words.infinity}`;
	const { negative, mantissa, exponent } = decimalParts(value, format);
	const shown = format.decimal === "," ? mantissa.replace(".", ",") : mantissa;
	const power =
		exponent === null ? "" : words.timesTenTo(exponent < 0 ? `${words.minus}${-exponent}` : String(exponent));
	return `${negative ? words.minus : ""}${shown}${power}`;
}

/** The number of a reading for a speech synthesizer; null while it may not be told. */
export function spokenReading(reading: Reading, language: SpokenLanguage, format: NumberFormat = {}): string | null {
	const value = valueOf(reading);
	return value === undefined ? null : spokenNumber(value, language, format);
}

/** Why typed text is not taken as a number. */
export type TypedNumberProblem =
	| { readonly code: "empty" }
	| { readonly code: "not-a-number"; readonly text: string }
	| { readonly code: "division-by-zero"; readonly text: string }
	| { readonly code: "too-large"; readonly text: string; readonly limit: number };

export type TypedNumber =
	| { readonly ok: true; readonly value: number }
	| { readonly ok: false; readonly problem: TypedNumberProblem };

/** Beyond this a typed value leaves no room for a product; 1e300 is far from the largest double, 1.8e308. */
export const TYPED_LIMIT = 1e300;

const DECIMAL = /^([+-]?)(\d+\.?\d*|\.\d+)(?:(?:e|\*10\^)([+-]?\d{1,4}))?$/i;

function plainText(text: string): string {
	return text
		.trim()
		.replace(/[\u2212\u2013\uFF0D]/g, "-")
		.replace(/\uFF0B/g, "+")
		.replace(/[，,．]/g, ".")
		.replace(/[／÷\u2044]/g, "/")
		.replace(/\s*[·×*⋅]\s*10/g, "*10")
		.replace(/10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, raised: string) => `10^${plainExponent(raised)}`)
		.replace(/\s*\/\s*/g, "/")
		.replace(/^([+-])\s+/, "$1");
}

function plainExponent(raised: string): string {
	return Array.from(raised, (sign) =>
		sign === "⁻" ? "-" : sign === "⁺" ? "" : String(SUPERSCRIPTS.indexOf(sign)),
	).join("");
}

function parseDecimal(text: string): number | undefined {
	const match = DECIMAL.exec(text);
	if (!match) return undefined;
	return Number(`${match[1] ?? ""}${match[2] ?? ""}e${match[3] ?? "0"}`);
}

/**
 * Reads what a person typed: `-1/3`, `−0,333`, `.5`, `1e-3`, `1·10^-3`, and everything that {@link formatNumber}
 * writes for a finite number. Point and comma are both decimal marks, so digits cannot be grouped. Never NaN, never
 * infinite, at most {@link TYPED_LIMIT} in size.
 */
export function parseTypedNumber(text: string): TypedNumber {
	const plain = plainText(text);
	if (plain === "") return { ok: false, problem: { code: "empty" } };
	const parts = plain.split("/");
	const numerator = parseDecimal(parts[0] ?? "");
	const denominator = parts.length > 1 ? parseDecimal(parts[1] ?? "") : 1;
	if (numerator === undefined || denominator === undefined || parts.length > 2) {
		return { ok: false, problem: { code: "not-a-number", text } };
	}
	if (denominator === 0) return { ok: false, problem: { code: "division-by-zero", text } };
	const value = numerator / denominator;
	// ∞/∞ of two overlong literals is NaN, which no comparison would catch.
	if (!(Math.abs(value) <= TYPED_LIMIT)) return { ok: false, problem: { code: "too-large", text, limit: TYPED_LIMIT } };
	return { ok: true, value };
}
