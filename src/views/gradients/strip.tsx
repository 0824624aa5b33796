import { notations } from "../../explain/notation.ts";
import type { Reading } from "../../explain/reading.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { unitFirst } from "../../timeline/timeline.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Diamond } from "../marks/diamond.tsx";
import { Explainable } from "../marks/explainable.tsx";
import type { LinearAxis } from "../marks/linear-axis.ts";
import { MathText, symbolParts } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { progressOf, sumOf, termProgress } from "../marks/progress.ts";
import styles from "./gradients.module.css";
import type { GradientRow } from "./model.ts";
import type { Strip } from "./strip-model.ts";

export interface StripProps {
	readonly view: View;
	readonly row: GradientRow;
	readonly strip: Strip;
	readonly axis: LinearAxis;
	/** Draws the axis's numbers. */
	readonly ticks: boolean;
	readonly width: number;
	readonly height: number;
	readonly focus: boolean;
	/** What the weight leads from and to, in words. */
	readonly note: string;
}

/** Where the parts of a strip stand, from left to right. */
interface Place {
	readonly kind: "pile" | "sum" | "mean" | "passes" | "diamond";
	readonly x: number;
}

const BAR = 24;
/** Numbers closer than this would touch: every other one stands a line lower. */
const NUMBER_WIDTH = 72;

function placesOf(strip: Strip, width: number, left: number): readonly Place[] {
	const kinds: Place["kind"][] = [
		"pile",
		...(strip.sum === null ? [] : (["sum"] as const)),
		...(strip.mean === null ? [] : (["mean"] as const)),
		...(strip.passes === null ? [] : (["passes"] as const)),
	];
	const pitch = (width - left - 30) / kinds.length;
	return [
		...kinds.map((kind, place): Place => ({ kind, x: left + pitch * (place + 0.5) })),
		{ kind: "diamond", x: width - 18 },
	];
}

/** One weight's gradient: a sliver a sample, their sum, the mean, the diamond, on one linear axis. */
export function StripDrawing({ view, row, strip, axis, ticks, width, height, focus, note }: StripProps) {
	const texts = useText().scenes.gradients;
	const notation = useSettings((settings) => settings.notation);
	const { structure } = view.timeline;
	const { gradient } = strip.element;
	const symbol = notations[notation].symbol(structure, gradient);
	const left = ticks ? 56 : 10;
	const places = placesOf(strip, width, left);
	const captions = height - 44;
	const tight = places.length > 2 && (places[1]?.x ?? 0) - (places[0]?.x ?? 0) < NUMBER_WIDTH;
	const lower = (place: number) => (tight && place % 2 === 1 ? 15 : 0);
	const zeros = strip.shares
		.filter((share, place) => strip.slivers[place]?.status === "known" && view.shown(share) === 0)
		.map((share) => share.sample + 1);
	const narrow = width < 230;
	const small = width < 270;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={height}
			role="group"
			aria-label={symbolText(symbol)}
			data-strip={`${gradient.layer}/${gradient.slot}/${gradient.index}`}
		>
			{focus && <rect x={1} y={1} width={width - 2} height={height - 2} rx={12} className={styles.frame} />}
			<MathText parts={symbolParts(symbol)} x={14} y={24} size={narrow ? 12.5 : 14} anchor="start" strong />
			{!narrow && (
				<text x={width - 12} y={23} className={styles.note}>
					{note}
				</text>
			)}
			{ticks ? (
				<AxisDrawing axis={axis} from={left - 6} to={width - 30} side="left" x={left - 8} />
			) : (
				<AxisDrawing axis={{ ...axis, ticks: [] }} from={8} to={width - 30} side="left" x={0} />
			)}
			<g data-row="strip">
				<MovingStrip {...{ view, row, strip, axis, places }} />
				{places.map(({ kind, x }, place) => {
					const reading = readingOf(strip, kind);
					if (reading === null || kind === "diamond") return null;
					return (
						<Explainable
							key={kind}
							reading={reading}
							name={kind === "mean" || kind === "passes" ? symbolText(symbol) : texts.caption[kind]}
							box={{ x: x - 32, y: captions - 13, width: 64, height: 38 + lower(place) }}
							stop={place === 0 || (place === 1 && strip.slivers.length > 1)}
						>
							<text x={x} y={captions} className={styles.caption}>
								{captionOf(texts, strip, kind)}
							</text>
							<NumberLabel
								reading={reading}
								x={x}
								y={captions + 19 + lower(place)}
								size={small ? 12 : 13}
								format={{ digits: 3 }}
							/>
						</Explainable>
					);
				})}
				{strip.slivers.length > 1 && (
					<text x={places[0]?.x} y={captions} className={styles.caption}>
						{texts.slivers(strip.slivers.length)}
						<tspan x={places[0]?.x} dy={18}>
							{zeros.length === 0 ? "" : texts.zeros(zeros, strip.slivers.length)}
						</tspan>
					</text>
				)}
			</g>
		</svg>
	);
}

