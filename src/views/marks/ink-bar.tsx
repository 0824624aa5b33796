import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import { Explainable } from "./explainable.tsx";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes } from "./reading-attributes.ts";

export interface InkSegment {
	readonly reading: Reading;
	/** Read aloud before the number; the segment then opens its explanation. */
	readonly name?: string;
	readonly look?: "solid" | "second" | "open" | "past";
	/** How much of it has arrived, 0 … 1. */
	readonly t?: number;
}

export interface InkBarProps {
	readonly segments: readonly InkSegment[];
	/** Values to pixels, the same for all bars that are compared. */
	readonly scale: (value: number) => number;
	readonly x: number;
	readonly y: number;
	readonly height?: number;
	/** Makes the first segment the tab stop of its row. */
	readonly stop?: boolean;
}

const LOOKS = { solid: styles.inkSolid, second: styles.inkSecond, past: styles.inkPast, open: styles.inkOpen };

/** What still lies ahead takes so much room. */
const UNKNOWN = 14;

/** Sizes without a sign, end to end: a loss and its parts. Ink, since a hue would say plus or minus. */
export const InkBar = memo(function InkBar({ segments, scale, x, y, height = 18, stop = false }: InkBarProps) {
	let end = x;
	return (
		<g data-mark="ink-bar">
			{segments.map(({ reading, name, look = "solid", t = 1 }, place) => {
				const value = drawnValue(reading);
				const width = value === undefined ? UNKNOWN : Math.max(0, scale(value) * t);
				const box = { x: round(end), y, width: round(width), height };
				end += width;
				const style =
					value !== undefined
						? LOOKS[look]
						: reading.status === "not-yet"
							? styles.hatched
							: reading.status === "not-finite"
								? styles.hazard
								: styles.omitted;
				const segment = (
					<g key={reading.id} className={classes(styles.ink)} {...readingAttributes(reading)}>
						<rect {...box} className={style} />
					</g>
				);
				return name === undefined ? (
					segment
				) : (
					<Explainable key={reading.id} reading={reading} name={name} box={box} stop={stop && place === 0}>
						{segment}
					</Explainable>
				);
			})}
		</g>
	);
});
