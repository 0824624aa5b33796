import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { type Chain, chainPath, chainPoints, type EdgePoint, round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { ribbonWidth } from "./scales.ts";

const TICK_SPACING = 22;
const FIRST_TICK = 14;

export interface RibbonProps {
	readonly reading: Reading;
	readonly edge: Chain;
	/** Context, not in focus: pale, or thin where a theme allows no paleness. */
	readonly back?: boolean;
	/** The old state: its outline, true to its width; to be drawn before the new one. */
	readonly ghost?: boolean;
}

/** A weight or a bias, from source to destination. */
export const Ribbon = memo(function Ribbon({ reading, edge, back, ghost }: RibbonProps) {
	const value = drawnValue(reading);
	const path = chainPath(edge);
	if (value === undefined) {
		return (
			<g data-mark="ribbon" {...readingAttributes(reading)}>
				<path d={path} className={styles.unknownLine} />
			</g>
		);
	}
	const width = round(ribbonWidth(value));
	if (ghost) {
		return (
			<g data-mark="ribbon-ghost" {...readingAttributes(reading)}>
				<path d={path} className={styles.casing} strokeWidth={width + 2.4} />
				<path d={path} className={styles.core} strokeWidth={width} />
			</g>
		);
	}
	return (
		<g
			data-mark="ribbon"
			className={classes(styles.stroked, signClass(value), back && styles.back)}
			{...readingAttributes(reading)}
		>
			{/* An exact zero still is an edge: a hairline. */}
			<path
				d={path}
				className={styles.stroke}
				strokeWidth={Math.max(0.75, width)}
				style={{ "--width": `${Math.max(0.75, width)}px` }}
			/>
			{value < 0 && <Ticks points={chainPoints(edge, TICK_SPACING, FIRST_TICK)} half={width / 2 + 3} />}
		</g>
	);
});

/** Strokes across an edge: its number is negative. */
export function Ticks({ points, half }: { readonly points: readonly EdgePoint[]; readonly half: number }) {
	return points.map(({ x, y, normal }, place) => (
		<line
			// biome-ignore lint/suspicious/noArrayIndexKey: ticks are alike, and their edge moves
			key={place}
			className={styles.tick}
			x1={round(x - normal.x * half)}
			y1={round(y - normal.y * half)}
			x2={round(x + normal.x * half)}
			y2={round(y + normal.y * half)}
		/>
	));
}
