import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { fitNumber } from "./fit-number.ts";
import { Hazard } from "./hazard.tsx";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { tintShare } from "./scales.ts";

export interface DiscProps {
	readonly reading: Reading;
	readonly x: number;
	readonly y: number;
	/** 26; 19 in an embed, 17 on a phone, 12 compact. */
	readonly r?: number;
	/** The layer's largest size, fixed for the iteration. */
	readonly maximum: number;
	readonly focus?: boolean;
	readonly back?: boolean;
	/** The old or the proposed state: an outline. */
	readonly ghost?: boolean;
	/** Leaves the number out, where it stands beside the disc. */
	readonly bare?: boolean;
}

/** A value x, z or a. */
export const Disc = memo(function Disc({ reading, x, y, r = 26, maximum, focus, back, ghost, bare }: DiscProps) {
	const value = drawnValue(reading);
	if (reading.status === "not-finite") return <Hazard reading={reading} x={x} y={y} r={r} />;
	const group = classes(signClass(value), focus && styles.focus, back && styles.back);
	if (value === undefined) {
		return (
			<g data-mark="disc" className={group} {...readingAttributes(reading)}>
				<circle
					cx={x}
					cy={y}
					r={r}
					className={classes(styles.rim, reading.status === "not-yet" ? styles.hatched : styles.omitted)}
				/>
				<UnknownSign x={x} y={y} r={r} computed={reading.status === "not-yet"} />
			</g>
		);
	}
	if (ghost) {
		return (
			<g data-mark="disc-ghost" className={group} {...readingAttributes(reading)}>
				<circle cx={x} cy={y} r={r} className={styles.ghost} />
			</g>
		);
	}
	return (
		<g data-mark="disc" className={group} {...readingAttributes(reading)}>
			<circle
				cx={x}
				cy={y}
				r={r}
				className={classes(styles.tint, styles.rim)}
				style={{ "--share": tintShare(value, maximum) }}
			/>
			{!bare && <DiscNumber value={value} x={x} y={y} r={r} />}
		</g>
	);
});

/** A middle dot for what comes later, a dash for what this net never computes. */
function UnknownSign({ x, y, r, computed }: { x: number; y: number; r: number; computed: boolean }) {
	return computed ? (
		<>
			<circle cx={x} cy={y} r={r * 0.3} className={styles.dotGround} />
			<circle cx={x} cy={y} r={2} className={styles.dot} />
		</>
	) : (
		<rect x={x - r * 0.22} y={y - 0.8} width={r * 0.44} height={1.6} className={styles.dot} />
	);
}

function DiscNumber({ value, x, y, r }: { value: number; x: number; y: number; r: number }) {
	const format = useNumberFormat();
	const size = r >= 22 ? 14 : r >= 15 ? 12 : 10;
	const digits = Math.abs(value) >= 10 ? 3 : 2;
	const fitted = fitNumber(value, (r * 1.78) / size, { ...format, digits }, r >= 22 ? 2 : 1);
	if (!fitted) return null;
	const [first, second] = fitted;
	if (second === undefined) {
		return (
			<text x={x} y={y + size * 0.35} fontSize={size} className={styles.number}>
				{first}
			</text>
		);
	}
	return (
		<text x={x} y={y - 1} fontSize={size - 1} className={styles.number}>
			{first}
			<tspan x={x} dy={size}>
				{second}
			</tspan>
		</text>
	);
}
