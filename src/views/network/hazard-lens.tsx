import { useMemo } from "react";
import { notations } from "../../explain/notation.ts";
import type { Reading } from "../../explain/reading.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Disc } from "../marks/disc.tsx";
import { Hazard } from "../marks/hazard.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { part } from "../marks/linear-axis.ts";
import { symbolParts } from "../marks/math-text.tsx";
import { drawnValue, readingAttributes, signClass } from "../marks/reading-attributes.ts";
import type { LensProps } from "./backward-lens.tsx";
import { Arrow, Caption } from "./lens-parts.tsx";
import { lensTitle } from "./names.ts";
import styles from "./network.module.css";
import parts from "./parts.module.css";
import { backwardTerms, forwardTerms, unitReading } from "./readings.ts";

/** Powers of ten that the axis holds; the largest double is 1.8·10³⁰⁸. */
const TOP = 340;
const LARGEST = Math.log10(Number.MAX_VALUE);
const TICKS = [0, 100, 200] as const;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Size as a power of ten, from 1 up. */
function powerOf(reading: Reading): number {
	const value = drawnValue(reading);
	return value === undefined || value === 0 ? 0 : Math.max(0, Math.log10(Math.abs(value)));
}

function hazardModel(view: View, lens: LensProps["lens"]) {
	const { group, unit } = lens.request;
	const phase = view.leaf.phase?.name === "backward" ? "backward" : "forward";
	const terms = phase === "backward" ? backwardTerms(view, group, unit) : forwardTerms(view, group, unit);
	const place = Math.min(view.leaf.term ?? 0, terms.length - 1);
	const term = terms[place];
	const inSum = (view.leaf.term ?? 0) < terms.length;
	const factors = (inSum ? (term?.references ?? []) : []).map((reference) => ({
		reference,
		reading: view.read(reference),
	}));
	const result =
		term !== undefined && inSum && term.reading.status === "not-finite"
			? term.reading
			: unitReading(view, group, phase === "backward" ? "z" : "a", phase === "backward" ? "diff" : "data", unit);
	return { group, unit, terms, place, inSum, factors, result, total: unitReading(view, group, "z", "data", unit) };
}

/** The operation whose result no double holds, on a scale of powers of ten: multiplying adds them. */
export function HazardLens({ view, lens, t }: Omit<LensProps, "bundles">) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const model = useMemo(() => hazardModel(view, lens), [view, lens]);
	const { structure } = view.timeline;
	const { factors, result, terms, place } = model;
	const narrow = lens.width < 300;
	const captions = lens.height - 30;
	const zero = captions - 20;
	const up = (power: number) => (power / TOP) * (zero - 50);
	const limit = zero - up(LARGEST);
	const name = lensTitle(texts, structure, notation, model.group, model.unit);
	const left = narrow ? 48 : 54;
	const pitch = (lens.width * (narrow ? 0.66 : 0.72) - left) / Math.max(1, factors.length + 1);
	const grown = part(t, 0, 0.3);
	const stacked = part(t, 0.3, 0.8);
	const powers = factors.map(({ reading }) => powerOf(reading));
	const whole = powers.reduce((sum, power) => sum + power, 0);
	const productX = left + factors.length * pitch;
	const bar = narrow ? 22 : 30;
	const end = lens.width - (narrow ? 30 : 46);
	const discX = (productX + bar + end) / 2 + 6;
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={lens.width}
			height={lens.height}
			title={model.inSum ? texts.lensTerm(name, place + 1, terms.length) : name}
			{...(narrow ? {} : { note: texts.powersOfTen })}
		>
			<g data-mark="axis">
				<line x1={left - 12} x2={lens.width - 16} y1={zero} y2={zero} className={parts.context} />
				{TICKS.map((power) => (
					<text
						key={power}
						x={left - 14}
						y={zero - up(power) + 4}
						className={`${styles.note} ${styles.end}`}
						fontSize={11}
					>
						{power === 0 ? "1" : `10${Array.from(String(power), (digit) => SUPERSCRIPTS[Number(digit)]).join("")}`}
					</text>
				))}
				<line x1={left - 12} x2={productX + bar + 24} y1={limit} y2={limit} className={parts.limit} />
				<text x={left - 10} y={limit - 7} className={`${styles.noteStrong} ${styles.start}`}>
					{texts.largestDouble}
				</text>
			</g>
			{factors.map(({ reference, reading }, index) => {
				const height = up(powers[index] ?? 0) * grown;
				const x = left + index * pitch;
				const symbol = symbolParts(notations[notation].symbol(structure, reference));
				return (
					<g key={reading.id} className={signClass(drawnValue(reading))}>
						{reading.status === "not-finite" ? (
							<Hazard reading={reading} x={x + bar / 2} y={zero - 24} r={narrow ? 14 : 20} />
						) : (
							<rect
								x={x}
								y={zero - height}
								width={bar}
								height={height}
								className={parts.power}
								{...readingAttributes(reading)}
							/>
						)}
						{/* On a phone the numbers would run into each other: the ledger has them. */}
						<Caption x={x + bar / 2} y={captions} symbol={symbol} {...(narrow ? {} : { reading })} size={11} />
					</g>
				);
			})}
			{factors.length > 0 && (
				<g>
					{powers.map((power, index) => {
						const below = powers.slice(0, index).reduce((sum, other) => sum + other, 0);
						const from = Math.min(LARGEST, below);
						const to = Math.min(LARGEST, below + power * stacked);
						const { reading } = factors[index] ?? { reading: null };
						return reading === null || to <= from ? null : (
							<rect
								key={reading.id}
								x={productX}
								y={zero - up(to)}
								width={bar}
								height={up(to - from)}
								className={`${parts.power} ${signClass(drawnValue(reading))}`}
							/>
						);
					})}
					{whole * stacked > LARGEST && (
						<rect
							x={productX}
							y={zero - up(Math.min(TOP, whole * stacked))}
							width={bar}
							height={up(Math.min(TOP, whole * stacked) - LARGEST)}
							className={parts.overflow}
						/>
					)}
					<Caption
						x={productX + bar / 2}
						y={captions}
						symbol={[{ base: "W" }, "·", { base: view.leaf.phase?.name === "backward" ? "δ" : "a" }]}
						words={texts.doesNotFit}
						size={narrow ? 10 : 11}
					/>
				</g>
			)}
			{t >= 0.8 && (
				<g>
					{factors.length > 0 && <Arrow from={productX + bar + 8} to={discX - 30} y={limit + 44} />}
					<Hazard reading={result} x={discX} y={limit + 44} r={narrow ? 18 : 26} />
				</g>
			)}
			<Disc reading={model.total} x={end + 14} y={limit + 44} r={narrow ? 11 : 16} maximum={1} />
			{!narrow && (
				<text x={lens.width - 16} y={limit + 92} className={`${styles.note} ${styles.end}`}>
					{texts.notReached}
				</text>
			)}
		</LensFrame>
	);
}
