import { evaluate } from "../../engine/evaluate.ts";
import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Explainable } from "../marks/explainable.tsx";
import { FormulaLine, QuotientLine } from "../marks/formula-line.tsx";
import { type LinearAxis, linearAxis, part } from "../marks/linear-axis.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { termProgress } from "../marks/progress.ts";
import { TipLine } from "../marks/tip-line.tsx";
import { elementFirst, type SolverElement } from "./model.ts";
import styles from "./solver.module.css";
import { StepHead } from "./step-head.tsx";
import type { SolverStep, StepPart } from "./steps.ts";

export interface StepLineProps {
	readonly view: View;
	readonly element: SolverElement;
	/** All steps of the strip, and the ones that stand in this line. */
	readonly steps: readonly SolverStep[];
	readonly from: number;
	readonly count: number;
	readonly width: number;
	readonly height: number;
}

export const HEAD = 50;
const CAPTIONS = 62;
const AXIS = 62;
const PILE = 28;
const BAR = 24;
/** Steps that stand closer have smaller figures. */
const NARROW = 120;

/** The one axis of a strip: it holds every bar and every pile of it, whatever the cursor. */
export function stripAxis(view: View, steps: readonly SolverStep[], height: number): LinearAxis {
	const value = (expression: SolverStep["expression"]) => evaluate(expression, view.shown);
	const piles = steps.flatMap(({ expression, parts }) => [
		[value(expression)],
		parts.map((share) => value(share.expression)),
	]);
	const up = Math.max(0, ...piles.map((pile) => pileReach(pile.filter((size) => size > 0))));
	const down = Math.max(0, ...piles.map((pile) => pileReach(pile.filter((size) => size < 0))));
	return linearAxis(up, down, HEAD + 22, height - CAPTIONS - 18, 6);
}

/** Steps of the solver side by side: name, bar, number, formula; all on the strip's one scale. */
export function StepLine({ view, element, steps, from, count, width, height }: StepLineProps) {
	const notation = useSettings((settings) => settings.notation);
	const axis = stripAxis(view, steps, height);
	const pitch = (width - AXIS) / count;
	const shown = steps.slice(from, from + count);
	const middle = (place: number) => AXIS + pitch * (place + 0.5);
	const captions = height - CAPTIONS + 12;
	const { structure } = view.timeline;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={height}
			role="group"
			aria-label={symbolText(
				notations[notation].symbol(structure, {
					kind: "parameter",
					iteration: view.cursor.iteration,
					layer: element.parameter.layer,
					slot: element.parameter.slot,
					moment: "before",
					index: element.index,
				}),
			)}
			data-solver="steps"
			data-row="solver"
		>
			{shown.map((step, place) => (
				<StepHead
					key={step.kind}
					view={view}
					element={element}
					step={step}
					number={from + place + 1}
					x={middle(place)}
					width={pitch}
					arrow={from + place + 1 < steps.length || place + 1 === count}
				/>
			))}
			<AxisDrawing axis={axis} from={AXIS - 6} to={width - 6} side="left" x={AXIS - 8} />
			<MovingSteps {...{ view, element, steps, axis, from, count, pitch, height }} />
			{shown.map((step, place) => (
				<Explainable
					key={step.kind}
					reading={step.result}
					name={step.reference === null ? step.kind : symbolText(notations[notation].symbol(structure, step.reference))}
					box={{ x: middle(place) - pitch / 2 + 3, y: captions - 18, width: pitch - 6, height: CAPTIONS }}
					stop={place === 0}
				>
					<NumberLabel
						reading={step.result}
						x={middle(place)}
						y={captions}
						size={pitch < NARROW ? 14 : 16}
						width={pitch - 6}
					/>
					<StepFormula
						view={view}
						step={step}
						before={steps[from + place - 1]}
						x={middle(place)}
						y={captions + 20}
						width={pitch - 10}
					/>
				</Explainable>
			))}
		</svg>
	);
}

