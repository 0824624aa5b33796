import { type Symbol, symbolText } from "../../explain/symbol.ts";

const RAISED: Readonly<Record<string, string>> = {
	"(": "⁽",
	")": "⁾",
	"0": "⁰",
	"1": "¹",
	"2": "²",
	"3": "³",
	"4": "⁴",
	"5": "⁵",
	"6": "⁶",
	"7": "⁷",
	"8": "⁸",
	"9": "⁹",
};

/** A layer's symbol in running text: `W⁽²⁾`, or its name in code. */
export function plainSymbol(symbol: Symbol): string {
	if (symbol.kind === "code") return symbolText(symbol);
	return `${symbol.base}${Array.from(symbol.superscript ?? "", (sign) => RAISED[sign] ?? sign).join("")}`;
}
