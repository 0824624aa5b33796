import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks-parts.module.css";
import { classes, drawnValue, signClass } from "./reading-attributes.ts";

export interface FlowProps {
	/** The bar that goes in and the one that comes out, on one scale. */
	readonly from: Reading;
	readonly to: Reading;
	readonly scale: (value: number) => number;
	/** Edge of the bar that goes in, place of the valve, edge of the bar that comes out; from right to left. */
	readonly fromX: number;
	readonly valveX: number;
	readonly toX: number;
	/** Half of the valve's width. */
	readonly half: number;
	/** Height of zero. */
	readonly y: number;
	/** How far it has flowed, 0 … 1. */
	readonly t?: number;
}

/** A bar passing through a valve: as high as what goes in on one side, as what comes out on the other. */
export const Flow = memo(function Flow({ from, to, scale, fromX, valveX, toX, half, y, t = 1 }: FlowProps) {
	const inward = drawnValue(from);
	const outward = drawnValue(to);
	if (inward === undefined || outward === undefined || t === 0) return null;
	const high = round(y - scale(inward));
	const low = round(y - scale(outward));
	const front = fromX + (toX - fromX) * t;
	const right = valveX + half;
	const bend = (fromX + right) / 2;
	return (
		<g data-mark="flow" className={classes(signClass(inward))}>
			{front > right ? (
				<path d={`M${fromX} ${y}V${high}H${round(front)}V${y}Z`} className={styles.flow} />
			) : (
				<path
					d={`M${fromX} ${y}V${high}C${bend} ${high} ${bend} ${low} ${right} ${low}H${round(front)}V${y}Z`}
					className={styles.flow}
				/>
			)}
		</g>
	);
});
