import { memo, useMemo } from "react";
import type { Reading } from "../../explain/reading.ts";
import { round } from "./edge-geometry.ts";
import styles from "./marks.module.css";
import { classes, drawnValue, readingAttributes, signClass } from "./reading-attributes.ts";

const STEPS = 48;

export interface FunctionCurveProps {
	/** The activation function. */
	readonly value: (z: number) => number;
	/** z: where the point stands. */
	readonly argument: Reading;
	readonly result: Reading;
	/** f′(z): the tangent at the point. */
	readonly slope: Reading | null;
	/** What the axes hold: |z| up to `reach`, f from `low` to `high`. */
	readonly reach: number;
	readonly low: number;
	readonly high: number;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** How far the point has come from z = 0 to its place, 0 … 1. */
	readonly t?: number;
}

/** The curve of f with the point (z, a) and the tangent of slope f′(z) on it. */
export const FunctionCurve = memo(function FunctionCurve(props: FunctionCurveProps) {
	const { value, argument, result, slope, reach, low, high, x, y, width, height, t = 1 } = props;
	const across = (z: number) => x + ((z / reach + 1) / 2) * width;
	const up = (f: number) => y + height - ((f - low) / (high - low)) * height;
	// biome-ignore lint/correctness/useExhaustiveDependencies: `across` and `up` follow from the others
	const path = useMemo(
		() =>
			Array.from({ length: STEPS + 1 }, (_, step) => {
				const z = ((step / STEPS) * 2 - 1) * reach;
				return `${step === 0 ? "M" : "L"}${round(across(z))} ${round(up(value(z)))}`;
			}).join(""),
		[value, reach, low, high, x, y, width, height],
	);
	const z = drawnValue(argument);
	const steep = slope === null ? 1 : drawnValue(slope);
	const zero = Math.max(low, Math.min(high, 0));
	return (
		<g data-mark="function-curve">
			<line x1={x} x2={x + width} y1={round(up(zero))} y2={round(up(zero))} className={styles.axis} />
			<line x1={round(across(0))} x2={round(across(0))} y1={y} y2={y + height} className={styles.faint} />
			{high > 0 && Number.isFinite(high) && low < high && (
				<line x1={x} x2={x + width} y1={round(up(high))} y2={round(up(high))} className={styles.bound} />
			)}
			<path d={path} className={styles.curve} />
			{z !== undefined && drawnValue(result) !== undefined && t > 0 && (
				<Point place={z * t} {...{ across, up, value, zero }} end={x + width} settled={t === 1} attributes={result}>
					{t === 1 && steep !== undefined && (
						<Tangent
							{...tangentEnds(across(z), up(value(z)), (steep * height * 2 * reach) / ((high - low) * width), 34)}
						/>
					)}
				</Point>
			)}
		</g>
	);
});

interface PointProps {
	readonly place: number;
	readonly across: (z: number) => number;
	readonly up: (f: number) => number;
	readonly value: (z: number) => number;
	readonly zero: number;
	readonly end: number;
	readonly settled: boolean;
	readonly attributes: Reading;
	readonly children?: React.ReactNode;
}

function Point({ place, across, up, value, zero, end, settled, attributes, children }: PointProps) {
	const px = round(across(place));
	const py = round(up(value(place)));
	const f = value(place);
	return (
		<g className={classes(signClass(f))} {...readingAttributes(attributes)}>
			<line x1={px} x2={px} y1={round(up(zero))} y2={py} className={styles.drop} />
			{settled && <line x1={px} x2={end} y1={py} y2={py} className={styles.drop} />}
			{children}
			<circle cx={px} cy={py} r={4.5} className={styles.fill} />
		</g>
	);
}

/** A short line through a point, of a given slope in pixels and length to either side. */
function tangentEnds(x: number, y: number, slope: number, length: number) {
	const scale = length / Math.hypot(1, slope);
	return { x1: round(x - scale), y1: round(y + slope * scale), x2: round(x + scale), y2: round(y - slope * scale) };
}

function Tangent(ends: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }) {
	return <line {...ends} className={styles.tangent} />;
}
