import { nice, ticks } from "d3-array";
import { useEffect, useId, useState } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { useProposedView, useSession, useSettings, useText, useView } from "../../store/hooks.ts";
import { judgedLoss, judgedValue, type LossCurve, lossCurve } from "../../store/loss-curve.ts";
import type { Proposal } from "../../store/session.ts";
import type { View } from "../../store/view.ts";
import { chartRange, lineRange } from "../marks/line-range.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { curvePath, linear, lossExtent, type PlotScale, tangent, thinned } from "./curve-path.ts";
import { chartTitle } from "./titles.ts";
import { useWidth } from "./use-width.ts";
import styles from "./what-if.module.css";

const HEIGHT = 236;
const LEFT = 52;
const RIGHT = 18;
const TOP = 30;
const BOTTOM = 30;
const POINTS = 161;
/** Half of the tangent's width, as a share of the chart's. */
const TANGENT = 0.16;
const ROWS = 9;
const LOSS_TICKS = 4;
/** What a point's label needs to one side. */
const ROOM = 128;

/** The loss over the one number that is being proposed, with the gradient as its slope. */
export default function LossOverChart() {
	const view = useView();
	const proposed = useProposedView();
	const proposal = useSession((state) => state.proposal);
	if (view === null || proposed === null || proposal === null) return null;
	return <Chart view={view} proposed={proposed} proposal={proposal} />;
}

interface ChartProps {
	readonly view: View;
	readonly proposed: View;
	readonly proposal: Proposal;
}

/** The curve, computed anew when another number, iteration, notation or span is asked for. */
function useCurve({ editable }: Proposal, from: number, to: number): LossCurve | null {
	const notation = useSettings((settings) => settings.notation);
	const opened = useSession((state) => state.opened);
	const [curve, setCurve] = useState<LossCurve | null>(null);
	useEffect(() => {
		let current = opened !== null;
		const whole = editable.kind === "data" && editable.classes !== null;
		void lossCurve(notation, { from, to, points: POINTS, whole }).then((found) => {
			if (current && found !== null) setCurve(found);
		});
		return () => {
			current = false;
		};
	}, [editable, opened, notation, from, to]);
	return curve;
}

