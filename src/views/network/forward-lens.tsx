import { memo, useMemo } from "react";
import type { NotationId } from "../../explain/notation.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Disc } from "../marks/disc.tsx";
import { FunctionCurve } from "../marks/function-curve.tsx";
import { Leads } from "../marks/leads.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { drawnProgress, progressOf, sumOf } from "../marks/progress.ts";
import type { LensProps } from "./backward-lens.tsx";
import type { Bundle } from "./connections.ts";
import { curveOf } from "./curve.ts";
import type { PlacedLens } from "./layout.ts";
import { Arrow, Caption } from "./lens-parts.tsx";
import { incomingPort } from "./lens-ports.ts";
import { lensTitle } from "./names.ts";
import { countTerms, firstLeaf, forwardTerms, slopeReading, unitReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { unitLabel } from "./symbols.ts";

const MOST_LEADS = 4;
const MOST_LABELS = 8;
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

function subscript(digits: string): string {
	return Array.from(digits, (digit) => SUBSCRIPTS[Number(digit)] ?? digit).join("");
}

/** Narrower than this a lens has no room for the numbers of its axis. */
const BARE = 240;

/** Where the parts stand across the lens, from left to right. */
function placesAcross(width: number, linear: boolean, narrow: boolean) {
	if (linear) {
		const pile = width * 0.38 - 14;
		return { axis: 42, pile, bar: 30, net: width * 0.7 - 11, curve: width, curveWidth: 0, disc: width };
	}
	if (narrow) {
		// Below that the numbers give way to the curve.
		const net = width < BARE ? 87 : 104;
		return { axis: 34, pile: 42, bar: 24, net, curve: net + 40, curveWidth: width - net - 92, disc: width - 28 };
	}
	const curve = width * 0.44;
	return { axis: 38, pile: 46, bar: 28, net: 98, curve, curveWidth: width - curve - 82, disc: width - 44 };
}

/** All of the lens that does not move. */
function forwardModel(view: View, lens: PlacedLens, bundles: readonly Bundle[], notation: NotationId) {
	const { group, unit } = lens.request;
	const terms = forwardTerms(view, group, unit);
	// The axis is that of the whole step, whatever of it is known already.
	const values = terms.map(({ value }) => value);
	const net = view.shown(unitReference(view, group, "z", "data", unit));
	const up = Math.max(pileReach(values.map((value) => Math.max(0, value))), net, 0);
	const down = Math.max(pileReach(values.map((value) => Math.min(0, value))), -net, 0);
	const narrow = lens.width < 300;
	const linear = group.elementwise.length === 0;
	const captions = lens.height - 30;
	const whole = linearAxis(finite(up), finite(down), 46, captions - 22, 12);
	const inputs = view.timeline.structure.sourceGroups(group).reduce((sum, source) => sum + source.units, 0);
	const label = (place: number) =>
		place >= inputs ? "b" : `${inputLetter(group.index, view)}${subscript(unitLabel(notation, place))}`;
	return {
		group,
		unit,
		terms,
		readings: terms.map(({ reading }) => reading),
		first: firstLeaf(view, "forward", group, unit),
		narrow,
		linear,
		captions,
		withBias: group.head.run.parameters.length > 1,
		axis: lens.width < BARE ? { ...whole, ticks: [] } : whole,
		at: placesAcross(lens.width, linear, narrow),
		z: unitReading(view, group, "z", "data", unit),
		a: unitReading(view, group, "a", "data", unit),
		slope: slopeReading(view, group, unit),
		curve: curveOf(group, net, layerMaximum(view, group)),
		maximum: layerMaximum(view, group),
		ports: terms.length > MOST_LEADS ? [] : terms.map(({ references }) => incomingPort(bundles, lens, references)),
		...(terms.length > MOST_LABELS ? {} : { labels: terms.map((_, place) => label(place)) }),
	};
}

function finite(value: number): number {
	return Number.isFinite(value) ? value : 0;
}

function inputLetter(index: number, view: View): "x" | "a" {
	const { groups } = view.timeline.structure;
	const group = groups[index];
	const [source] = group === undefined ? [] : view.timeline.structure.sourceGroups(group);
	return source?.role === "input" ? "x" : "a";
}

type Model = ReturnType<typeof forwardModel>;

/** Forward: contributions pile up to z, z passes through f and becomes a. Left to right. */
export function ForwardLens({ view, lens, bundles, t }: LensProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const model = useMemo(() => forwardModel(view, lens, bundles, notation), [view, lens, bundles, notation]);
	const { terms, first, linear, group, axis, at, readings, curve, captions, narrow } = model;
	const { scale } = axis;
	const piled = linear ? 0.75 : 0.5;
	const arrivals = drawnProgress(view, first, terms, t, 0, piled);
	const pileT = sumOf(arrivals) / Math.max(1, terms.length);
	const last = first === null ? null : first + countTerms(terms) - 1;
	const summed = progressOf(view, last, t, piled, linear ? 1 : 0.65);
	const bent = progressOf(view, last === null ? null : last + group.elementwise.length, t, 0.65, 1);
	const name = lensTitle(texts, view.timeline.structure, notation, group, model.unit);
	const { term } = view.leaf;
	const atTerm =
		view.depth === "term" && view.leaf.phase?.name === "forward" && term !== null && term < countTerms(terms);
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={lens.width}
			height={lens.height}
			title={atTerm ? texts.lensTerm(name, term + 1, countTerms(terms)) : name}
		>
			<Leads readings={readings} scale={scale} ports={model.ports} x={at.pile} y={axis.zero} t={pileT} />
			<AxisDrawing axis={axis} from={at.axis - 4} to={at.net + 34} side="left" x={at.axis} />
			<Pile
				readings={readings}
				scale={scale}
				x={at.pile}
				y={axis.zero}
				width={at.bar}
				{...(model.labels === undefined ? {} : { labels: model.labels })}
				t={pileT}
			/>
			<NetBar reading={model.z} scale={scale} x={at.net} y={axis.zero} width={22} t={summed} />
			{curve !== null && (
				<>
					<Arrow from={at.net + 27} to={at.curve - 6} y={axis.zero} />
					<FunctionCurve
						value={curve.value}
						argument={model.z}
						result={model.a}
						slope={model.slope}
						reach={curve.reach}
						low={curve.low}
						high={curve.high}
						x={at.curve}
						y={58}
						width={at.curveWidth}
						height={captions - 22 - 62}
						t={bent}
					/>
					<Disc
						reading={model.a}
						x={at.disc}
						y={Math.min(lens.height * 0.42, captions - 56)}
						r={narrow ? 18 : 26}
						maximum={model.maximum}
						focus
					/>
				</>
			)}
			<Captions model={model} />
		</LensFrame>
	);
}

/** The numbers under the parts. Text never moves: it stands from the first frame on. */
const Captions = memo(function Captions({ model }: { readonly model: Model }) {
	const texts = useText().stage;
	const { at, captions, narrow, linear, slope } = model;
	const size = narrow ? 11 : 12.5;
	return (
		<>
			<Caption
				x={at.pile + at.bar / 2}
				y={captions}
				symbol={[{ base: "W" }, "·", { base: "a" }, ...(model.withBias ? [", ", { base: "b" }] : [])]}
				words={texts.terms(countTerms(model.terms))}
				size={size}
			/>
			<Caption x={at.net + 14} y={captions} symbol={["Σ = ", { base: "z" }]} reading={model.z} size={size} />
			{slope !== null && !narrow && (
				<Caption
					x={at.curve + at.curveWidth / 2}
					y={captions}
					symbol={[`${texts.slope} `, { base: "f" }, "′"]}
					reading={slope}
					coloured={false}
				/>
			)}
			{!linear && <Caption x={at.disc} y={captions} symbol={["= ", { base: "a" }]} reading={model.a} size={size} />}
		</>
	);
});
