import { memo } from "react";
import styles from "./charts.module.css";
import { lossPath, lossScale, thinLosses } from "./loss-path.ts";

const WIDTH = 90;
const HEIGHT = 18;

export interface SparklineProps {
	/** Losses of the iterations that have been run; grows in place, so its length is what tells of news. */
	readonly losses: readonly number[];
	readonly length: number;
	/** Where the reader stands; its loss is shown from `known` on. */
	readonly iteration: number;
	readonly known: boolean;
}

/** The losses so far, small; dotted where nothing has been run yet. */
export const Sparkline = memo(function Sparkline({ losses, length, iteration, known }: SparklineProps) {
	const shown = losses.slice(0, known ? length : Math.max(0, Math.min(length, iteration - 1)));
	const points = thinLosses(shown, 60);
	const span = Math.max(shown.length + 1, 6);
	const scale = lossScale(points, span, WIDTH, HEIGHT);
	const end = shown.length === 0 ? 0 : scale.x(shown.length);
	const here = shown[iteration - 1];
	const failed = points.find(({ loss }) => loss === null);
	return (
		<svg
			className={styles.sparkline}
			width={WIDTH}
			height={HEIGHT + 6}
			viewBox={`0 -3 ${WIDTH} ${HEIGHT + 6}`}
			aria-hidden="true"
		>
			<line className={styles.base} x1="0" x2={WIDTH} y1={HEIGHT + 2} y2={HEIGHT + 2} />
			<line className={styles.ahead} x1={end} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
			<path className={styles.curve} d={lossPath(points, scale)} />
			{known && Number.isFinite(here) && (
				<circle className={styles.dot} cx={scale.x(iteration)} cy={scale.y(here)} r="3" />
			)}
			{failed && <path className={styles.hazard} d={`M${scale.x(failed.iteration)} ${HEIGHT / 2 - 6}l6 11h-12z`} />}
		</svg>
	);
});
