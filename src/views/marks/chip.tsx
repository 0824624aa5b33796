import { memo } from "react";
import { formatReading, type NumberFormat } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { textWidth } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import parts from "./marks-parts.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";

const FONT = 12.5;
/** On a phone. */
const SMALL = 10.5;

export interface ChipProps {
	readonly after: Reading;
	/** Absent: a chip that only names one number. */
	readonly before?: Reading;
	/** A symbol in front (δ, z). */
	readonly symbol?: string;
	readonly format?: NumberFormat;
	readonly small?: boolean;
	/** The middle of the chip. */
	readonly x: number;
	readonly y: number;
}

/** An update in numbers: `0.40 → 0.3589`. */
export const Chip = memo(function Chip({ before, after, symbol, format: own, small, x, y }: ChipProps) {
	const page = useNumberFormat();
	const font = small ? SMALL : FONT;
	const high = small ? 20 : 26;
	const padding = small ? 7 : 10;
	const format = { ...page, ...own };
	const beforeText = before ? formatReading(before, format) : "";
	const afterText = formatReading(after, format);
	const start = `${symbol ? `${symbol} ` : ""}`;
	const arrow = before ? " → " : "";
	const width = textWidth(`${start}${beforeText}${arrow}${afterText}`) * font + 2 * padding;
	return (
		<g data-mark="chip">
			<rect x={x - width / 2} y={y - high / 2} width={width} height={high} rx={6} className={parts.chip} />
			<text x={x} y={y + font * 0.36} fontSize={font} textAnchor="middle">
				{start !== "" && <tspan className={styles.was}>{start}</tspan>}
				{before && (
					<tspan className={styles.was} {...readingAttributes(before)}>
						{beforeText}
					</tspan>
				)}
				{before && <tspan className={parts.arrow}>{arrow}</tspan>}
				<tspan className={classes(styles.becomes, signClass(drawnValue(after)))} {...readingAttributes(after)}>
					{afterText}
				</tspan>
			</text>
		</g>
	);
});
