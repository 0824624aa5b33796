import { memo } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { textWidth } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { readingAttributes } from "./reading-attributes.ts";

export interface HazardProps {
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	readonly r?: number;
}

/** A value that is infinite or no number, in the place of its disc. */
export const Hazard = memo(function Hazard({ reading, x, y, r = 26 }: HazardProps) {
	const format = useNumberFormat();
	const text = formatReading(reading, format);
	const size = r >= 22 ? 12 : r >= 15 ? 10 : 8;
	const width = Math.min(r * 1.6, textWidth(text) * size + 12);
	const height = size * 1.5;
	return (
		<g data-mark="hazard" {...readingAttributes(reading)}>
			<circle cx={x} cy={y} r={r} className={styles.hazard} />
			{/* Below this the plate would hide the stripes, which say it alone. */}
			{r >= 12 && (
				<>
					<rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={4} className={styles.plate} />
					<text x={x} y={y + size * 0.36} fontSize={size} className={styles.hazardText}>
						{text}
					</text>
				</>
			)}
		</g>
	);
});
