import type { ScalarReference } from "../../engine/reference.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Disc } from "../marks/disc.tsx";
import { edgesOf, type Point } from "../marks/edge-geometry.ts";
import { ErrorGap } from "../marks/error-gap.tsx";
import { Flow } from "../marks/flow.tsx";
import { Leads } from "../marks/leads.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { Pennant } from "../marks/pennant.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { progressOf, sumOf, termProgress } from "../marks/progress.ts";
import { drawnValue } from "../marks/reading-attributes.ts";
import { Valve } from "../marks/valve.tsx";
import { maximumSlope } from "./columns.ts";
import type { Bundle } from "./connections.ts";
import type { LensProps } from "./forward-lens.tsx";
import type { PlacedLens } from "./layout.ts";
import { Caption } from "./lens-parts.tsx";
import { lensTitle } from "./names.ts";
import { arrived, MESSAGES_END } from "./progress.ts";
import {
	backwardTerms,
	discReading,
	errorReading,
	firstLeaf,
	slopeReading,
	unitReading,
	unitReference,
} from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { deltaSymbol, unitLabel } from "./symbols.ts";

/** Backward: messages (or the error) pile up, pass the valve and become δ. Right to left. */
export function BackwardLens({ view, lens, bundles, t }: LensProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const { group, unit } = lens.request;
	const { structure } = view.timeline;
	const isOutput = group.role === "output";
	const terms = backwardTerms(view, group, unit);
	const readings = terms.map(({ reading }) => reading);
	const first = firstLeaf(view, "backward", group, unit);
	const pull = unitReading(view, group, "a", "diff", unit);
	const delta = unitReading(view, group, "z", "diff", unit);
	const slope = slopeReading(view, group, unit);
	const gap = isOutput ? errorReading(view, group, unit) : null;
	const linear = group.elementwise.length === 0;
	const maximum = maximumSlope(group) ?? 1;

	const values = readings.map((reading) => drawnValue(reading) ?? 0);
	const whole = view.shown(unitReference(view, group, "a", "diff", unit));
	const up = Math.max(pileReach(values.map((value) => Math.max(0, value))), whole, 0);
	const down = Math.max(pileReach(values.map((value) => Math.min(0, value))), -whole, 0);
	const narrow = lens.width < 300;
	const captions = lens.height - (narrow ? 36 : 30);
	const axis = linearAxis(up, down, 48, captions - 22, linear ? 14 : 44);
	const { scale } = axis;

	const arrivals = termProgress(view, first, terms.length, t, 0, linear ? 0.7 : MESSAGES_END).map((progress) =>
		isOutput ? progress : arrived(progress),
	);
	const last = first === null ? null : first + terms.length - 1;
	const summed = progressOf(view, last, t, linear ? 0.7 : MESSAGES_END, linear ? 1 : 0.62);
	const end = first === null ? null : first + terms.length + group.elementwise.length - 1;
	const flowed = linear ? summed : progressOf(view, end, t, 0.62, 0.86);
	const landed = linear ? summed : progressOf(view, end, t, 0.86, 1);
	const width = lens.width;
	const at = linear
		? { axis: width - 14, pile: width * 0.62, net: width * 0.28, disc: 0, delta: 0 }
		: {
				axis: width - 14,
				pile: width * (gap === null ? 0.71 : 0.72),
				net: width * 0.53,
				disc: width * 0.325,
				delta: width * 0.09,
			};
	const name = lensTitle(texts, structure, notation, group, unit);
	const open = slope === null ? undefined : drawnValue(slope);
	const note =
		open === undefined
			? undefined
			: Math.abs(open) < 1e-12
				? texts.valveShut
				: texts.valveOpen(String(Math.round((100 * Math.abs(open)) / maximum)));
	const pileT = sumOf(arrivals) / Math.max(1, terms.length);
	const ports = terms.map(({ references }) => outgoingPort(bundles, lens, references));
	const labels = terms.length > 8 ? undefined : terms.map((_, index) => unitLabel(notation, index));
	const r = narrow ? 17 : 26;
	const discY = clampY(axis.zero, 48 + r + 14, captions - 22 - r);
	const symbol = deltaSymbol(notation);
	const size = narrow ? 11 : 12.5;
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={width}
			height={lens.height}
			title={name}
			{...(note === undefined ? {} : { note })}
		>
			<AxisDrawing axis={axis} from={18} to={width - 18} side="right" x={at.axis} />
			{!isOutput && <Leads readings={readings} scale={scale} ports={ports} x={at.pile + 28} y={axis.zero} t={pileT} />}
			{gap !== null ? (
				<ErrorGap
					reading={gap}
					scale={scale}
					x={at.pile}
					y={axis.zero}
					labels={{ output: notation === "ufldl" ? "a" : "a", target: "y" }}
					t={pileT}
				/>
			) : (
				<Pile
					readings={readings}
					scale={scale}
					x={at.pile}
					y={axis.zero}
					width={28}
					dashed
					{...(labels === undefined ? {} : { labels })}
					t={pileT}
				/>
			)}
			{!linear && (
				<Flow
					from={pull}
					to={delta}
					scale={scale}
					fromX={at.net}
					valveX={at.disc}
					toX={at.delta + 24}
					half={r + 6}
					y={axis.zero}
					t={flowed}
				/>
			)}
			<NetBar reading={linear ? delta : pull} scale={scale} x={at.net} y={axis.zero} width={24} t={summed} />
			{!linear && slope !== null && (
				<>
					<Valve reading={slope} maximum={maximum} x={at.disc} y={discY} r={r} facing={0} />
					<Disc
						reading={discReading(view, group, unit)}
						x={at.disc}
						y={discY}
						r={r}
						maximum={layerMaximum(view, group)}
						focus
					/>
					<Pennant reading={delta} x={at.disc} y={discY} r={r + 7} side="left" t={landed} />
					<NetBar reading={delta} scale={scale} x={at.delta} y={axis.zero} width={24} t={landed} />
				</>
			)}
			{gap !== null ? (
				<Caption x={at.pile + 8} y={captions} symbol={[{ base: "a − y" }]} reading={gap} size={size} />
			) : (
				<Caption
					x={at.pile + 14}
					y={captions}
					symbol={[{ base: "W" }, "·", symbol]}
					{...(terms.length === 1 && readings[0] !== undefined
						? { reading: readings[0] }
						: { words: texts.terms(terms.length) })}
					size={size}
				/>
			)}
			{linear ? (
				<Caption x={at.net + 12} y={captions} symbol={["= ", symbol]} reading={delta} size={size} />
			) : (
				<>
					<Caption x={at.net + 12} y={captions} symbol={["Σ"]} reading={pull} size={size} />
					{slope !== null && (
						<Caption
							x={at.disc}
							y={captions}
							symbol={["× ", { base: "f′" }]}
							reading={slope}
							size={size}
							coloured={false}
						/>
					)}
					<Caption x={at.delta + 12} y={captions} symbol={["= ", symbol]} reading={delta} size={size} />
				</>
			)}
		</LensFrame>
	);
}

function clampY(wanted: number, low: number, high: number): number {
	return Math.max(low, Math.min(high, wanted));
}

/** Where the edge of a message W·δ leaves the lens: that of the unit whose δ it is. */
function outgoingPort(
	bundles: readonly Bundle[],
	lens: PlacedLens,
	references: readonly ScalarReference[],
): Point | undefined {
	const weight = references.find(({ kind }) => kind === "parameter");
	if (weight?.kind !== "parameter") return undefined;
	const connection = bundles
		.flatMap(({ drawn }) => drawn)
		.find(({ layer, slot, index }) => layer === weight.layer && slot === weight.slot && index === weight.index);
	const start = connection === undefined ? undefined : edgesOf(connection.chain)[0]?.from;
	return start === undefined ? undefined : { x: start.x - lens.x, y: start.y - lens.y };
}
