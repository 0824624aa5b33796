import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { type Chain, chainLength, chainPoint, offsetPoints, polylinePath, round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { Ticks } from "./ribbon.tsx";
import { messageWidth, ribbonWidth } from "./scales.ts";

const TICK_SPACING = 22;
const GAP = 3;

export interface MessageProps {
	/** W·δ. */
	readonly reading: Reading;
	/** The weight beside which it runs: the message keeps clear of its width. */
	readonly weight: Reading;
	/** The weight's own edge, from source to destination; the message runs the other way. */
	readonly edge: Chain;
	readonly back?: boolean;
	/** How far it has come on its way to the source, 0 … 1. */
	readonly t?: number;
}

/** A backward message, beside its weight's ribbon, with its head towards the input. */
export const Message = memo(function Message({ reading, weight, edge, back, t = 1 }: MessageProps) {
	const value = drawnValue(reading);
	const width = value === undefined ? 1.2 : round(messageWidth(value));
	const beside = ribbonWidth(drawnValue(weight) ?? 0) / 2 + GAP + width / 2;
	if (value === undefined) {
		return (
			<g data-mark="message" {...readingAttributes(reading)}>
				<path d={polylinePath(offsetPoints(edge, beside))} className={styles.unknownLine} />
			</g>
		);
	}
	const group = classes(styles.stroked, signClass(value), back && styles.back);
	// A tick on the arrowhead would be lost: the body ends where the head begins.
	const length = chainLength(edge);
	const head = { half: width / 2 + 4, length: width / 2 + 8.5 };
	const front = 1 - t;
	const neck = Math.min(1, front + head.length / Math.max(1, length));
	const point = chainPoint(edge, front);
	const tip = { x: point.x + point.normal.x * beside, y: point.y + point.normal.y * beside };
	const base = { x: tip.x + point.tangent.x * head.length, y: tip.y + point.tangent.y * head.length };
	const sides = [head.half, -head.half].map(
		(side) => `${round(base.x + point.normal.x * side)} ${round(base.y + point.normal.y * side)}`,
	);
	const ticks = Math.floor((length * (1 - neck)) / TICK_SPACING);
	return (
		<g data-mark="message" className={group} {...readingAttributes(reading)}>
			{neck < 1 && (
				<path
					d={polylinePath(offsetPoints(edge, beside, 1, neck))}
					className={styles.stroke}
					strokeWidth={width}
					strokeDasharray="9 5"
					style={{ "--width": `${width}px` }}
				/>
			)}
			{t > 0 && <path d={`M${round(tip.x)} ${round(tip.y)}L${sides.join("L")}Z`} className={styles.fill} />}
			{value < 0 && (
				<Ticks
					half={width / 2 + 3.2}
					points={Array.from({ length: ticks }, (_, index) => {
						const at = chainPoint(edge, 1 - ((index + 0.6) * TICK_SPACING) / length);
						return { ...at, x: at.x + at.normal.x * beside, y: at.y + at.normal.y * beside };
					})}
				/>
			)}
		</g>
	);
});
