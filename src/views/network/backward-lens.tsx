import { useSettings, useText } from "../../store/hooks.ts";
import { Disc } from "../marks/disc.tsx";
import { ErrorGap } from "../marks/error-gap.tsx";
import { Flow } from "../marks/flow.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { Pennant } from "../marks/pennant.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { drawnValue } from "../marks/reading-attributes.ts";
import { Valve } from "../marks/valve.tsx";
import { lensAxis } from "./axis.ts";
import { maximumSlope } from "./columns.ts";
import type { LensProps } from "./forward-lens.tsx";
import { AxisDrawing, Caption } from "./lens-parts.tsx";
import { deltaSymbol, unitLabel } from "./math-text.tsx";
import { lensTitle } from "./names.ts";
import { progressOf, sumOf, termProgress } from "./progress.ts";
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

/** Backward: messages (or the error) pile up, pass the valve and become δ. Right to left. */
export function BackwardLens({ view, lens, t }: Omit<LensProps, "bundles">) {
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
	const axis = lensAxis(up, down, 48, captions - 22, linear ? 14 : 44);
	const { scale } = axis;

	const arrivals = termProgress(view, first, terms.length, t, 0, linear ? 0.7 : 0.4);
	const last = first === null ? null : first + terms.length - 1;
	const summed = progressOf(view, last, t, linear ? 0.7 : 0.4, linear ? 1 : 0.55);
	const end = first === null ? null : first + terms.length + group.elementwise.length - 1;
	const flowed = linear ? summed : progressOf(view, end, t, 0.55, 0.85);
	const landed = linear ? summed : progressOf(view, end, t, 0.85, 1);
	const width = lens.width;
	const at = linear
		? { axis: width - 18, pile: width * 0.62, net: width * 0.28, disc: 0, delta: 0 }
		: { axis: width - 18, pile: width * 0.76, net: width * 0.56, disc: width * 0.335, delta: width * 0.1 };
	const name = lensTitle(texts, structure, notation, group, unit);
	const open = slope === null ? undefined : drawnValue(slope);
	const note =
		open === undefined
			? undefined
			: Math.abs(open) < 1e-12
				? texts.valveShut
				: texts.valveOpen(String(Math.round((100 * Math.abs(open)) / maximum)));
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
			<AxisDrawing axis={axis} from={18} to={width - 30} side="right" x={at.axis} />
			{gap !== null ? (
				<ErrorGap
					reading={gap}
					scale={scale}
					x={at.pile}
					y={axis.zero}
					labels={{ output: notation === "ufldl" ? "a" : "a", target: "y" }}
					t={sumOf(arrivals) / Math.max(1, terms.length)}
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
					t={sumOf(arrivals) / Math.max(1, terms.length)}
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
