import { memo } from "react";
import { formatReading, type NumberFormat } from "../../explain/number-text.ts";
import { type Reading, valueOf } from "../../explain/reading.ts";
import { setHovered } from "../../store/hover.ts";
import { fitNumber } from "./fit-number.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";

export interface NumberTextProps {
	readonly reading: Reading;
	/** Over the page's own format: more digits, all digits, a plus. */
	readonly format?: NumberFormat;
	/** Tints the number by its sign. */
	readonly coloured?: boolean;
	readonly className?: string;
	/** What a screen reader says instead of the figures: name and spoken number. */
	readonly label?: string;
	/** Makes the number a button that opens its explanation and lights its marks. */
	readonly onExplain?: (reading: Reading) => void;
}

/** A number in running text or in a table. */
export const NumberText = memo(function NumberText({
	reading,
	format,
	coloured,
	className,
	label,
	onExplain,
}: NumberTextProps) {
	const page = useNumberFormat();
	const text = formatReading(reading, { ...page, ...format });
	const value = valueOf(reading);
	const common = {
		...readingAttributes(reading),
		className: classes(
			styles.text,
			coloured && styles.coloured,
			coloured && signClass(drawnValue(reading)),
			onExplain && styles.link,
			className,
		),
		...(value === undefined ? {} : { title: formatReading(reading, { ...page, full: true }) }),
		...(label === undefined ? {} : { "aria-label": label }),
	};
	if (!onExplain)
		return label === undefined ? (
			<span {...common}>{text}</span>
		) : (
			<span role="img" {...common}>
				{text}
			</span>
		);
	const light = () => setHovered(reading.subject);
	const dim = () => setHovered(null);
	return (
		<button
			type="button"
			{...common}
			onClick={() => onExplain(reading)}
			onPointerEnter={light}
			onPointerLeave={dim}
			onFocus={light}
			onBlur={dim}
		>
			{text}
		</button>
	);
});

export interface NumberLabelProps {
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	readonly size?: number;
	readonly anchor?: "start" | "middle" | "end";
	readonly format?: NumberFormat;
	readonly coloured?: boolean;
	/** A symbol before the number: `δ 0.138`. */
	readonly symbol?: string;
	/** The room that it has, in pixels; where there is less it has fewer digits. */
	readonly width?: number;
}

/** A number in the drawing, beside its mark. */
export const NumberLabel = memo(function NumberLabel({
	reading,
	x,
	y,
	size = 12.5,
	anchor = "middle",
	format,
	coloured = true,
	symbol,
	width,
}: NumberLabelProps) {
	const numberFormat = { ...useNumberFormat(), ...format };
	const value = valueOf(reading);
	const fitted =
		width === undefined || value === undefined ? undefined : fitNumber(value, width / size, numberFormat, 1);
	return (
		<text
			data-mark="number"
			x={x}
			y={y}
			fontSize={size}
			className={classes(
				styles.number,
				coloured && styles.signed,
				coloured && signClass(drawnValue(reading)),
				(reading.status === "not-yet" || reading.status === "not-computed") && styles.pending,
			)}
			style={{ textAnchor: anchor }}
		>
			{symbol !== undefined && `${symbol} `}
			<tspan {...readingAttributes(reading)}>{fitted?.[0] ?? formatReading(reading, numberFormat)}</tspan>
		</text>
	);
});