type Texts = ReturnType<typeof useText>["scenes"]["gradients"];

function captionOf(texts: Texts, { scaleValue, slivers, passes }: Strip, kind: Place["kind"]): string {
	if (kind === "mean") {
		const divisor = 1 / scaleValue;
		return divisor === slivers.length ? texts.mean(slivers.length) : texts.scaled;
	}
	if (kind === "passes") return texts.passes(passes?.parts.length ?? 1);
	return kind === "diamond" ? "" : texts.caption[kind];
}

function readingOf(strip: Strip, kind: Place["kind"]): Reading | null {
	switch (kind) {
		case "pile":
			return strip.slivers.length === 1 ? (strip.slivers[0] ?? null) : null;
		case "sum":
			return strip.sum;
		case "mean":
			return strip.mean;
		case "passes":
			return strip.passes?.soFar ?? null;
		case "diamond":
			return strip.gradient;
	}
}

/** What moves: the slivers arrive, their sum grows, shrinks to the mean and lands on the diamond. */
function MovingStrip({
	view,
	row,
	strip,
	axis,
	places,
}: Pick<StripProps, "view" | "row" | "strip" | "axis"> & { readonly places: readonly Place[] }) {
	const t = useFrame();
	const texts = useText().scenes.gradients;
	const { scale, zero } = axis;
	const first = unitFirst(row.stage, row.unit);
	const count = strip.slivers.length;
	const last = first + count - 1;
	const arrivals = termProgress(view, first, count, t, 0, 0.55);
	const summed = progressOf(view, last, t, 0.55, 0.7);
	const divided = progressOf(view, last, t, 0.7, 0.85);
	const landed = progressOf(view, last, t, 0.85, 1);
	const at = (kind: Place["kind"]) => places.find((place) => place.kind === kind)?.x;
	const names = strip.shares.map(({ sample }) => texts.share(sample + 1));
	const before = at("sum") ?? at("pile") ?? 0;
	const mean = at("mean");
	const passes = at("passes");
	const factor = 1 / strip.scaleValue;
	const term = view.depth === "term" && view.leaf.term !== null ? view.leaf.term : undefined;
	return (
		<g>
			<Pile
				readings={strip.slivers}
				scale={scale}
				x={(at("pile") ?? 0) - 14}
				y={zero}
				labels={strip.shares.map(({ sample }) => String(sample + 1))}
				names={names}
				t={sumOf(arrivals) / Math.max(1, count)}
				{...(term === undefined ? {} : { focus: term })}
			/>
			{strip.sum !== null && (
				<NetBar reading={strip.sum} scale={scale} x={(at("sum") ?? 0) - BAR / 2} y={zero} width={BAR} t={summed} />
			)}
			{strip.mean !== null && mean !== undefined && divided > 0 && (
				<NetBar
					reading={strip.mean}
					scale={scale}
					x={before + (mean - before) * divided - BAR / 2}
					y={zero}
					width={BAR}
					t={factor + (1 - factor) * divided}
				/>
			)}
			{strip.passes !== null && passes !== undefined && divided > 0 && (
				<>
					<Pile readings={strip.passes.parts} scale={scale} x={passes - 20} y={zero} width={18} t={divided} />
					<NetBar reading={strip.passes.soFar} scale={scale} x={passes + 2} y={zero} width={18} t={landed} />
				</>
			)}
			<Explainable
				reading={strip.gradient}
				name={texts.diamond}
				box={{ x: (at("diamond") ?? 0) - 15, y: zero - 15, width: 30, height: 30 }}
			>
				<Diamond reading={strip.gradient} x={at("diamond") ?? 0} y={zero} t={landed} />
			</Explainable>
		</g>
	);
}