function Chart({ view, proposed, proposal }: ChartProps) {
	const { editor } = useText();
	const texts = editor.whatIf;
	const format = useNumberFormat();
	const title = useId();
	const [figure, width] = useWidth<HTMLElement>();
	const { editable, former, value } = proposal;
	const [from, to] = chartRange(editable, lineRange(editable, former, value));
	const curve = useCurve(proposal, from, to);
	const number = (at: number) => formatNumber(at, format);
	const [low, high] = lossExtent(curve?.points ?? []);
	return (
		<figure ref={figure} className={styles.figure} aria-labelledby={title}>
			<figcaption>
				<h3 id={title}>{chartTitle(texts, view.timeline.structure, editable)}</h3>
				<p>
					{curve === null
						? texts.chart.waiting
						: texts.chart.describe(number(from), number(to), number(low), number(high))}{" "}
					{editable.kind === "data" && editable.classes !== null && texts.chart.noSlope}
				</p>
			</figcaption>
			{curve !== null && width !== null && (
				<Plot width={width} curve={curve} view={view} proposed={proposed} proposal={proposal} span={[from, to]} />
			)}
			{curve !== null && (
				<details>
					<summary>{texts.chart.table}</summary>
					<table className={styles.curveTable}>
						<tbody>
							{thinned(curve.points, ROWS).map((point) => (
								<tr key={point.value}>
									<th scope="row">{number(point.value)}</th>
									<td>{point.loss === null ? texts.chart.notFinite : number(point.loss)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</details>
			)}
		</figure>
	);
}

interface PlotProps extends ChartProps {
	readonly width: number;
	readonly curve: LossCurve;
	readonly span: readonly [from: number, to: number];
}

function Plot({ width, curve, view, proposed, proposal, span }: PlotProps) {
	const { editor } = useText();
	const { chart } = editor.whatIf;
	const format = useNumberFormat();
	const clip = useId();
	const { former, shown } = proposal;
	const right = width - RIGHT;
	const bottom = HEIGHT - BOTTOM;
	const losses = nice(...lossExtent(curve.points), LOSS_TICKS);
	const scale: PlotScale = { x: linear(span, [LEFT, right]), y: linear(losses, [bottom, TOP]) };
	const [stands, becomes] = [judgedValue(view, proposal), judgedValue(proposed, proposal)];
	const whole = curve.slope === null && curve.points.length < 65;
	const [start, end] = tangent({ value: former, loss: stands }, curve.slope?.rise ?? 0, TANGENT * (span[1] - span[0]));
	return (
		<svg width={width} height={HEIGHT} aria-hidden="true" className={styles.chart}>
			<clipPath id={clip}>
				<rect x={LEFT - 4} y={TOP - 8} width={right - LEFT + 8} height={bottom - TOP + 8} />
			</clipPath>
			{ticks(...losses, LOSS_TICKS).map((tick) => (
				<g key={tick}>
					<line className={styles.grid} x1={LEFT} x2={right} y1={scale.y(tick)} y2={scale.y(tick)} />
					<text className={styles.axis} x={LEFT - 8} y={scale.y(tick) + 4} textAnchor="end">
						{formatNumber(tick, { ...format, digits: 3 })}
					</text>
				</g>
			))}
			{ticks(...span, whole ? curve.points.length : 8).map((tick) => (
				<text key={tick} className={styles.axis} x={scale.x(tick)} y={bottom + 18} textAnchor="middle">
					{formatNumber(tick, format)}
				</text>
			))}
			<g clipPath={`url(#${CSS.escape(clip)})`}>
				{whole ? (
					curve.points.map((point) =>
						point.loss === null ? null : (
							<circle
								key={point.value}
								className={styles.place}
								cx={scale.x(point.value)}
								cy={scale.y(point.loss)}
								r={3}
							/>
						),
					)
				) : (
					<path data-curve className={styles.curve} d={curvePath(curve.points, scale)} />
				)}
				{curve.slope !== null && Number.isFinite(stands) && (
					<path data-tangent className={styles.tangent} d={curvePath([start, end], scale)} />
				)}
			</g>
			{curve.slope !== null && (
				<NumberLabel
					reading={curve.slope.reading}
					symbol={chart.slope}
					x={right}
					y={14}
					anchor="end"
					coloured={false}
				/>
			)}
			<Point
				view={view}
				proposal={proposal}
				at={[scale.x(former), scale.y(stands)]}
				finite={Number.isFinite(stands)}
				symbol={chart.stands}
				width={width}
				bottom={bottom}
				side={shown < former ? "end" : "start"}
				ghost
			/>
			{shown !== former && (
				<Point
					view={proposed}
					proposal={proposal}
					at={[scale.x(shown), scale.y(becomes)]}
					finite={Number.isFinite(becomes)}
					symbol={chart.proposed}
					width={width}
					bottom={bottom}
					side={shown < former ? "start" : "end"}
				/>
			)}
		</svg>
	);
}

interface PointProps {
	readonly view: View;
	readonly proposal: Proposal;
	readonly at: readonly [x: number, y: number];
	readonly finite: boolean;
	readonly symbol: string;
	readonly width: number;
	readonly bottom: number;
	readonly side: "start" | "end";
	readonly ghost?: boolean;
}

/** The loss as it is (a ghost) or as it would be: a dot on the curve, its place on the axis, and its number. */
function Point({ view, proposal, at: [x, y], finite, symbol, width, bottom, side, ghost }: PointProps) {
	if (!finite) return null;
	// Known from the start: the curve shows what the stages have yet to come to.
	const reading: Reading = view.derive(judgedLoss(view, proposal), 0);
	// Away from the other point, unless the edge is too near; one above the curve, the other below.
	const toStart = x < ROOM ? false : x > width - ROOM || side === "start";
	const labelY = ghost ? Math.min(y + 20, bottom - 6) : Math.max(y - 10, TOP + 2);
	return (
		<g>
			<line className={ghost ? styles.dropGhost : styles.drop} x1={x} x2={x} y1={y} y2={bottom} />
			<circle className={ghost ? styles.dotGhost : styles.dot} cx={x} cy={y} r={6} />
			<NumberLabel
				reading={reading}
				symbol={symbol}
				x={toStart ? x - 10 : x + 10}
				y={labelY}
				anchor={toStart ? "end" : "start"}
				coloured={false}
			/>
		</g>
	);
}
