import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import parts from "./marks-parts.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { PENNANT, pennantHeight } from "./scales.ts";

const FLAG = 15;
const STAFF = 9;
const UNKNOWN_HEIGHT = 14;
/** Where on the rim the pole stands: the sine and cosine of 55°. */
const RIM = { x: 0.574, y: 0.819 };

export interface PennantProps {
	/** δ = ∂J/∂z. */
	readonly reading: Reading;
	/** Centre and radius of the unit (with its valve, where it has one). */
	readonly x: number;
	readonly y: number;
	readonly r: number;
	/** To which side the flag flies. */
	readonly side?: "right" | "left";
	readonly ghost?: boolean;
	readonly back?: boolean;
	/** How much of its height it has reached, 0 … 1. */
	readonly t?: number;
}

/** The error term on a unit's rim: up where raising z raises the loss. */
export const Pennant = memo(function Pennant({ reading, x, y, r, side = "right", ghost, back, t = 1 }: PennantProps) {
	const value = drawnValue(reading);
	const height = value === undefined ? UNKNOWN_HEIGHT : pennantHeight(value) * t;
	const up = value === undefined || value >= 0 ? -1 : 1;
	const across = side === "right" ? 1 : -1;
	const poleX = round(x + across * RIM.x * r);
	const foot = round(y + up * RIM.y * r);
	const top = round(foot + up * (height + STAFF));
	const flag = `M${poleX} ${top}L${poleX + across * FLAG} ${round(top - (up * height) / 2)}L${poleX} ${round(top - up * height)}Z`;
	const look =
		value === undefined
			? reading.status === "not-yet"
				? styles.hatched
				: styles.omitted
			: ghost
				? styles.ghost
				: value === 0
					? parts.hollow
					: styles.fill;
	return (
		<g
			data-mark={ghost ? "pennant-ghost" : "pennant"}
			className={classes(styles.stroked, signClass(value), back && styles.back)}
			{...readingAttributes(reading)}
		>
			<line x1={poleX} y1={foot} x2={poleX} y2={top} className={ghost ? styles.ghost : parts.pole} />
			{reading.status === "not-finite" ? (
				<path d={flag} className={styles.hazard} />
			) : (
				<path d={flag} className={look} />
			)}
		</g>
	);
});

export interface SidePennantProps {
	readonly reading: Reading;
	/** Where its pole stands, and its middle. */
	readonly x: number;
	readonly y: number;
	/** Length of the pole. */
	readonly height: number;
	readonly back?: boolean;
}

/** The error term beside a unit of a dense column: the flag at the pole's upper end for +, at its lower end for −. */
export const SidePennant = memo(function SidePennant({ reading, x, y, height, back }: SidePennantProps) {
	const value = drawnValue(reading);
	const size = value === undefined ? height * 0.5 : round((pennantHeight(value) / PENNANT.maximum) * height);
	const up = value === undefined || value >= 0;
	const end = up ? y - height / 2 : y + height / 2;
	const inward = up ? 1 : -1;
	const across = Math.max(6, Math.min(FLAG, size * 0.8));
	const flag = `M${x} ${end}L${round(x + across)} ${round(end + (inward * size) / 2)}L${x} ${round(end + inward * size)}Z`;
	const look =
		reading.status === "not-finite"
			? styles.hazard
			: value === undefined
				? reading.status === "not-yet"
					? styles.ghost
					: styles.omitted
				: value === 0
					? parts.hollow
					: styles.fill;
	return (
		<g
			data-mark="pennant"
			className={classes(styles.stroked, signClass(value), back && styles.back)}
			{...readingAttributes(reading)}
		>
			<line x1={x} y1={y - height / 2} x2={x} y2={y + height / 2} className={parts.pole} />
			<path d={flag} className={look} />
		</g>
	);
});
