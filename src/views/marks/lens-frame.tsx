import type { ReactNode } from "react";
import styles from "./marks.module.css";

export interface LensFrameProps {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly title: string;
	/** To the right of the title: the valve in words, the scale of the axis. */
	readonly note?: string;
	readonly children?: ReactNode;
}

/** The unit in focus, opened in its place; what it holds is drawn from its upper left corner. */
export function LensFrame({ x, y, width, height, title, note, children }: LensFrameProps) {
	return (
		<g data-mark="lens" transform={`translate(${x} ${y})`}>
			<rect width={width} height={height} rx={14} className={styles.frame} />
			<text x={16} y={24} className={styles.frameTitle}>
				{title}
			</text>
			{note !== undefined && (
				<text x={width - 16} y={24} className={styles.frameNote}>
					{note}
				</text>
			)}
			{children}
		</g>
	);
}
