import { difference, negative, scalar } from "../../engine/expressions.ts";
import { expand } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { parameterLetter } from "../../explain/notations/places.ts";
import { formatNumber } from "../../explain/number-text.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { edgeBetween } from "../marks/edge-geometry.ts";
import { Explainable } from "../marks/explainable.tsx";
import { FormulaLine } from "../marks/formula-line.tsx";
import { niceStep, part } from "../marks/linear-axis.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { termProgress } from "../marks/progress.ts";
import { Ribbon } from "../marks/ribbon.tsx";
import { elementFirst, momentOf, type SolverElement } from "./model.ts";
import styles from "./solver.module.css";
import { HeadDrawing } from "./step-head.tsx";
import { HEAD } from "./step-line.tsx";

export interface SettleProps {
	readonly view: View;
	readonly element: SolverElement;
	readonly number: number;
	/** Whether the update value stands in a step of its own. */
	readonly ownUpdate: boolean;
	readonly width: number;
	readonly height: number;
}

/** The line stands this far in, or as far as its ticks need. */
const AXIS = 62;
const FIGURE = 6.6;
const LEVEL = 54;
/** Numbers of the line stand at least so far apart. */
const LEAST = 20;

/** Old and new value on a line of their own, the step between them as an arrow. */
export function Settle({ view, element, number, ownUpdate, width, height }: SettleProps) {
	const texts = useText().scenes.solver;
	const notation = useSettings((settings) => settings.notation);
	const format = useNumberFormat();
	const before = momentOf(view, element, "before");
	const after = momentOf(view, element, "after");
	const reading = view.read(after);
	const { structure } = view.timeline;
	const captions = height - 50;
	const line = valueLine(view.shown(before), view.shown(after), HEAD + 22, captions - 32);
	const expression =
		expand(view.explain, after) ?? difference(scalar(before), scalar(momentOf(view, element, "update")));
	const first = elementFirst(element);
	const last = first === null ? -1 : first + (element.stage?.subject.moments.length ?? 1) - 1;
	const state = last > view.cursor.leaf ? "later" : last === view.cursor.leaf ? "now" : "done";
	const letter = parameterLetter(structure, element.parameter.layer, element.parameter.slot);
	const tickTexts = line.ticks.map((tick) => formatNumber(tick, { ...format, digits: line.digits }));
	const axis = Math.max(AXIS, 9 + FIGURE * Math.max(0, ...tickTexts.map(({ length }) => length)));
	const x = axis + 30;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={height}
			role="group"
			aria-label={texts.steps.settle}
			data-solver="settle"
			data-row="settle"
		>
			<HeadDrawing
				x={8}
				number={number}
				name={texts.steps.settle}
				detail={ownUpdate ? texts.details.settleUpdate(letter) : texts.details.settle[notation](letter)}
				state={state}
				arrow={null}
			/>
			<line x1={axis} x2={axis} y1={line.top} y2={line.bottom} className={styles.axis} />
			{line.ticks.map((tick, place) => (
				<g key={tick}>
					<line x1={axis - 4} x2={axis} y1={line.y(tick)} y2={line.y(tick)} className={styles.axis} />
					<text x={axis - 7} y={line.y(tick) + 4} className={styles.tick}>
						{tickTexts[place]}
					</text>
				</g>
			))}
			<MovingValue {...{ view, element, line, axis, x }} />
			<Explainable
				reading={reading}
				name={symbolText(notations[notation].symbol(structure, after))}
				box={{ x: 6, y: captions - 18, width: width - 12, height: 56 }}
				stop
			>
				<NumberLabel reading={reading} x={width / 2} y={captions} size={16} />
				<FormulaLine view={view} expression={expression} x={width / 2} y={captions + 20} width={width - 14} />
			</Explainable>
		</svg>
	);
}

interface ValueLine {
	readonly top: number;
	readonly bottom: number;
	readonly y: (value: number) => number;
	readonly ticks: readonly number[];
	readonly digits: number;
}

/** A number line that holds old and new with some room about them; its ticks have the digits that tell them apart. */
export function valueLine(before: number, after: number, top: number, bottom: number): ValueLine {
	const end = Number.isFinite(after) ? after : before;
	const apart = Math.abs(end - before);
	const room = apart === 0 ? Math.max(Math.abs(before) * 0.1, 0.01) : apart * 0.4;
	const low = Math.min(before, end) - room;
	const high = Math.max(before, end) + room;
	const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
	const pixels = (bottom - top) / (high - low);
	const fine = niceStep((high - low) / 3);
	const step = [1, 2, 5, 10].map((factor) => factor * fine).find((wide) => wide * pixels >= LEAST) ?? 10 * fine;
	const begin = Math.ceil(low / step);
	const count = Math.max(0, Math.floor(high / step) - begin + 1);
	const ticks = Array.from({ length: Math.min(count, 8) }, (_, place) =>
		Number(((begin + place) * step).toPrecision(12)),
	);
	const largest = Math.max(Math.abs(low), Math.abs(high), step);
	const place = (size: number) => Math.floor(Math.log10(size) + 1e-9);
	const digits = Math.min(8, Math.max(2, place(largest) - place(step) + 1));
	return { top, bottom, y, ticks, digits };
}

function MovingValue({
	view,
	element,
	line,
	axis,
	x,
}: Pick<SettleProps, "view" | "element"> & {
	readonly line: ValueLine;
	readonly axis: number;
	readonly x: number;
}) {
	const t = useFrame();
	const texts = useText().scenes.solver;
	const before = momentOf(view, element, "before");
	const after = momentOf(view, element, "after");
	const update = momentOf(view, element, "update");
	const moments = element.stage?.subject.moments ?? [];
	const progress = termProgress(view, elementFirst(element), moments.length, t, 0, 1).at(-1) ?? 0;
	const moved = part(progress, 0.5, 1);
	const old = line.y(view.shown(before));
	const known = view.read(after).status === "known";
	const target = known ? line.y(view.shown(after)) : old;
	const front = old + (target - old) * moved;
	const right = x + LEVEL - 20;
	const apart = Math.abs(target - old) >= 14;
	const up = target < old ? -1 : 1;
	return (
		<g>
			<Ribbon reading={view.read(before)} edge={edgeBetween({ x: axis, y: old }, { x: right, y: old })} ghost />
			<text x={right + 6} y={old + (apart ? 4 : -up * 8 + 4)} className={styles.levelName}>
				{texts.old}
			</text>
			{known && moved > 0 && (
				<>
					{Math.abs(front - old) > 8 && (
						<path
							d={`M${x} ${old + up * 6}V${front - up * 12}m-4 0h8l-4 ${up * 8}z`}
							className={styles.wayLine}
							data-mark="way"
						/>
					)}
					<Ribbon reading={view.read(after)} edge={edgeBetween({ x: axis, y: front }, { x: right, y: front })} />
					<text x={right + 6} y={front + (apart ? 4 : up * 8 + 4)} className={styles.newName}>
						{texts.new}
					</text>
					{apart && (
						<NumberLabel
							reading={view.derive(negative(scalar(update)))}
							x={x + 8}
							y={(old + target) / 2 + 4}
							size={12}
							anchor="start"
							format={{ digits: 3, plus: true }}
							coloured={false}
						/>
					)}
				</>
			)}
		</g>
	);
}
