import { localDecay } from "../../engine/solver/decay.ts";
import { parameterLetter } from "../../explain/notations/places.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { elementFirst, type SolverElement } from "./model.ts";
import styles from "./solver.module.css";
import type { SolverStep } from "./steps.ts";

export interface StepHeadProps {
	readonly view: View;
	readonly element: SolverElement;
	readonly step: SolverStep;
	readonly number: number;
	/** The step's middle. */
	readonly x: number;
	readonly width: number;
	/** An arrow leads on to the next step. */
	readonly arrow: boolean;
}

/** A step that is narrower has room for letters only. */
const NARROW = 165;
/** Narrower than this the name stands for what it sums over. */
const TIGHT = 120;

/** A step's number, name and operation. */
export function StepHead({ view, element, step, number, x, width, arrow }: StepHeadProps) {
	const texts = useText().scenes.solver;
	const notation = useSettings((settings) => settings.notation);
	const left = x - width / 2 + 4;
	const single = step.kind === "sum" && step.parts.length === 0;
	const name = single ? texts.steps.gradient : texts.steps[step.kind];
	return (
		<HeadDrawing
			x={left}
			number={number}
			name={name}
			detail={detailOf(view, element, step, texts.details, notation, width < NARROW, width < TIGHT)}
			state={stateOf(view, element, step)}
			arrow={arrow && width > 150 ? x + width / 2 - 2 : null}
		/>
	);
}

export type HeadState = "done" | "now" | "later";

export function HeadDrawing({
	x,
	number,
	name,
	detail,
	state,
	arrow,
}: {
	readonly x: number;
	readonly number: number;
	readonly name: string;
	readonly detail: string;
	readonly state: HeadState;
	readonly arrow: number | null;
}) {
	return (
		<g data-state={state}>
			<circle cx={x + 12} cy={20} r={11} className={styles[state]} />
			<text x={x + 12} y={24.5} className={state === "now" ? styles.numberNow : styles.number}>
				{number}
			</text>
			<text x={x + 30} y={18} className={styles.name}>
				{name}
			</text>
			<text x={x + 30} y={34} className={styles.detail}>
				{detail}
			</text>
			{arrow !== null && <path d={`M${arrow - 14} 20h9M${arrow} 20l-6 -3.5v7z`} className={styles.arrow} />}
		</g>
	);
}

function stateOf(view: View, element: SolverElement, { leaf, kind }: SolverStep): HeadState {
	const first = elementFirst(element);
	if (leaf === null || first === null) return "done";
	if (leaf > view.cursor.leaf) return "later";
	return leaf === view.cursor.leaf && kind !== "update" ? "now" : "done";
}

type Details = ReturnType<typeof useText>["scenes"]["solver"]["details"];

function detailOf(
	view: View,
	{ parameter }: SolverElement,
	step: SolverStep,
	texts: Details,
	notation: "ufldl" | "caffe" | "pytorch",
	narrow: boolean,
	tight: boolean,
): string {
	const { settings, passes } = view.trace;
	const letter = parameterLetter(view.timeline.structure, parameter.layer, parameter.slot);
	switch (step.kind) {
		case "sum": {
			if (step.parts.length === 0) return texts.oneSample;
			const samples = new Set(step.parts.map(({ sample }) => sample)).size;
			if (passes.length > 1) return texts.overPasses(passes.length, samples);
			return tight ? texts.overFew(samples) : texts.overSamples(samples);
		}
		case "mean":
			return texts.divided(step.shrinks ?? 1);
		case "clipped":
			return texts.clipped;
		case "normalized":
			return texts.normalized(settings.iterSize);
		case "regularized":
			return localDecay(settings, parameter.decayMult) !== 0 && settings.regularization === "L1"
				? texts.absolute(letter)
				: texts.decay(letter);
		case "history":
			return settings.type === "SGD" || settings.type === "Nesterov"
				? (narrow ? texts.historyShort : texts.history)[notation]
				: settings.type;
		case "history2":
			return settings.type;
		case "update":
			return settings.type === "SGD" ? texts.update : settings.type;
	}
}
