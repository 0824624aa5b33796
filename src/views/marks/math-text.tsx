import type { Symbol } from "../../explain/symbol.ts";
import styles from "./marks.module.css";

/** A symbol with what stands above and below its line: a^(2), x_1. `name` is written upright: a layer's name. */
export interface MathSymbol {
	readonly base: string;
	readonly above?: string;
	readonly below?: string;
	readonly upright?: boolean;
}

export interface MathTextProps {
	readonly parts: readonly (MathSymbol | string)[];
	readonly x: number;
	readonly y: number;
	readonly size?: number;
	readonly anchor?: "start" | "middle" | "end";
	readonly strong?: boolean;
}

const UPPER = 0x1d434;
const LOWER = 0x1d44e;
const GREEK = 0x1d6fc;

/** Letters in mathematical italics, as MathML writes variables: the page's fonts are not slanted by the browser. */
export function italic(text: string): string {
	return Array.from(text, (letter) => {
		const code = letter.codePointAt(0) ?? 0;
		if (letter === "h") return "\u210e";
		if (code >= 0x41 && code <= 0x5a) return String.fromCodePoint(UPPER + code - 0x41);
		if (code >= 0x61 && code <= 0x7a) return String.fromCodePoint(LOWER + code - 0x61);
		if (code >= 0x3b1 && code <= 0x3c9) return String.fromCodePoint(GREEK + code - 0x3b1);
		return letter;
	}).join("");
}

/** How far letters of the mathematical font reach, in parts of its size. */
const ADVANCES: Readonly<Record<string, number>> = {
	"(": 0.36,
	")": 0.36,
	",": 0.25,
	" ": 0.24,
	"′": 0.3,
	i: 0.29,
	f: 0.31,
	"÷": 0.72,
};
const advanceOf = (text: string) => Array.from(text).reduce((reach, letter) => reach + (ADVANCES[letter] ?? 0.5), 0);

/** Symbols in the drawing. Formulas stand in the ledger; these are names. */
export function MathText({ parts, x, y, size = 14, anchor = "middle", strong }: MathTextProps) {
	return (
		<text
			x={x}
			y={y}
			fontSize={size}
			className={strong ? styles.mathStrong : styles.math}
			style={{ textAnchor: anchor }}
		>
			{parts.map((part, index) => {
				return typeof part === "string" ? (
					// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one symbol never change places
					<tspan key={index}>{part}</tspan>
				) : (
					// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one symbol never change places
					<SymbolSpans key={index} symbol={part} size={size} />
				);
			})}
		</text>
	);
}

function SymbolSpans({
	symbol: { base, above, below, upright },
	size,
}: {
	readonly symbol: MathSymbol;
	readonly size: number;
}) {
	const small = Math.max(8.5, size * 0.68);
	const rise = size * 0.38;
	const drop = size * 0.24;
	const back = above === undefined ? 0 : -advanceOf(above) * small;
	return (
		<>
			<tspan className={upright ? styles.upright : undefined}>{upright ? base : italic(base)}</tspan>
			{above !== undefined && (
				<tspan fontSize={small} dy={-rise}>
					{above}
				</tspan>
			)}
			{below !== undefined && (
				<tspan fontSize={small} dx={back} dy={above === undefined ? drop : rise + drop}>
					{below}
				</tspan>
			)}
			{(above !== undefined || below !== undefined) && (
				<tspan dy={below === undefined ? rise : -drop}>{"\u200b"}</tspan>
			)}
		</>
	);
}

/** A symbol of the notation as the drawing writes it. */
export function symbolParts(symbol: Symbol): readonly (MathSymbol | string)[] {
	if (symbol.kind === "code")
		return [
			{ base: symbol.subscript === undefined ? symbol.text : `${symbol.text}[${symbol.subscript}]`, upright: true },
		];
	const core: MathSymbol = {
		base: symbol.base,
		...(symbol.superscript === undefined ? {} : { above: symbol.superscript }),
		...(symbol.subscript === undefined ? {} : { below: symbol.subscript }),
	};
	return symbol.partial ? ["∂J/∂", core] : [core];
}
