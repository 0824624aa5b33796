import { memo, useMemo } from "react";
import type { NotationId } from "../../explain/notation.ts";
import type { Reading } from "../../explain/reading.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Disc } from "../marks/disc.tsx";
import { ErrorGap } from "../marks/error-gap.tsx";
import { Flow } from "../marks/flow.tsx";
import { Leads } from "../marks/leads.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { italic } from "../marks/math-text.tsx";
import { Pennant } from "../marks/pennant.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { drawnProgress, progressOf, sumOf } from "../marks/progress.ts";
import { clamp } from "../marks/scales.ts";
import { Valve } from "../marks/valve.tsx";
import { maximumSlope } from "./columns.ts";
import type { Bundle } from "./connections.ts";
import type { PlacedLens } from "./layout.ts";
import { Caption } from "./lens-parts.tsx";
import { outgoingPort } from "./lens-ports.ts";
import { lensTitle } from "./names.ts";
import { arrived, MESSAGES_END } from "./progress.ts";
import {
	backwardTerms,
	countTerms,
	discReading,
	errorParts,
	errorReading,
	firstLeaf,
	probabilityReference,
	slopeReading,
	unitReading,
	unitReference,
} from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { deltaSymbol, unitLabel } from "./symbols.ts";
import { valveWords } from "./valve-words.ts";

export interface LensProps {
	readonly view: View;
	readonly lens: PlacedLens;
	readonly bundles: readonly Bundle[];
	readonly t: number;
}

/** Leads of more terms than this would cross each other into a thicket. */
const MOST_LEADS = 4;
const MOST_LABELS = 8;
/** Height of one term that is not known yet. */
const TO_COME = 10;

/** All of the lens that does not move. */
function backwardModel(view: View, lens: PlacedLens, bundles: readonly Bundle[], notation: NotationId) {
	const { group, unit } = lens.request;
	const isOutput = group.role === "output";
	const terms = backwardTerms(view, group, unit);
	const readings = terms.map(({ reading }) => reading);
	const gap = isOutput ? errorReading(view, group, unit) : null;
	const linear = group.elementwise.length === 0;
	const first = firstLeaf(view, "backward", group, unit);
	const slope = slopeReading(view, group, unit);

	// The axis is that of the whole step, whatever of it is known already.
	const values = terms.map(({ value }) => value);
	const net = view.shown(unitReference(view, group, "a", "diff", unit));
	const up = Math.max(pileReach(values.map((value) => Math.max(0, value))), net, 0);
	const down = Math.max(pileReach(values.map((value) => Math.min(0, value))), -net, 0);
	const narrow = lens.width < 300;
	const r = narrow ? 17 : 26;
	const { width } = lens;
	const captions = lens.height - 30;
	// Over a pile that has its terms stands the one that is still to come.
	const top = (width < BARE ? 34 : 48) + (terms.length > 1 && !isOutput ? TO_COME : 0);
	const whole = linearAxis(
		up,
		down,
		top,
		captions - (width < BARE ? 16 : 22),
		linear ? 14 : r + (width < BARE ? 12 : 18),
	);
	const axis = width < BARE ? { ...whole, ticks: [] } : whole;
	return {
		group,
		unit,
		isOutput,
		fused: probabilityReference(view, group, unit) !== null,
		terms,
		readings,
		gap,
		linear,
		first,
		slope,
		narrow,
		r,
		captions,
		axis,
		pull: unitReading(view, group, "a", "diff", unit),
		delta: unitReading(view, group, "z", "diff", unit),
		disc: discReading(view, group, unit),
		maximum: maximumSlope(group) ?? 1,
		layer: layerMaximum(view, group),
		ports: terms.length > MOST_LEADS ? [] : terms.map(({ references }) => outgoingPort(bundles, lens, references)),
		...(terms.length > MOST_LABELS ? {} : { labels: terms.map((_, place) => unitLabel(notation, place)) }),
		at: linear ? { axis: width - 14, pile: width * 0.62, net: width * 0.28, disc: 0, delta: 0 } : placesAcross(width),
		discY: clamp(axis.zero, top + r + 12, captions - 20 - r),
	};
}

/** Where the parts stand across the lens, from right to left. */
function placesAcross(width: number) {
	const axis = width - 14;
	if (width < BARE) return { axis, pile: width * 0.79, net: width * 0.57, disc: width * 0.335, delta: width * 0.07 };
	if (width < 300) return { axis, pile: width * 0.65, net: width * 0.48, disc: width * 0.31, delta: width * 0.08 };
	return { axis, pile: width * 0.71, net: width * 0.53, disc: width * 0.325, delta: width * 0.09 };
}

/** Narrower than this a lens has no room for the numbers of its axis. */
const BARE = 240;

const CLOSE = 330;

type Model = ReturnType<typeof backwardModel>;

