import { evaluate } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import { formatNumber, formatReading, type NumberFormat } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { type Token, tokensOf } from "../../explain/tokens.ts";
import type { View } from "../../store/view.ts";
import { textWidth } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { readingAttributes } from "./reading-attributes.ts";

export interface FormulaLineProps {
	readonly view: View;
	readonly expression: Expression;
	readonly x: number;
	readonly y: number;
	/** A sum that is longer goes on in a second line, then ends in an ellipsis. */
	readonly width: number;
	readonly size?: number;
	readonly digits?: number;
}

export interface QuotientLineProps {
	readonly reading: Reading;
	readonly divisor: number;
	readonly x: number;
	readonly y: number;
	readonly size?: number;
}

/** A number of this drawing divided by a whole one: `0.09219 ÷ 4`. */
export function QuotientLine({ reading, divisor, x, y, size = 11.5 }: QuotientLineProps) {
	const format = useNumberFormat();
	return (
		<text x={x} y={y} fontSize={size} className={styles.formulaLine}>
			<tspan {...readingAttributes(reading)}>{formatReading(reading, format)}</tspan>
			{` ÷ ${formatNumber(divisor, format)}`}
		</text>
	);
}

interface Piece {
	readonly text: string;
	readonly reading?: Reading;
	/** A line may break before it. */
	readonly breaks?: boolean;
}

const LINES = 2;

/** A formula with its numbers put in, as small text in the drawing. */
export function FormulaLine({ view, expression, x, y, width, size = 11.5, digits = 3 }: FormulaLineProps) {
	const format = { ...useNumberFormat(), digits };
	const tokens = tokensOf(expression, (part) => evaluate(part, view.shown));
	const lines = broken(pieces(tokens, view, format, true), width / size);
	return (
		<text x={x} y={y} fontSize={size} className={styles.formulaLine}>
			{lines.map((line, number) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the lines of a formula never change places
				<tspan key={number} x={x} dy={number === 0 ? 0 : size * 1.3}>
					{line.map(({ text, reading }, place) =>
						reading === undefined ? (
							text
						) : (
							// biome-ignore lint/suspicious/noArrayIndexKey: nor do its numbers
							<tspan key={place} {...readingAttributes(reading)}>
								{text}
							</tspan>
						),
					)}
				</tspan>
			))}
		</text>
	);
}

function broken(all: readonly Piece[], width: number): readonly (readonly Piece[])[] {
	const terms: Piece[][] = [];
	for (const piece of all) {
		if (piece.breaks || terms.length === 0) terms.push([]);
		terms.at(-1)?.push(piece);
	}
	const widthOf = (parts: readonly Piece[]) => textWidth(parts.map(({ text }) => text).join("")) * 0.94;
	const lines: Piece[][] = [];
	for (const term of terms) {
		const last = lines.at(-1);
		if (last !== undefined && widthOf([...last, ...term]) <= width) last.push(...term);
		else lines.push([...term]);
	}
	if (lines.length <= LINES) return lines;
	return [...lines.slice(0, LINES - 1), [...lines[LINES - 1], { text: " …" }]];
}

function pieces(tokens: readonly Token[], view: View, format: NumberFormat, outermost = false): readonly Piece[] {
	return tokens.flatMap((token): readonly Piece[] => piecesOf(token, view, format, outermost));
}

function piecesOf(token: Token, view: View, format: NumberFormat, outermost: boolean): readonly Piece[] {
	switch (token.kind) {
		case "operator": {
			const bracket = token.numeric === "(" || token.numeric === ")";
			const adds = token.numeric === "+" || token.numeric === "−";
			return [{ text: bracket ? token.numeric : ` ${token.numeric} `, breaks: adds && outermost }];
		}
		case "scalar": {
			const reading = view.read(token.reference);
			const text = formatReading(reading, format);
			const number = { text: token.bare ? text.replace(/^\u2212/, "") : text, reading };
			return token.parenthesised && text.startsWith("−") ? [{ text: "(" }, number, { text: ")" }] : [number];
		}
		case "constant":
			return [{ text: formatNumber(token.value, format) }];
		case "scale":
		case "slope": {
			const reading = view.derive(token.value);
			return [{ text: formatReading(reading, format), reading }];
		}
		case "fraction":
			return [...grouped(token.numerator, view, format), { text: " ÷ " }, ...grouped(token.denominator, view, format)];
		case "function": {
			const inner = pieces(token.argument, view, format);
			if (token.name === "square") return [{ text: "(" }, ...inner, { text: ")²" }];
			return [{ text: token.name === "sqrt" ? "√(" : `${token.name}(` }, ...inner, { text: ")" }];
		}
		case "more":
			return [{ text: "…" }];
	}
}

function grouped(tokens: readonly Token[], view: View, format: NumberFormat): readonly Piece[] {
	const inner = pieces(tokens, view, format);
	return tokens.length === 1 ? inner : [{ text: "(" }, ...inner, { text: ")" }];
}
