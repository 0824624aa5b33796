import { evaluate } from "../../engine/evaluate.ts";
import type { Pass, ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { inspect } from "../../store/actions.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Explainable } from "../marks/explainable.tsx";
import { InkBar, type InkSegment } from "../marks/ink-bar.tsx";
import { part } from "../marks/linear-axis.ts";
import { NumberLabel, NumberText } from "../marks/number-text.tsx";
import { progressOf } from "../marks/progress.ts";
import { linearScale, symmetricMaximum } from "../marks/scales.ts";
import { unitBase } from "../timeline/names.ts";
import styles from "./loss.module.css";
import { decayParts, type LossPart, lossParts } from "./model.ts";

export interface LossBarsProps {
	readonly view: View;
	readonly width: number;
}

const LABEL = 96;
const NUMBER = 104;
const LINE = 34;
/** So many parts are listed with their numbers. */
const LISTED = 8;

type Part = "data" | "decay" | "total";

export function lossReference(view: View, pass: Pass, part: Part): ScalarReference {
	return { kind: "loss", iteration: view.cursor.iteration, pass, part };
}

/** The loss in its parts: data term, decay term, total, on one scale of ink. */
export function LossBars({ view, width }: LossBarsProps) {
	const texts = useText().scenes.loss;
	const notation = useSettings((settings) => settings.notation);
	const parts = lossParts(view, view.pass);
	const decay = decayParts(view, view.pass);
	const lines: readonly Part[] = decay.length === 0 ? ["total"] : ["data", "decay", "total"];
	const room = Math.max(40, width - LABEL - NUMBER);
	const scale = linearScale(longest(view, parts), room - 8);
	const listed = parts.length <= LISTED ? parts : largestParts(view, parts);
	const symbol = (line: Part) =>
		symbolText(notations[notation].symbol(view.timeline.structure, lossReference(view, view.pass, line)));
	return (
		<section className={styles.bars} aria-label={texts.bars}>
			<svg width={width} height={lines.length * LINE + 4} role="presentation" data-loss="bars">
				{lines.map((line, place) => {
					const y = place * LINE + 8;
					const reading = view.read(lossReference(view, view.pass, line));
					return (
						<g key={line} data-row={`loss-${line}`}>
							<text x={0} y={y + 14} className={line === "total" ? styles.lineStrong : styles.lineName}>
								{lines.length === 1 ? texts.whole : texts[line]}
							</text>
							<MovingBar {...{ view, line, scale, parts, decay, y }} />
							<Explainable
								reading={reading}
								name={symbol(line)}
								box={{ x: width - NUMBER + 4, y: y - 5, width: NUMBER - 4, height: 28 }}
								stop
							>
								<NumberLabel
									reading={reading}
									x={width - 6}
									y={y + 15}
									size={line === "total" ? 17 : 14}
									anchor="end"
									coloured={false}
									{...(line === "total" ? { format: { digits: 6 } } : {})}
								/>
							</Explainable>
						</g>
					);
				})}
			</svg>
			<ul className={styles.parts} style={{ paddingInlineStart: width < 420 ? 0 : LABEL }}>
				{listed.map((each) => (
					<li key={each.reading.id}>
						<span>{partName(texts, each, parts, unitBase(notation))}</span>{" "}
						<NumberText
							reading={each.reading}
							onExplain={({ subject }) => {
								if (subject !== null) inspect(subject);
							}}
						/>
					</li>
				))}
				{listed.length < parts.length && <li>{texts.moreParts(parts.length - listed.length)}</li>}
			</ul>
		</section>
	);
}

/** What the bars' scale must hold: the total, or, where that fits no double, the parts that do. */
function longest(view: View, parts: readonly LossPart[]): number {
	const total = view.value(lossReference(view, view.pass, "total"));
	if (Number.isFinite(total)) return symmetricMaximum([total]);
	const finite = parts.map(({ expression }) => evaluate(expression, view.shown)).filter(Number.isFinite);
	return symmetricMaximum([
		Math.min(
			Number.MAX_VALUE,
			finite.reduce((sum, size) => sum + size, 0),
		),
	]);
}

function largestParts(view: View, parts: readonly LossPart[]): readonly LossPart[] {
	const known = parts.filter(({ reading }) => reading.status === "known");
	const own = known.filter(({ sample }) => sample === view.sample);
	return [...own, ...known.filter((part) => !own.includes(part))].slice(0, LISTED);
}

type Texts = ReturnType<typeof useText>["scenes"]["loss"];

/** A part by its output where there is one sample, by its sample where each has one part, else by both. */
function partName(texts: Texts, { sample, unit }: LossPart, all: readonly LossPart[], base: number): string {
	const samples = new Set(all.map((part) => part.sample)).size;
	if (sample === null) return texts.part;
	if (unit === null) return texts.partSample(sample + 1);
	if (samples === 1) return texts.partOutput(String(unit + base));
	if (samples === all.length) return texts.partSample(sample + 1);
	return texts.partBoth(sample + 1, String(unit + base));
}

/** The sample in front stands out; with one sample, every other part does. */
function isFront(view: View, { sample }: LossPart, all: readonly LossPart[], place: number): boolean {
	return all[0]?.sample === all.at(-1)?.sample ? place % 2 === 0 : sample === view.sample;
}

interface MovingBarProps {
	readonly view: View;
	readonly line: Part;
	readonly scale: (value: number) => number;
	readonly parts: readonly LossPart[];
	readonly decay: readonly LossPart[];
	readonly y: number;
}

function MovingBar({ view, line, scale, parts, decay, y }: MovingBarProps) {
	const t = useFrame();
	const texts = useText().scenes.loss;
	const notation = useSettings((settings) => settings.notation);
	const arrivals = (some: readonly LossPart[], from: number, to: number) => {
		const fresh = some.filter(({ leaf }) => leaf <= view.cursor.leaf && leaf >= view.node.first);
		return some.map((each): number => {
			if (each.leaf > view.cursor.leaf) return 1;
			const place = fresh.indexOf(each);
			if (place < 0) return 1;
			const pitch = (to - from) / fresh.length;
			return part(t, from + place * pitch, from + (place + 1) * pitch);
		});
	};
	const onlyTotal = decay.length === 0;
	const segments = (some: readonly LossPart[], look: "data" | "decay", from: number, to: number): InkSegment[] => {
		const all = arrivals(some, from, to);
		return some.map((each, place) => ({
			reading: each.reading,
			name: look === "decay" ? texts.decay : partName(texts, each, some, unitBase(notation)),
			look: look === "decay" ? "open" : isFront(view, each, some, place) ? "solid" : "second",
			t: all[place] ?? 1,
		}));
	};
	if (line === "data" || (line === "total" && onlyTotal)) {
		const reading = view.read(lossReference(view, view.pass, line));
		// A sum that fits no double has no length: its hazard stands behind the parts.
		const beyond = reading.status === "not-finite" ? [{ reading }] : [];
		return <InkBar segments={[...segments(parts, "data", 0.5, 1), ...beyond]} scale={scale} x={LABEL} y={y} />;
	}
	if (line === "decay") return <InkBar segments={segments(decay, "decay", 0, 0.6)} scale={scale} x={LABEL} y={y} />;
	const total = view.read(lossReference(view, view.pass, "total"));
	const last = decay.at(-1)?.leaf ?? view.cursor.leaf;
	if (total.status !== "known") return <InkBar segments={[{ reading: total }]} scale={scale} x={LABEL} y={y} />;
	const shown = progressOf(view, last, t, 0.6, 1);
	return (
		<InkBar
			segments={(["data", "decay"] as const).map((each) => ({
				reading: view.read(lossReference(view, view.pass, each)),
				look: each === "data" ? "solid" : "open",
				t: shown,
			}))}
			scale={scale}
			x={LABEL}
			y={y}
		/>
	);
}
