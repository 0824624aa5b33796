import { evaluate } from "../../engine/evaluate.ts";
import type { Pass } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { Explainable } from "../marks/explainable.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { unitBase } from "../timeline/names.ts";
import styles from "./loss.module.css";
import { type Gap, gapsOf } from "./model.ts";
import { MovingGap } from "./moving-gap.tsx";

export interface FacesProps {
	readonly view: View;
	readonly loss: Group;
	readonly pass: Pass;
	readonly width: number;
	readonly height: number;
}

const HEAD = 30;
const NAME = 62;
const VALUE = 58;
const NUMBER = 76;
/** From this height on output and target stand on their line with their numbers in them. */
const LARGE = 92;
const MOST_ON_A_PHONE = 16;

/** On a phone: as high as the outputs of a small layer need. */
export function facesHeight(view: View, loss: Group): number {
	const [outputs] = view.timeline.structure.sourceGroups(loss);
	return HEAD + Math.max(LARGE * Math.min(2, outputs.units), 28 * Math.min(MOST_ON_A_PHONE, outputs.units));
}

/** On a phone the network above gives way, so that a few outputs are seen facing their targets without scrolling. */
export function pictureHeight(view: View, loss: Group | null, height: number): number {
	const left = height - (loss === null ? 0 : facesHeight(view, loss));
	return Math.max(136, Math.min(230, height * 0.62, left));
}

/** Each output faces its target: two places on one line, the signed gap a bar between them. */
export function Faces({ view, loss, pass, width, height }: FacesProps) {
	const texts = useText().scenes.loss;
	const all = gapsOf(view, loss, pass);
	const fit = Math.max(1, Math.floor((height - HEAD) / 26));
	const shown = all.length <= fit ? all : largest(view, all, fit);
	const before = pass === "again" ? gapsOf(view, loss, view.pass) : null;
	const each = (height - HEAD) / Math.max(1, shown.length);
	const large = each >= LARGE;
	const line = Math.min(large ? 116 : 56, each);
	const withTarget = width >= 330;
	const left = large ? NAME + 12 : NAME + (withTarget ? 2 : 1) * VALUE + 14;
	const right = width - NUMBER - (large ? 16 : 8);
	const { low, high } = reach(view, [...all, ...(before ?? [])]);
	const place = (value: number) => left + ((value - low) / (high - low)) * (right - left);
	const pixels = (right - left) / (high - low);
	const fused = isFused(loss);
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={HEAD + line * shown.length + (shown.length < all.length ? 22 : 4)}
			role="group"
			aria-label={texts.faces}
			data-faces={pass}
			data-row="faces"
		>
			{!large && (
				<>
					<text x={NAME + VALUE} y={18} className={styles.columnHead}>
						{fused ? "p" : "a"}
					</text>
					{withTarget && (
						<text x={NAME + 2 * VALUE} y={18} className={styles.columnHead}>
							y
						</text>
					)}
				</>
			)}
			<text x={width - 6} y={18} className={styles.columnHead}>
				{fused ? "p − y" : "a − y"}
			</text>
			{shown.map((gap, index) => (
				<Face
					key={gap.unit}
					{...{ view, loss, gap, place, pixels, left, right, width, large, withTarget }}
					was={before?.find(({ unit }) => unit === gap.unit) ?? null}
					y={HEAD + line * (index + 0.5)}
					tall={line >= 40}
					first={index === 0}
				/>
			))}
			{shown.length < all.length && (
				<text x={left} y={HEAD + line * shown.length + 14} className={styles.note}>
					{texts.largestGaps(shown.length, all.length)}
				</text>
			)}
		</svg>
	);
}

function largest(view: View, gaps: readonly Gap[], count: number): readonly Gap[] {
	const size = ({ expressions }: Gap) => Math.abs(evaluate(expressions.gap, view.shown));
	return gaps
		.toSorted((a, b) => size(b) - size(a))
		.slice(0, count)
		.toSorted((a, b) => a.unit - b.unit);
}

