import { memo } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import type { LinearAxis } from "./linear-axis.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";

/** The zero line and round values of one linear axis. */
export const AxisDrawing = memo(function AxisDrawing({
	axis,
	from,
	to,
	side,
	x,
}: {
	readonly axis: LinearAxis;
	readonly from: number;
	readonly to: number;
	readonly side: "left" | "right";
	readonly x: number;
}) {
	const format = useNumberFormat();
	return (
		<g data-mark="axis">
			<line x1={from} x2={to} y1={axis.zero} y2={axis.zero} className={styles.axisLine} />
			{axis.ticks.map((tick, place) => {
				const y = axis.zero - axis.scale(tick);
				return (
					// biome-ignore lint/suspicious/noArrayIndexKey: from stage to stage the same line stands elsewhere
					<g key={place}>
						<line x1={x} x2={x + (side === "left" ? 5 : -5)} y1={y} y2={y} className={styles.axisLine} />
						<text x={x + (side === "left" ? -3 : -8)} y={y + 4} className={`${styles.axisText} ${styles.end}`}>
							{formatNumber(tick, { ...format, digits: 2, plus: true })}
						</text>
					</g>
				);
			})}
		</g>
	);
});
