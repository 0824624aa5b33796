import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks-parts.module.css";
import { drawnValue } from "./reading-attributes.ts";

export interface TipLineProps {
	readonly reading: Reading;
	readonly scale: (value: number) => number;
	/** Height of zero. */
	readonly y: number;
	readonly from: number;
	readonly to: number;
}

/** Leads level from a bar's tip to where the next step takes it up. */
export const TipLine = memo(function TipLine({ reading, scale, y, from, to }: TipLineProps) {
	const value = drawnValue(reading);
	if (value === undefined) return null;
	const height = round(y - scale(value));
	return <line x1={from} x2={to} y1={height} y2={height} className={styles.tipLine} />;
});
