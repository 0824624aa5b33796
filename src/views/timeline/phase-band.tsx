import { memo } from "react";
import { useText } from "../../store/hooks.ts";
import type { StagePhase } from "../../timeline/timeline.ts";
import styles from "./timeline.module.css";

interface PhaseBandProps {
	readonly phase: StagePhase;
	readonly x: number;
	readonly width: number;
	readonly current: boolean;
}

/** Name of a phase with a rule over its cells. */
export const PhaseBand = memo(function PhaseBand({ phase, x, width, current }: PhaseBandProps) {
	const text = useText();
	return (
		<div
			className={styles.band}
			data-current={current}
			// The last is short and its name long: it grows over the rule before it.
			style={phase.name === "again" ? { right: 0, minWidth: width } : { left: x, width }}
		>
			<span>{text.app.phases[phase.name]}</span>
		</div>
	);
});
