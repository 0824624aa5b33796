import { memo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import parts from "./marks-parts.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";
import { valveGap } from "./scales.ts";

const DISTANCE = 7;
const TICK_DEGREES = 24;

export interface ValveProps {
	/** f′(z). */
	readonly reading: Reading;
	/** The largest slope f has, or the stated clamp of an f whose slope has no bound. */
	readonly maximum: number;
	readonly x: number;
	readonly y: number;
	/** The unit's radius; the ring lies 7 px outside. */
	readonly r: number;
	/** Where the gap faces, in degrees: 0 is right (the δ that comes in), 180 left. */
	readonly facing?: number;
	readonly back?: boolean;
	/** How far it has opened to its gap, 0 … 1. */
	readonly t?: number;
}

/** The slope of the activation function: a ring, open in proportion to f′(z). */
export const Valve = memo(function Valve({ reading, maximum, x, y, r, facing = 0, back, t = 1 }: ValveProps) {
	const slope = drawnValue(reading);
	const radius = r + DISTANCE;
	const at = (degrees: number, distance: number) => {
		const angle = (degrees * Math.PI) / 180;
		return { x: round(x + Math.cos(angle) * distance), y: round(y + Math.sin(angle) * distance) };
	};
	const attributes = readingAttributes(reading);
	if (slope === undefined) {
		return (
			<g data-mark="valve" {...attributes}>
				<circle cx={x} cy={y} r={radius} className={styles.unknownLine} />
			</g>
		);
	}
	const { degrees, clamped } = valveGap(slope, maximum);
	const gap = degrees * t;
	const start = at(facing + gap / 2, radius);
	const end = at(facing - gap / 2, radius);
	const width = r >= 15 ? 5 : 3.5;
	const ticks = slope < 0 ? Math.floor((360 - gap) / TICK_DEGREES) : 0;
	return (
		<g
			data-mark="valve"
			data-gap={round(gap)}
			data-clamped={clamped}
			className={classes(signClass(slope), back && styles.back)}
			{...attributes}
		>
			<circle cx={x} cy={y} r={radius} className={parts.track} />
			{gap < 0.5 ? (
				<circle cx={x} cy={y} r={radius} className={styles.shut} strokeWidth={width} />
			) : (
				<path
					d={`M${start.x} ${start.y}A${radius} ${radius} 0 ${gap < 180 ? 1 : 0} 1 ${end.x} ${end.y}`}
					className={styles.shut}
					strokeWidth={width}
				/>
			)}
			{[facing + gap / 2, facing - gap / 2].map((angle, index) => (
				<Across
					key={index === 0 ? "start" : "end"}
					from={at(angle, radius - width)}
					to={at(angle, radius + width)}
					className={parts.lip}
				/>
			))}
			{Array.from({ length: ticks }, (_, index) => {
				const angle = facing + gap / 2 + (index + 0.5) * TICK_DEGREES;
				return (
					<Across
						key={round(angle)}
						from={at(angle, radius - width)}
						to={at(angle, radius + width)}
						className={styles.tick}
					/>
				);
			})}
		</g>
	);
});

interface End {
	readonly x: number;
	readonly y: number;
}

function Across({ from, to, className }: { readonly from: End; readonly to: End; readonly className: string }) {
	return <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} className={className} />;
}
