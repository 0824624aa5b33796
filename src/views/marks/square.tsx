import { memo } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { fitNumber } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes } from "./reading-attributes.ts";

export interface BiasSquareProps {
	readonly x: number;
	readonly y: number;
	readonly size?: number;
	readonly back?: boolean;
}

/** The node from which a bias comes: always +1, so it is no reading. */
export const BiasSquare = memo(function BiasSquare({ x, y, size = 26, back }: BiasSquareProps) {
	return (
		<g data-mark="bias-square" className={classes(styles.plus, back && styles.back)}>
			<rect
				x={x - size / 2}
				y={y - size / 2}
				width={size}
				height={size}
				rx={4}
				className={styles.tint}
				style={{ "--share": 0.54 }}
			/>
			<text x={x} y={y + 4} fontSize={size >= 24 ? 11.5 : 10} className={styles.number}>
				+1
			</text>
		</g>
	);
});

export interface TargetProps {
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	readonly size?: number;
	readonly focus?: boolean;
	readonly back?: boolean;
}

const SMALLEST_FONT = 10;

/** What an output should be. */
export const Target = memo(function Target({ reading, x, y, size = 44, focus, back }: TargetProps) {
	const format = useNumberFormat();
	const value = drawnValue(reading);
	const largest = size >= 40 ? 14 : size >= 28 ? 12 : 10;
	const digits = value !== undefined && Math.abs(value) >= 10 ? 3 : 2;
	const inFont = (font: number, lines: 1 | 2) =>
		value === undefined ? undefined : fitNumber(value, (size * 0.92) / font, { ...format, digits }, lines);
	const plain = inFont(largest, 1);
	const fontSize = plain !== undefined ? largest : Math.min(largest, SMALLEST_FONT);
	const fitted = plain ?? inFont(fontSize, size >= 2.8 * SMALLEST_FONT ? 2 : 1);
	return (
		<g
			data-mark="target"
			className={classes(focus && styles.focus, back && styles.back)}
			{...readingAttributes(reading)}
		>
			<rect
				x={x - size / 2}
				y={y - size / 2}
				width={size}
				height={size}
				rx={6}
				className={classes(styles.rim, value === undefined ? styles.hatched : styles.square)}
			/>
			{(value === undefined ? [formatReading(reading, format)] : (fitted ?? [])).map((line, place, lines) => (
				<text
					key={line}
					x={x}
					y={y + fontSize * (0.35 + 1.2 * (place - (lines.length - 1) / 2))}
					fontSize={fontSize}
					className={styles.number}
				>
					{line}
				</text>
			))}
		</g>
	);
});
