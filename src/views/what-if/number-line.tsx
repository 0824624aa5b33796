import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { useText } from "../../store/hooks.ts";
import { type LineRange, snap, stepped } from "../marks/line-range.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { classes } from "../marks/reading-attributes.ts";
import { signOf } from "../marks/scales.ts";
import styles from "./what-if.module.css";

export interface NumberLineProps {
	readonly label: string;
	readonly value: number;
	readonly former: number;
	readonly range: LineRange;
	readonly onChange: (value: number) => void;
}

/** So many whole numbers stand under the line each by itself. */
const MAXIMUM_WHOLE_TICKS = 16;

/** A number line: the former value as a ghost, the proposed one as a handle that can be dragged or moved by keys. */
export function NumberLine({ label, value, former, range, onChange }: NumberLineProps) {
	const { editor } = useText();
	const format = useNumberFormat();
	const track = useRef<HTMLDivElement>(null);
	const { minimum, maximum } = range;
	const share = (at: number) => (maximum === minimum ? 0 : (at - minimum) / (maximum - minimum));
	const left = (at: number) => `${Math.min(1, Math.max(0, share(at))) * 100}%`;
	const shown = (at: number) => formatNumber(at, format);
	const whole = range.step === 1 && maximum - minimum <= MAXIMUM_WHOLE_TICKS;
	const ticks = Array.from({ length: (whole ? maximum - minimum : 4) + 1 }, (_, k) =>
		whole ? minimum + k : minimum + (k / 4) * (maximum - minimum),
	);
	const [low, high] = value < former ? [value, former] : [former, value];

	function moveTo(event: PointerEvent<HTMLDivElement>): void {
		const box = track.current?.getBoundingClientRect();
		if (box === undefined || box.width === 0) return;
		const at = minimum + ((event.clientX - box.left) / box.width) * (maximum - minimum);
		onChange(snap(at, range));
	}

	function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const next = stepped(event.key, value, former, range);
		if (next === null) return;
		event.preventDefault();
		onChange(next);
	}

	return (
		<div
			className={styles.line}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				moveTo(event);
			}}
			onPointerMove={(event) => {
				if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
			}}
		>
			<div ref={track} className={styles.track}>
				<span className={styles.moved} style={{ left: left(low), width: `${(share(high) - share(low)) * 100}%` }} />
				{ticks.map((tick) => (
					<span key={tick} className={styles.tick} style={{ left: left(tick) }}>
						{Number.isInteger(tick) || range.step !== 1 ? formatNumber(tick, { ...format, digits: 3 }) : ""}
					</span>
				))}
				<span className={styles.former} style={{ left: left(former) }} title={shown(former)} />
				<div
					role="slider"
					tabIndex={0}
					aria-label={label}
					aria-valuemin={minimum}
					aria-valuemax={maximum}
					aria-valuenow={value}
					aria-valuetext={editor.whatIf.wasAndIs(shown(former), shown(value))}
					className={classes(styles.handle, styles[signOf(value)])}
					style={{ left: left(value) }}
					onKeyDown={onKeyDown}
				/>
			</div>
		</div>
	);
}
