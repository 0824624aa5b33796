import { memo } from "react";
import styles from "./timeline.module.css";

interface PhaseBandProps {
	readonly name: string;
	/** Where the name begins, and where the band ends. */
	readonly x: number;
	readonly end: number;
	readonly current: boolean;
}

/** Name of a phase with a rule over its cells. */
export const PhaseBand = memo(function PhaseBand({ name, x, end, current }: PhaseBandProps) {
	return (
		<div className={styles.band} data-current={current} style={{ left: x, width: end - x }}>
			<span>{name}</span>
		</div>
	);
});
