import type { ReactNode } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { type MathSymbol, MathText } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import styles from "./network.module.css";

const FORMATS = { 2: { digits: 2 }, 3: { digits: 3 } } as const;

/** What stands under a part of the lens: its symbol, and its number or words. Text never moves. */
export function Caption({
	x,
	y,
	symbol,
	reading,
	second,
	words,
	size = 12.5,
	digits = 3,
	coloured = true,
}: {
	readonly x: number;
	readonly y: number;
	readonly symbol: readonly (MathSymbol | string)[];
	readonly reading?: Reading;
	/** A number beside it: `0.75, 0.01`. */
	readonly second?: Reading;
	readonly words?: string;
	readonly size?: number;
	readonly digits?: 2 | 3;
	readonly coloured?: boolean;
}): ReactNode {
	const format = FORMATS[digits];
	const locale = useNumberFormat();
	// Two numbers stand about their middle, not about the comma between them.
	const lengthOf = (shown: Reading) => formatReading(shown, { ...locale, ...format }).length;
	const shift = reading === undefined || second === undefined ? 0 : (lengthOf(reading) - lengthOf(second)) * size * 0.3;
	const between = x + shift;
	return (
		<g>
			<MathText parts={symbol} x={x} y={y} size={13.5} />
			{reading !== undefined && second === undefined && (
				<NumberLabel reading={reading} x={x} y={y + 18} size={size} format={format} coloured={coloured} />
			)}
			{reading !== undefined && second !== undefined && (
				<>
					<NumberLabel
						reading={reading}
						x={between - 2}
						y={y + 18}
						anchor="end"
						size={size}
						format={format}
						coloured={false}
					/>
					<text
						x={between - 1}
						y={y + 18}
						className={`${styles.noteStrong} ${styles.start}`}
						style={{ fontSize: size }}
					>
						,
					</text>
					<NumberLabel
						reading={second}
						x={between + 6}
						y={y + 18}
						anchor="start"
						size={size}
						format={format}
						coloured={false}
					/>
				</>
			)}
			{words !== undefined && (
				<text x={x} y={y + 18} className={styles.noteStrong} style={{ fontSize: size }}>
					{words}
				</text>
			)}
		</g>
	);
}

/** An arrow to the right, from one part of the lens to the next. */
export function Arrow({ from, to, y }: { readonly from: number; readonly to: number; readonly y: number }) {
	return (
		<g>
			<line x1={from} x2={to - 5} y1={y} y2={y} className={styles.arrow} />
			<path d={`M${to} ${y}l-7 -4v8z`} className={styles.arrowHead} />
		</g>
	);
}
