import { evaluate } from "../../engine/evaluate.ts";
import { useFrame } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Disc } from "../marks/disc.tsx";
import { Explainable } from "../marks/explainable.tsx";
import { NetBar } from "../marks/pile.tsx";
import { progressOf } from "../marks/progress.ts";
import { Target } from "../marks/square.tsx";
import styles from "./loss.module.css";
import type { Gap } from "./model.ts";

/** How far output and target stand off their line where they carry their numbers. */
const ASIDE = 28;

export interface MovingGapProps {
	readonly view: View;
	readonly gap: Gap;
	/** The same output before the update. */
	readonly was: Gap | null;
	readonly place: (value: number) => number;
	/** Of one unit of the line: a difference of places would lose it where values are huge. */
	readonly pixels: number;
	readonly y: number;
	/** Numbers stand in the marks. */
	readonly large: boolean;
	readonly first: boolean;
	readonly symbol: string;
	readonly fused: boolean;
}

/** Output, target and the gap between them, as they move. */
export function MovingGap({ view, gap, was, place, pixels, y, large, first, symbol, fused }: MovingGapProps) {
	const t = useFrame();
	const target = place(evaluate(gap.expressions.target, view.shown));
	const value = evaluate(gap.expressions.output, view.shown);
	const old = was === null ? value : evaluate(was.expressions.output, view.shown);
	const progress = gap.leaf === null ? 1 : progressOf(view, gap.leaf, t, 0, was === null ? 0.5 : 0.6);
	// With the new parameters the output moves from where it was; before there is a former one, the gap opens.
	const from = was === null ? value : old + (value - old) * progress;
	const shown = gap.output.status === "known" && Number.isFinite(value);
	const share = was === null ? progress : gapShare(view, gap, from);
	const radius = large ? 16 : 7;
	const thick = large ? 16 : 12;
	// Output above and target below the line, so that neither hides a small gap.
	const above = large ? y - ASIDE : y;
	const disc = { y: above, r: radius, maximum: 1 };
	return (
		<g>
			{gap.gap.status === "known" && shown && (
				<NetBar
					reading={gap.gap}
					scale={(size) => size * pixels}
					x={target}
					y={y - thick / 2}
					width={thick}
					direction="level"
					look="part"
					t={share}
				/>
			)}
			{large ? (
				<>
					<line x1={target} x2={target} y1={y - 9} y2={y + ASIDE} className={styles.stem} />
					{shown && <line x1={place(from)} x2={place(from)} y1={above} y2={y + 9} className={styles.stem} />}
					<Target reading={gap.target} x={target} y={y + ASIDE} size={30} focus />
				</>
			) : (
				<rect x={target - 6} y={y - 6} width={12} height={12} rx={2.5} className={styles.target} />
			)}
			{was !== null && Number.isFinite(old) && <Disc reading={was.output} x={place(old)} {...disc} ghost bare />}
			{shown ? (
				<Disc reading={gap.output} x={place(from)} {...disc} focus bare={!large} />
			) : (
				large && <Disc reading={gap.output} x={place(0)} {...disc} />
			)}
			{large && (
				<>
					<text x={target + 20} y={y + ASIDE + 5} className={styles.levelName}>
						y
					</text>
					{shown && (
						<text x={place(from) + radius + 6} y={above + 5} className={styles.levelName}>
							{fused ? "p" : "a"}
						</text>
					)}
				</>
			)}
			{large && (
				<Explainable
					reading={gap.output}
					name={symbol}
					box={{
						x: (shown ? place(from) : place(0)) - radius,
						y: above - radius,
						width: 2 * radius,
						height: 2 * radius,
					}}
					stop={first}
				/>
			)}
		</g>
	);
}

/** How long the gap is while its output moves, as a share of what it comes to. */
function gapShare(view: View, gap: Gap, output: number): number {
	const final = evaluate(gap.expressions.gap, view.shown);
	return final === 0 ? 1 : (output - evaluate(gap.expressions.target, view.shown)) / final;
}
