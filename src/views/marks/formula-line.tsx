import { evaluate, referencesOf } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import { formatNumber, formatReading, type NumberFormat } from "../../explain/number-text.ts";
import { type LinePiece, plainLine, withoutSign } from "../../explain/plain-line.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { textWidth } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks-parts.module.css";
import { readSubject } from "./read-subject.ts";
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
	const lines = broken(piecesOf(view, expression, format), width / size);
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

function piecesOf(view: View, expression: Expression, format: NumberFormat): readonly Piece[] {
	// A sign is not told before its number is.
	const isSeen = (part: Expression) => referencesOf(part).every((one) => view.read(one).status !== "not-yet");
	const value = (part: Expression) => (isSeen(part) ? evaluate(part, view.shown) : 0);
	const pieces = plainLine(expression, {
		sign: (part) => Math.sign(value(part)),
		size: (part) => Math.abs(value(part)),
	});
	return pieces.map((piece) => pieceOf(view, piece, format));
}

function pieceOf(view: View, piece: LinePiece, format: NumberFormat): Piece {
	switch (piece.kind) {
		case "text":
			return piece;
		case "constant":
			return { text: formatNumber(piece.value, format) };
		case "more":
			return { text: "…" };
		case "number": {
			const reading = readSubject(view, piece.node.subject);
			return { text: withoutSign(formatReading(reading, format), piece.node), reading };
		}
	}
}
