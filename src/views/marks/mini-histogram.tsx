import { memo } from "react";
import { round } from "./edge-geometry.ts";
import { histogram } from "./histogram.ts";
import styles from "./marks.module.css";

const BINS = 13;

export interface MiniHistogramProps {
	readonly values: ArrayLike<number>;
	readonly x: number;
	readonly y: number;
	readonly width?: number;
	readonly height?: number;
	/** What stands below, with the count: `+150 weights`. */
	readonly caption?: string;
}

/** How the numbers of a band of edges are distributed: negative to the left, positive to the right of zero. */
export const MiniHistogram = memo(function MiniHistogram({
	values,
	x,
	y,
	width = 66,
	height = 30,
	caption,
}: MiniHistogramProps) {
	const { counts } = histogram(values, BINS);
	const most = Math.max(1, ...counts);
	const step = width / BINS;
	const middle = (BINS - 1) / 2;
	return (
		<g data-mark="histogram" data-count={values.length}>
			{values.length === 0 ? (
				<rect x={x} y={y} width={width} height={height} rx={3} className={styles.hatched} />
			) : (
				counts.map((count, bin) => {
					const size = (count / most) * height;
					const hue = bin === middle ? styles.zero : bin < middle ? styles.minus : styles.plus;
					return (
						<g key={round(bin * step)} className={hue}>
							<rect
								x={round(x + bin * step + 0.4)}
								y={round(y + height - size)}
								width={round(step - 0.8)}
								height={round(size)}
								className={styles.fill}
							/>
						</g>
					);
				})
			)}
			<line x1={x} x2={x + width} y1={y + height + 0.5} y2={y + height + 0.5} className={styles.axis} />
			{caption !== undefined && (
				<text x={x + width / 2} y={y + height + 13} className={styles.caption}>
					{caption}
				</text>
			)}
		</g>
	);
});