function StepFormula({
	view,
	step,
	before,
	x,
	y,
	width,
}: {
	readonly view: View;
	readonly step: SolverStep;
	readonly before: SolverStep | undefined;
	readonly x: number;
	readonly y: number;
	readonly width: number;
}) {
	const isNarrow = width < NARROW;
	const size = isNarrow ? 10.5 : 11.5;
	if ((step.kind === "mean" || step.kind === "normalized") && step.shrinks !== null && before !== undefined)
		return <QuotientLine reading={before.result} divisor={step.shrinks} x={x} y={y} size={size} />;
	const digits = isNarrow ? 2 : 3;
	return <FormulaLine view={view} expression={step.expression} x={x} y={y} width={width} size={size} digits={digits} />;
}

/** How far each step has come at t: those before this stage stand, those of it follow one another. */
function useProgress(view: View, element: SolverElement): (step: SolverStep) => number {
	const t = useFrame();
	const first = elementFirst(element);
	const moments = element.stage?.subject.moments ?? [];
	const all = termProgress(view, first, moments.length, t, 0, 1);
	return ({ leaf, kind }) => {
		if (leaf === null || first === null) return 1;
		const progress = all[leaf - first] ?? 0;
		// The update value is made in the first half of the step that subtracts it.
		return kind === "update" ? part(progress, 0, 0.5) : progress;
	};
}

function isMomentum({ trace }: View): boolean {
	return trace.settings.type === "SGD" || trace.settings.type === "Nesterov";
}

function isZero(view: View, { expression }: StepPart): boolean {
	return evaluate(expression, view.shown) === 0;
}

function MovingSteps({
	view,
	element,
	steps,
	axis,
	from,
	count,
	pitch,
	height,
}: Omit<StepLineProps, "width"> & { readonly axis: LinearAxis; readonly pitch: number }) {
	const texts = useText().scenes.solver;
	const progressOf = useProgress(view, element);
	const { scale, zero } = axis;
	// Beside the bars there is room on the side of zero that has less of them.
	const aside = zero < (HEAD + height - CAPTIONS) / 2 ? height - CAPTIONS - 34 : HEAD + 24;
	return steps.slice(from, from + count).map((step, place) => {
		const progress = progressOf(step);
		const piled = step.parts.length > 0;
		const left = AXIS + pitch * place;
		const x = left + pitch / 2;
		const previous = steps[from + place - 1];
		const bar = piled ? x + 6 : x - BAR / 2;
		const pile = x - PILE - 6;
		const carried = step.parts.find((share) => share.carried);
		const grown = part(progress, piled ? 0.6 : 0, 1);
		const factor = step.shrinks === null ? grown : step.shrinks + (1 - step.shrinks) * grown;
		return (
			<g key={step.kind} data-step={step.kind}>
				{previous !== undefined && place > 0 && (
					<TipLine
						reading={previous.result}
						scale={scale}
						y={zero}
						from={x - pitch + (previous.parts.length > 0 ? 6 + BAR : BAR / 2)}
						to={piled ? pile : bar}
					/>
				)}
				{piled && (
					<Pile
						readings={step.parts.map(({ reading }) => reading)}
						scale={scale}
						x={pile}
						y={zero}
						width={PILE}
						dashed={step.parts.map((share) => share.carried)}
						labels={step.parts.map(({ sample }) => (sample === null ? "" : String(sample)))}
						names={step.parts.map(({ sample, carried: old }) =>
							sample === null ? (old ? texts.carried : texts.part) : texts.share(sample),
						)}
						t={part(progress, 0, 0.6)}
					/>
				)}
				{!piled && step.shrinks !== null && previous !== undefined && (
					<NetBar reading={previous.result} scale={scale} x={bar} y={zero} width={BAR} look="ghost" />
				)}
				{(progress > 0 || step.result.status !== "known") && (
					<NetBar reading={step.result} scale={scale} x={bar} y={zero} width={BAR} t={factor} />
				)}
				{carried !== undefined &&
					carried.reading.status === "known" &&
					!isZero(view, carried) &&
					progress > 0 &&
					pitch > NARROW && (
						<g>
							<text x={left + 4} y={aside} className={styles.carried}>
								{isMomentum(view) ? texts.carriedShort : texts.kept}
							</text>
							<NumberLabel
								reading={carried.reading}
								x={left + 4}
								y={aside + 15}
								size={12}
								anchor="start"
								format={{ digits: 3 }}
							/>
						</g>
					)}
			</g>
		);
	});
}
