import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import parts from "./marks-parts.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { DIAMOND, diamondRadius } from "./scales.ts";

export interface DiamondProps {
	/** ∂J/∂W or ∂J/∂b. */
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	readonly focus?: boolean;
	/** How much of its area it has reached, 0 … 1. */
	readonly t?: number;
}

/** A gradient, at the middle of its edge; up or down, and its area, are its number. */
export const Diamond = memo(function Diamond({ reading, x, y, focus, t = 1 }: DiamondProps) {
	const value = drawnValue(reading);
	const radius = value === undefined ? DIAMOND.minimum + 1 : diamondRadius(value) * Math.sqrt(t);
	const look =
		reading.status === "not-yet"
			? styles.ghost
			: reading.status === "not-computed"
				? styles.omitted
				: reading.status === "not-finite"
					? styles.hazard
					: value === 0
						? parts.hollow
						: styles.diamond;
	return (
		<g data-mark="diamond" className={classes(signClass(value), focus && styles.focus)} {...readingAttributes(reading)}>
			{reading.status === "not-yet" && <path d={rhombus(x, y, radius)} className={styles.dotGround} />}
			<path d={rhombus(x, y, radius)} className={look} />
			{value !== undefined && value !== 0 && radius >= 6 && (
				<path d={triangle(x, y, radius * 0.36, value > 0 ? -1 : 1)} className={parts.cut} />
			)}
		</g>
	);
});

function rhombus(x: number, y: number, radius: number): string {
	return `M${round(x - radius)} ${y}L${x} ${round(y - radius)}L${round(x + radius)} ${y}L${x} ${round(y + radius)}Z`;
}

function triangle(x: number, y: number, size: number, up: -1 | 1): string {
	return `M${round(x - size)} ${round(y - up * size * 0.7)}L${round(x + size)} ${round(y - up * size * 0.7)}L${x} ${round(y + up * size)}Z`;
}
