import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import parts from "./marks-parts.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";

export interface ErrorGapProps {
	/** a − y. */
	readonly reading: Reading;
	readonly scale: (value: number) => number;
	/** Left edge, and the height at which y stands. */
	readonly x: number;
	readonly y: number;
	readonly width?: number;
	/** What stands at the two levels. */
	readonly labels: { readonly output: string; readonly target: string };
	readonly t?: number;
}

/** Output and target as two levels, the gap between them signed: from the target to the output. */
export const ErrorGap = memo(function ErrorGap({ reading, scale, x, y, width = 18, labels, t = 1 }: ErrorGapProps) {
	const error = drawnValue(reading);
	if (error === undefined) return null;
	const length = scale(error) * t;
	const level = round(y - length);
	const middle = x + width / 2;
	const head = Math.min(7, Math.abs(length) / 2);
	const up = length >= 0 ? 1 : -1;
	const apart = Math.abs(length) >= 12;
	return (
		<g data-mark="error-gap" className={classes(signClass(error))} {...readingAttributes(reading)}>
			<rect
				x={x}
				y={Math.min(y, level)}
				width={width}
				height={round(Math.abs(length))}
				className={classes(styles.part, styles.dashed)}
			/>
			{head > 1 && (
				<>
					<line x1={middle} x2={middle} y1={y} y2={round(level + up * head)} className={parts.shaft} />
					<path
						d={`M${middle - head * 0.6} ${round(level + up * head)}L${middle + head * 0.6} ${round(level + up * head)}L${middle} ${level}Z`}
						className={styles.fill}
					/>
				</>
			)}
			<line x1={x - 6} x2={x + width + 6} y1={y} y2={y} className={parts.level} />
			<line x1={x - 6} x2={x + width + 6} y1={level} y2={level} className={parts.level} />
			<text x={x + width + 11} y={round(y + (apart ? 4 : up * 12))} className={parts.levelName}>
				{labels.target}
			</text>
			<text x={x + width + 11} y={round(level + (apart ? 4 : -up * 4))} className={parts.levelName}>
				{labels.output}
			</text>
		</g>
	);
});
