import { memo } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { fitNumber } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { tintShare } from "./scales.ts";

const FONT = 13;
/** Below this a long number is left out rather than shrunk. */
const SMALLEST_FONT = 9;

export interface CellProps {
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** The table's largest size. */
	readonly maximum: number;
	readonly focus?: boolean;
	readonly back?: boolean;
	/** Leaves the number out: a heat map, where a negative cell shows a minus. */
	readonly bare?: boolean;
}

/** One number of a table or of a heat map. */
export const Cell = memo(function Cell({ reading, x, y, width, height, maximum, focus, back, bare }: CellProps) {
	const format = useNumberFormat();
	const value = drawnValue(reading);
	const middle = { x: x + width / 2, y: y + height / 2 };
	const radius = Math.min(4, width / 5, height / 5);
	const box = { x, y, width, height, rx: radius };
	const group = classes(signClass(value), focus && styles.focus, back && styles.back);
	if (value === undefined) {
		const hazard = reading.status === "not-finite";
		const look = hazard ? styles.hazard : reading.status === "not-yet" ? styles.hatched : styles.omitted;
		return (
			<g data-mark="cell" className={group} {...readingAttributes(reading)}>
				<rect {...box} className={classes(styles.rim, look)} />
				{hazard && width >= 30 ? (
					<>
						<rect x={middle.x - 15} y={middle.y - 8} width={30} height={16} rx={3} className={styles.plate} />
						<text x={middle.x} y={middle.y + 4} fontSize={11} className={styles.hazardText}>
							{formatReading(reading, format)}
						</text>
					</>
				) : (
					!hazard && <UnknownDot {...middle} size={Math.min(width, height)} computed={reading.status === "not-yet"} />
				)}
			</g>
		);
	}
	const largest = Math.min(FONT, height * 0.55);
	const inFont = (size: number) => fitNumber(value, (width * 0.92) / size, { ...format, digits: 3 }, 1);
	const plain = bare ? undefined : inFont(largest);
	const fontSize = plain !== undefined ? largest : Math.min(SMALLEST_FONT, largest);
	const fitted = plain ?? (bare ? undefined : inFont(fontSize));
	return (
		<g data-mark="cell" className={group} {...readingAttributes(reading)}>
			<rect
				{...box}
				className={classes(bare ? styles.heat : styles.tint, styles.rim)}
				style={{ "--share": tintShare(value, maximum) }}
			/>
			{fitted && (
				<text x={middle.x} y={middle.y + fontSize * 0.36} fontSize={fontSize} className={styles.number}>
					{fitted[0]}
				</text>
			)}
			{!fitted && value < 0 && (
				<rect
					x={middle.x - width * 0.16}
					y={middle.y - 0.75}
					width={width * 0.32}
					height={1.5}
					className={styles.fill}
				/>
			)}
		</g>
	);
});

function UnknownDot({ x, y, size, computed }: { x: number; y: number; size: number; computed: boolean }) {
	return computed ? (
		<>
			<circle cx={x} cy={y} r={Math.min(7, size * 0.3)} className={styles.dotGround} />
			<circle cx={x} cy={y} r={Math.min(1.6, size * 0.12)} className={styles.dot} />
		</>
	) : (
		<rect x={x - size * 0.15} y={y - 0.7} width={size * 0.3} height={1.4} className={styles.dot} />
	);
}
