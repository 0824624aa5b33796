import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import { Explainable } from "./explainable.tsx";
import styles from "./marks.module.css";
import { pileLayout } from "./pile-layout.ts";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";

const SLOT = 10;
/** Many terms that are still to come share this height. */
const UNKNOWN_HEIGHT = 60;

export interface PileProps {
	/** The terms, in the order of the sum. */
	readonly readings: readonly Reading[];
	/** Values to pixels, one linear axis for all that stands in a lens. */
	readonly scale: (value: number) => number;
	/** Left edge, and the height of zero. */
	readonly x: number;
	readonly y: number;
	readonly width?: number;
	/** What a sliver says where it is high enough. */
	readonly labels?: readonly string[];
	/** Messages are dashed here too; of a mixed pile those that are carried over from elsewhere. */
	readonly dashed?: boolean | readonly boolean[];
	/** What each sliver is called: each then opens its explanation. */
	readonly names?: readonly string[];
	/** Index of the sliver in focus. */
	readonly focus?: number;
	/** How much of the sum has piled up, 0 … 1. */
	readonly t?: number;
}

/** The terms of a sum as signed slivers: positive ones up from zero, negative ones down. */
export const Pile = memo(function Pile({
	readings,
	scale,
	x,
	y,
	width = 28,
	labels,
	dashed,
	names,
	focus,
	t = 1,
}: PileProps) {
	const slivers = pileLayout(readings.map(drawnValue), scale, t);
	const highest = slivers.reduce((top, { tip }) => Math.max(top, tip), 0);
	const unknown = readings.filter(({ status }) => status === "not-yet");
	const slot = Math.min(SLOT, UNKNOWN_HEIGHT / unknown.length);
	return (
		<g data-mark="pile">
			{slivers.map(({ index, base, tip, arrived }) => {
				const reading = readings[index];
				if (!reading || arrived === 0) return null;
				const top = y - Math.max(base, tip);
				const height = Math.abs(tip - base);
				const label = labels?.[index];
				const isDashed = typeof dashed === "object" ? dashed[index] === true : dashed;
				const name = names?.[index];
				const sliver = (
					<g
						key={index}
						className={classes(signClass(drawnValue(reading)), focus === index && styles.focus)}
						{...readingAttributes(reading)}
					>
						<rect
							x={x}
							y={round(top)}
							width={width}
							height={round(height)}
							className={classes(styles.part, isDashed && styles.dashed, styles.rim)}
						/>
						{label !== undefined && height >= 13 && (
							<text x={x + width / 2} y={round(top + height / 2 + 4)} fontSize={11} className={styles.number}>
								{label}
							</text>
						)}
					</g>
				);
				return name === undefined ? (
					sliver
				) : (
					<Explainable
						key={index}
						reading={reading}
						name={name}
						box={{ x, y: round(top), width, height: round(height) }}
					>
						{sliver}
					</Explainable>
				);
			})}
			{unknown.map((reading, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: slots of the same size, the last ones filled
				<g key={`slot ${index}`} {...readingAttributes(reading)}>
					<rect
						x={x}
						y={round(y - highest - (index + 1) * slot)}
						width={width}
						height={round(slot)}
						className={styles.hatched}
					/>
				</g>
			))}
		</g>
	);
});

const LOOKS = { solid: styles.solid, part: styles.part, ghost: styles.ghost };

export interface NetBarProps {
	readonly reading: Reading;
	readonly scale: (value: number) => number;
	/** Upright: left edge and height of zero; level: place of zero and upper edge. */
	readonly x: number;
	readonly y: number;
	/** Its thickness. */
	readonly width?: number;
	readonly direction?: "upright" | "level";
	readonly look?: "solid" | "part" | "ghost";
	readonly t?: number;
}

/** One signed bar from zero: the sum beside its pile, or a single term. */
export const NetBar = memo(function NetBar({
	reading,
	scale,
	x,
	y,
	width = 24,
	direction = "upright",
	look = "solid",
	t = 1,
}: NetBarProps) {
	const value = drawnValue(reading);
	const upright = direction === "upright";
	const length = value === undefined ? SLOT + 4 : scale(value) * t;
	const size = round(Math.abs(length));
	const box = upright
		? { x, y: round(length >= 0 ? y - length : y), width, height: size }
		: { x: round(length >= 0 ? x : x + length), y, width: size, height: width };
	const style =
		reading.status === "not-yet"
			? styles.hatched
			: reading.status === "not-computed"
				? styles.omitted
				: reading.status === "not-finite"
					? styles.hazard
					: LOOKS[look];
	return (
		<g data-mark="net-bar" className={signClass(value)} {...readingAttributes(reading)}>
			<rect {...box} className={style} />
		</g>
	);
});
