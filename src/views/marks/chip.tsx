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

type Content = Pick<ChipProps, "before" | "after" | "symbol" | "format" | "small">;

function textsOf({ before, after, symbol, format: own, small }: Content, page: NumberFormat) {
	const format = { ...page, ...own };
	const font = small ? SMALL : FONT;
	const start = symbol ? `${symbol} ` : "";
	const beforeText = before ? formatReading(before, format) : "";
	const arrow = before ? " → " : "";
	const afterText = formatReading(after, format);
	const width = textWidth(`${start}${beforeText}${arrow}${afterText}`) * font + 2 * (small ? 7 : 10);
	return { font, start, beforeText, arrow, afterText, width, height: small ? 20 : 26 };
}

/** The room that a chip takes. */
export function chipSize(content: Content, page: NumberFormat): { readonly width: number; readonly height: number } {
	const { width, height } = textsOf(content, page);
	return { width, height };
}

/** An update in numbers: `0.40 → 0.3589`. */
export const Chip = memo(function Chip({ x, y, ...content }: ChipProps) {
	const page = useNumberFormat();
	const { before, after } = content;
	const { font, start, beforeText, arrow, afterText, width, height } = textsOf(content, page);
	return (
		<g data-mark="chip">
			<rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={6} className={parts.chip} />
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