/** Backward: messages (or the error) pile up, pass the valve and become δ. Right to left. */
export function BackwardLens({ view, lens, bundles, t }: LensProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const model = useMemo(() => backwardModel(view, lens, bundles, notation), [view, lens, bundles, notation]);
	const { terms, first, linear, group, isOutput, axis, at, readings, gap } = model;
	const { scale } = axis;
	const end = linear ? 0.7 : MESSAGES_END;
	const progress = drawnProgress(view, first, terms, t, 0, end);
	const arrivals = isOutput ? progress : progress.map(arrived);
	const pileT = sumOf(arrivals) / Math.max(1, terms.length);
	const last = first === null ? null : first + countTerms(terms) - 1;
	const summed = progressOf(view, last, t, end, linear ? 1 : 0.62);
	const bent = first === null ? null : first + countTerms(terms) + group.elementwise.length - 1;
	const flowed = linear ? summed : progressOf(view, bent, t, 0.62, 0.86);
	const landed = linear ? summed : progressOf(view, bent, t, 0.86, 1);
	const note = valveWords(texts, group, model.slope, model.maximum);
	const title = lensTitle(texts, view.timeline.structure, notation, group, model.unit);
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={lens.width}
			height={lens.height}
			title={title}
			{...(note === null || (title.length + note.length) * 6.3 + 36 > lens.width ? {} : { note })}
		>
			{!isOutput && (
				<Leads readings={readings} scale={scale} ports={model.ports} x={at.pile + 28} y={axis.zero} t={pileT} />
			)}
			<AxisDrawing axis={axis} from={18} to={lens.width - 18} side="right" x={at.axis} />
			{gap !== null ? (
				<ErrorGap
					reading={gap}
					scale={scale}
					x={at.pile}
					y={axis.zero}
					labels={model.fused ? PROBABILITY_LEVELS : LEVELS}
					t={pileT}
				/>
			) : (
				<Pile
					readings={readings}
					scale={scale}
					x={at.pile}
					y={axis.zero}
					width={28}
					dashed={!isOutput}
					{...(model.labels === undefined || isOutput ? {} : { labels: model.labels })}
					t={pileT}
				/>
			)}
			{!linear && (
				<Flow
					from={model.pull}
					to={model.delta}
					scale={scale}
					fromX={at.net}
					valveX={at.disc}
					toX={at.delta + 24}
					half={model.r + 6}
					y={axis.zero}
					t={flowed}
				/>
			)}
			<NetBar
				reading={linear ? model.delta : model.pull}
				scale={scale}
				x={at.net}
				y={axis.zero}
				width={24}
				t={summed}
			/>
			{!linear && model.slope !== null && <Gate model={model} landed={landed} />}
			<Captions model={model} view={view} notation={notation} />
		</LensFrame>
	);
}

const PROBABILITY_LEVELS = { output: italic("p"), target: italic("y") };
const LEVELS = { output: italic("a"), target: italic("y") };

/** The unit with its valve, and what comes out of it. */
function Gate({ model, landed }: { readonly model: Model; readonly landed: number }) {
	const { slope, at, discY, r, delta, axis } = model;
	if (slope === null) return null;
	return (
		<>
			<Valve reading={slope} maximum={model.maximum} x={at.disc} y={discY} r={r} facing={0} />
			<Disc reading={model.disc} x={at.disc} y={discY} r={r} maximum={model.layer} focus />
			<Pennant reading={delta} x={at.disc} y={discY} r={r + 7} side="left" t={landed} />
			<NetBar reading={delta} scale={axis.scale} x={at.delta} y={axis.zero} width={24} t={landed} />
		</>
	);
}

interface CaptionsProps {
	readonly model: Model;
	readonly view: View;
	readonly notation: NotationId;
}

/** The numbers under the parts. Text never moves: it stands from the first frame on. */
const Captions = memo(function Captions({ model, view, notation }: CaptionsProps) {
	const texts = useText().stage;
	const { at, captions, readings, gap, linear, slope, pull, delta, isOutput } = model;
	const bare = model.at.axis < BARE;
	// Beside two numbers there is room for few digits.
	const close = model.at.axis < CLOSE;
	const digits = bare ? 2 : 3;
	const size = bare ? 10.5 : model.narrow ? 11.5 : 12.5;
	const symbol = deltaSymbol(notation);
	const parts = isOutput ? errorParts(view, model.group, model.unit) : null;
	const ufldl = notation === "ufldl";
	const only: Reading | undefined = readings.length === 1 ? readings[0] : undefined;
	return (
		<>
			{gap !== null && parts !== null && !linear && (
				<Caption
					x={at.pile + (bare ? 15 : close ? 16 : 8)}
					y={captions}
					symbol={[{ base: "a" }, ", ", { base: "y" }]}
					reading={parts.output}
					second={parts.target}
					size={size}
					digits={close ? 2 : 3}
				/>
			)}
			{gap !== null && linear && (
				<Caption
					x={at.pile + 8}
					y={captions}
					symbol={[{ base: model.fused ? "p" : "a" }, " − ", { base: "y" }]}
					reading={gap}
					size={size}
				/>
			)}
			{gap === null && (
				<Caption
					x={at.pile + 14}
					y={captions}
					symbol={isOutput ? [{ base: "p" }, " − ", { base: "y" }] : [{ base: "W" }, "·", symbol]}
					{...(only === undefined ? { words: texts.terms(countTerms(model.terms)) } : { reading: only })}
					size={size}
					digits={digits}
				/>
			)}
			{linear ? (
				<Caption x={at.net + 12} y={captions} symbol={["= ", symbol]} reading={delta} size={size} />
			) : (
				<>
					<Caption
						x={at.net + 12}
						y={captions}
						symbol={gap !== null && ufldl ? [{ base: "a" }, " − ", { base: "y" }] : ["Σ"]}
						reading={gap !== null && ufldl ? gap : pull}
						size={size}
						digits={digits}
					/>
					{slope !== null && (
						<Caption
							x={at.disc}
							y={captions}
							symbol={["× ", { base: "f" }, "′"]}
							reading={slope}
							size={size}
							digits={digits}
							coloured={false}
						/>
					)}
					<Caption x={at.delta + 14} y={captions} symbol={["= ", symbol]} reading={delta} size={size} digits={digits} />
				</>
			)}
		</>
	);
});
