const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Whether a text is a number as the page should write it, found by reading the text back: the digits shown must be
 * those of the number, rounded where the text ends, with no fewer of them than the page promises.
 */
export function isNumberText(text: string, value: number, digits = 4): boolean {
	if (Number.isNaN(value)) return text === "NaN";
	if (value === Number.POSITIVE_INFINITY) return text === "∞" || text === "+∞";
	if (value === Number.NEGATIVE_INFINITY) return text === "−∞";
	const match = /^([+−]?)(\d+)(?:([.,])(\d+))?(?:·10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(text);
	if (match === null) return false;
	const [, sign, whole, , fraction = "", minus, raised] = match;
	if (value < 0 !== (sign === "−") || (value === 0 && text !== "0")) return false;
	const exponent = raised === undefined ? 0 : Number(Array.from(raised, (c) => SUPERSCRIPTS.indexOf(c)).join(""));
	const signed = minus === "⁻" ? -exponent : exponent;
	const shown = Number(`${whole}.${fraction}e${signed}`);
	const size = Math.abs(value);
	const lastPlace = 10 ** (signed - fraction.length);
	// A hair more than half a place, since the bound itself is rounded.
	if (Math.abs(shown - size) > lastPlace * 0.5000001) return false;
	const significant = `${whole}${fraction}`.replace(/^0+/, "").length;
	// A mantissa that rounds to one digit is written with one: 5·10⁻⁵.
	const exact =
		shown === size || (raised !== undefined && fraction === "" && Number(size.toPrecision(digits)) === shown);
	if (!exact && significant < digits) return false;
	const plain = size === 0 || (shown >= 1e-4 && shown < 1e6);
	return plain === (raised === undefined) && (raised === undefined || (whole.length === 1 && whole !== "0"));
}
