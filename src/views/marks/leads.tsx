import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { edgeBetween, edgePath, edgePoint, type Point } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import { pileLayout } from "./pile-layout.ts";
import { drawnValue, signClass } from "./reading-attributes.ts";

export interface LeadsProps {
	readonly readings: readonly Reading[];
	readonly scale: (value: number) => number;
	/** Where each term's edge meets the lens; `undefined`: it is not drawn. */
	readonly ports: readonly (Point | undefined)[];
	/** The pile's edge that faces the ports, and the height of zero. */
	readonly x: number;
	readonly y: number;
	/** How much of the pile has arrived, 0 … 1. */
	readonly t?: number;
}

/** Dashed ways from the lens's rim to the slivers, each led by its term while it is under way. */
export const Leads = memo(function Leads({ readings, scale, ports, x, y, t = 1 }: LeadsProps) {
	const values = readings.map(drawnValue);
	const settled = pileLayout(values, scale, 1);
	const moving = pileLayout(values, scale, t);
	return (
		<g data-mark="leads">
			{settled.map(({ index, base, tip }, place) => {
				const port = ports[index];
				const arrived = moving[place]?.arrived ?? 0;
				if (port === undefined || arrived === 0 || Math.abs(tip - base) < 1.5) return null;
				const edge = edgeBetween(port, { x, y: y - (base + tip) / 2 });
				const head = edgePoint(edge, arrived);
				return (
					<g key={index} className={signClass(values[index])}>
						<path d={edgePath(edge)} className={styles.lead} />
						{arrived < 1 && <circle cx={head.x} cy={head.y} r={3.5} className={styles.fill} />}
					</g>
				);
			})}
		</g>
	);
});
