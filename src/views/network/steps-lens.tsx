import { useMemo } from "react";
import { notations } from "../../explain/notation.ts";
import { symbolLine } from "../../explain/symbol.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { LensFrame } from "../marks/lens-frame.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { NetBar } from "../marks/pile.tsx";
import { progressOf } from "../marks/progress.ts";
import { quantityName } from "../timeline/names.ts";
import type { PlacedLens } from "./layout.ts";
import { lensTitle } from "./names.ts";
import styles from "./network.module.css";
import parts from "./parts.module.css";
import { firstLeaf, timeOfSample } from "./readings.ts";
import type { LensKind } from "./scene-of.ts";
import { type StepValue, stepValues } from "./step-values.ts";

export interface StepsLensProps {
	readonly view: View;
	readonly lens: PlacedLens;
	readonly kind: LensKind;
	readonly t: number;
}

const HEAD = 40;
const MOST_ROW = 30;
/** A gate's frame: full is wide open. */
const GATE = 34;
/** Left of the names with the gap behind them, and room for the numbers. */
const NAME = 14 + 8;
const NUMBER = 70;
/** Half a bar's room, at least. */
const LEAST = 18;

/** A unit that takes several steps: each with its value as a bar, gates opened by theirs; in the order of the flow. */
export function StepsLens({ view, lens, kind, t }: StepsLensProps) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const { group, unit } = lens.request;
	const phase = kind === "backward" ? "backward" : "forward";
	const steps = useMemo(() => stepValues(view, phase, group, unit), [view, phase, group, unit]);
	const name = lensTitle(text.stage, view.timeline.structure, notation, group, unit);
	const title = group.times > 1 ? text.layers.atTime(name, timeOfSample(view, group) + 1) : name;
	const first = firstLeaf(view, phase, group, unit);
	const row = Math.min(MOST_ROW, (lens.height - HEAD - 12) / Math.max(1, steps.length));
	const reach = Math.max(1e-300, ...steps.filter(({ isGate }) => !isGate).map(({ value }) => Math.abs(value)));
	// Bars have the room between names and numbers to themselves, half of it for either sign: symbols, where words take it.
	const widest = (symbols: boolean) =>
		NAME + Math.max(0, ...steps.map((step) => widthOf(nameOf(view, text, step, symbols))));
	const narrow = lens.width < 250 || lens.width - NUMBER - widest(false) < 2 * LEAST;
	const names = widest(narrow);
	const half = Math.max(LEAST, (lens.width - NUMBER - names) / 2);
	const middle = names + half;
	return (
		<LensFrame x={lens.x} y={lens.y} width={lens.width} height={lens.height} title={title}>
			<line x1={middle} x2={middle} y1={HEAD - 2} y2={HEAD + steps.length * row} className={parts.context} />
			{steps.map((step, place) => {
				const y = HEAD + place * row;
				const current = view.depth === "term" && view.leaf.term === step.term && view.leaf.phase?.name === phase;
				const done = progressOf(
					view,
					first === null ? null : first + step.term,
					t,
					place / steps.length,
					(place + 1) / steps.length,
				);
				return (
					<g key={step.reading.id} data-step={step.term}>
						{current && <rect x={6} y={y} width={lens.width - 12} height={row - 1} rx={5} className={parts.openTile} />}
						<StepName view={view} step={step} y={y + row / 2 + 4} narrow={narrow} />
						<StepBar
							step={step}
							x={middle}
							y={y + row * 0.2}
							height={row * 0.6}
							scale={(value) => (value / reach) * (half - 2)}
							gate={Math.min(GATE, half - 2)}
							t={done}
						/>
						<NumberLabel
							reading={step.reading}
							x={lens.width - 12}
							y={y + row / 2 + 4}
							anchor="end"
							size={narrow ? 11 : 12}
							format={{ digits: 3 }}
							coloured={!step.isGate}
						/>
					</g>
				);
			})}
		</LensFrame>
	);
}

interface NameProps {
	readonly view: View;
	readonly step: StepValue;
	readonly y: number;
	readonly narrow: boolean;
}

function nameOf(view: View, text: Catalogue, { reference }: StepValue, narrow: boolean): string {
	const { structure } = view.timeline;
	return narrow
		? symbolLine(notations[view.notation].symbol(structure, reference))
		: quantityName(text, structure, reference);
}

/** About how wide a note is: Chinese letters are as wide as they are high. */
const widthOf = (note: string) =>
	Array.from(note).reduce((width, letter) => width + (letter > "\u2e80" ? 12.5 : 6.2), 0);

function StepName({ view, step, y, narrow }: NameProps) {
	return (
		<text x={14} y={y} className={`${styles.note} ${styles.start}`}>
			{nameOf(view, useText(), step, narrow)}
		</text>
	);
}

interface BarProps {
	readonly step: StepValue;
	readonly x: number;
	readonly y: number;
	readonly height: number;
	readonly scale: (value: number) => number;
	/** Width of a gate's frame. */
	readonly gate: number;
	readonly t: number;
}

/** A signed bar from zero; a gate as a frame that its value fills. */
function StepBar({ step: { reading, isGate }, x, y, height, scale, gate, t }: BarProps) {
	if (!isGate)
		return (
			<NetBar
				reading={reading}
				scale={scale}
				x={x}
				y={y}
				width={height}
				direction="level"
				t={reading.status === "known" ? t : 1}
			/>
		);
	return (
		<>
			<rect x={x} y={y} width={gate} height={height} className={parts.gateFrame} />
			<NetBar
				reading={reading}
				scale={(value) => value * gate}
				x={x}
				y={y}
				width={height}
				direction="level"
				look="part"
				t={reading.status === "known" ? t : 1}
			/>
		</>
	);
}