/** What the line must hold: all outputs and targets, and 0. */
function reach(view: View, gaps: readonly Gap[]): { readonly low: number; readonly high: number } {
	const values = gaps
		.flatMap(({ expressions: { output, target } }) => [evaluate(output, view.shown), evaluate(target, view.shown)])
		.filter(Number.isFinite);
	const low = Math.min(0, ...values);
	const high = Math.max(0, ...values);
	const room = (high - low || 1) * 0.06;
	return { low: low - room, high: high + room };
}

interface FaceProps {
	readonly view: View;
	readonly loss: Group;
	readonly gap: Gap;
	/** The same output before the update. */
	readonly was: Gap | null;
	readonly place: (value: number) => number;
	/** Of one unit of the line: a difference of places would lose it where values are huge. */
	readonly pixels: number;
	readonly left: number;
	readonly right: number;
	readonly width: number;
	readonly y: number;
	readonly tall: boolean;
	/** Numbers stand in the marks. */
	readonly large: boolean;
	/** The target's number has a column of its own. */
	readonly withTarget: boolean;
	readonly first: boolean;
}

function Face({
	view,
	loss,
	gap,
	was,
	place,
	pixels,
	left,
	right,
	width,
	y,
	tall,
	large,
	withTarget,
	first,
}: FaceProps) {
	const texts = useText().scenes.loss;
	const notation = useSettings((settings) => settings.notation);
	const { structure } = view.timeline;
	const [outputs, targets] = structure.sourceGroups(loss);
	// A class keeps its number: it is a name, not a place.
	const isClass = targets !== undefined && targets.units < outputs.units;
	const name = isClass ? texts.class(String(gap.unit)) : texts.output(String(gap.unit + unitBase(notation)));
	const { output } = gap.expressions;
	const symbol = output.kind === "scalar" ? symbolText(notations[notation].symbol(structure, output.reference)) : name;
	const value = evaluate(gap.expressions.gap, view.shown);
	const said = gap.gap.status !== "known" ? "" : value > 0 ? texts.tooHigh : value < 0 ? texts.tooLow : texts.exact;
	const high = tall && said !== "" ? -2 : 5;
	return (
		<g>
			<text x={2} y={y + 5} className={styles.outputName}>
				{name}
			</text>
			{!large && (
				<>
					<Explainable
						reading={gap.output}
						name={symbol}
						box={{ x: NAME, y: y - 13, width: VALUE + 4, height: 26 }}
						stop={first}
					>
						<NumberLabel
							reading={gap.output}
							x={NAME + VALUE}
							y={y + 5}
							size={13}
							anchor="end"
							format={{ digits: 3 }}
						/>
					</Explainable>
					{withTarget && (
						<NumberLabel
							reading={gap.target}
							x={NAME + 2 * VALUE}
							y={y + 5}
							size={13}
							anchor="end"
							format={{ digits: 3 }}
							coloured={false}
						/>
					)}
				</>
			)}
			<line x1={left} x2={right} y1={y} y2={y} className={styles.line} />
			<line x1={place(0)} x2={place(0)} y1={y - 9} y2={y + 9} className={styles.zero} />
			<MovingGap {...{ view, gap, was, place, pixels, y, large, symbol, first }} fused={isFused(loss)} />
			<Explainable
				reading={gap.gap}
				name={texts.gap(name)}
				box={{ x: width - NUMBER, y: y - 13, width: NUMBER, height: 26 }}
			>
				<NumberLabel
					reading={gap.gap}
					x={width - 6}
					y={y + high}
					size={14}
					anchor="end"
					format={{ digits: 3, plus: true }}
				/>
				{tall && (
					<text x={width - 6} y={y + 13} className={styles.said}>
						{said}
					</text>
				)}
			</Explainable>
		</g>
	);
}

/** Whether the loss makes probabilities of the outputs' scores itself. */
function isFused(loss: Group): boolean {
	return loss.head.run.internals.probability !== undefined;
}
