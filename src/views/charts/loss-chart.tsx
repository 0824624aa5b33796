import { useId } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { goTo } from "../../store/actions.ts";
import { useSession, useText } from "../../store/hooks.ts";
import { startOf } from "../../timeline/cursor.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import styles from "./charts.module.css";
import { lossPath, lossScale, thinLosses } from "./loss-path.ts";

const WIDTH = 600;
const HEIGHT = 200;
const LEFT = 58;
const TOP = 10;
/** Rows of the table: more than a screen full of losses nobody reads. */
const ROWS = 12;

/** The loss of every iteration run so far; a click goes to that iteration. */
export default function LossChart() {
	const { app } = useText();
	const format = useNumberFormat();
	const title = useId();
	const losses = useSession(({ run }) => run?.runner.losses ?? []);
	const iteration = useSession(({ cursor }) => cursor.iteration);
	const points = thinLosses(losses, 300);
	const scale = lossScale(points, losses.length, WIDTH, HEIGHT);
	const failed = points.find(({ loss }) => loss === null);
	const number = (value: number) => formatNumber(value, format);
	const rows = thinLosses(losses, ROWS);
	return (
		<figure className={styles.figure} aria-labelledby={title}>
			<figcaption>
				<h2 id={title}>{app.charts.title}</h2>
				<p>
					{trend(losses, app.charts, number)} {failed && app.charts.notFinite(String(failed.iteration))}{" "}
					{app.charts.dataTerm}
				</p>
			</figcaption>
			<svg
				className={styles.chart}
				viewBox={`0 0 ${LEFT + WIDTH + 12} ${TOP + HEIGHT + 34}`}
				aria-hidden="true"
				onClick={(event) => {
					const box = event.currentTarget.getBoundingClientRect();
					const x = ((event.clientX - box.left) / box.width) * (LEFT + WIDTH + 12) - LEFT;
					const chosen = 1 + Math.round((x / WIDTH) * (losses.length - 1));
					if (losses.length > 0) void goTo(startOf(Math.min(losses.length, Math.max(1, chosen))));
				}}
			>
				<g transform={`translate(${LEFT} ${TOP})`}>
					{[0, 0.5, 1].map((share) => (
						<g key={share}>
							<line className={styles.grid} x1="0" x2={WIDTH} y1={HEIGHT * (1 - share)} y2={HEIGHT * (1 - share)} />
							<text className={styles.axis} x="-8" y={HEIGHT * (1 - share) + 4} textAnchor="end">
								{number(scale.maximum * share)}
							</text>
						</g>
					))}
					<text className={styles.axis} x="0" y={HEIGHT + 18}>
						1
					</text>
					<text className={styles.axis} x={WIDTH / 2} y={HEIGHT + 18} textAnchor="middle">
						{app.charts.axis}
					</text>
					<text className={styles.axis} x={WIDTH} y={HEIGHT + 18} textAnchor="end">
						{losses.length}
					</text>
					<path className={styles.curve} d={lossPath(points, scale)} />
					<line className={styles.here} x1={scale.x(iteration)} x2={scale.x(iteration)} y1="0" y2={HEIGHT} />
					{failed && <path className={styles.hazard} d={`M${scale.x(failed.iteration)} 0l8 14h-16z`} />}
				</g>
			</svg>
			<details>
				<summary>{app.charts.table}</summary>
				<table className={styles.table}>
					<tbody>
						{rows.map((point) => (
							<tr key={point.iteration}>
								<th scope="row">
									<button
										type="button"
										aria-label={app.charts.goTo(String(point.iteration))}
										onClick={() => void goTo(startOf(point.iteration))}
									>
										{point.iteration}
									</button>
								</th>
								<td>{number(losses[point.iteration - 1])}</td>
							</tr>
						))}
					</tbody>
				</table>
			</details>
		</figure>
	);
}

type ChartTexts = ReturnType<typeof useText>["app"]["charts"];

/** The curve in one sentence. */
function trend(losses: readonly number[], text: ChartTexts, number: (value: number) => string): string {
	const finite = losses.filter((loss) => Number.isFinite(loss));
	const [first] = finite;
	const last = finite.at(-1);
	if (first === undefined || last === undefined) return text.none;
	if (finite.length === 1) return text.one(number(first));
	const direction = last < first ? text.down : last > first ? text.up : text.level;
	return text.trend(String(losses.length), number(first), number(last), direction);
}
