import type { ReactNode } from "react";
import { memo } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { makeReading } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { Cell } from "./cell.tsx";
import { Diamond } from "./diamond.tsx";
import { Disc } from "./disc.tsx";
import { edgeBetween } from "./edge-geometry.ts";
import { Hazard } from "./hazard.tsx";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks-parts.module.css";
import { Message } from "./message.tsx";
import { Pennant } from "./pennant.tsx";
import { NetBar, Pile } from "./pile.tsx";
import { Ribbon } from "./ribbon.tsx";
import { DIAMOND_CLAMP, MESSAGE, PENNANT, RIBBON_CLAMP, symlogClamp } from "./scales.ts";
import { BiasSquare, Target } from "./square.tsx";
import { Valve } from "./valve.tsx";

/** A mark to be explained, with what its scale depends on in this net. */
export type LegendEntry =
	| { readonly kind: "value"; readonly maximum: number }
	| { readonly kind: "tiles"; readonly of: "value" | "delta" }
	| { readonly kind: "valve"; readonly maximum: number; readonly clamped?: boolean }
	| {
			readonly kind:
				| "weight"
				| "bias"
				| "error"
				| "message"
				| "errorTerm"
				| "gradient"
				| "terms"
				| "target"
				| "ghost"
				| "notYet"
				| "notComputed"
				| "notFinite"
				| "band"
				| "step"
				| "gate"
				| "window";
	  };

interface LegendLines {
	readonly name: string;
	readonly scale: string;
}

export interface LegendProps {
	readonly entries: readonly LegendEntry[];
	readonly texts: Catalogue["marks"];
}

/** What the marks in view mean, each with its scale and where that is clamped. */
export const Legend = memo(function Legend({ entries, texts }: LegendProps) {
	const format = useNumberFormat();
	return (
		<ul className={styles.legend} aria-label={texts.legend}>
			{entries.map((entry) => {
				const { name, scale } = legendLines(entry, texts, (value) => formatNumber(value, { ...format, digits: 2 }));
				return (
					<li key={entry.kind} className={styles.legendItem} data-legend={entry.kind}>
						<svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true">
							{sample(entry)}
						</svg>
						<span>
							{name}
							<span className={styles.legendScale}>{scale}</span>
						</span>
					</li>
				);
			})}
		</ul>
	);
});

function legendLines(entry: LegendEntry, texts: Catalogue["marks"], number: (value: number) => string): LegendLines {
	switch (entry.kind) {
		case "value":
			return { name: texts.value, scale: texts.valueScale(number(entry.maximum)) };
		case "valve":
			return {
				name: texts.valve(entry.maximum === 0.25 ? "¼" : number(entry.maximum)),
				scale: entry.clamped ? texts.valveScaleClamped : texts.valveScale,
			};
		case "weight":
			return { name: texts.weight, scale: texts.weightScale(number(RIBBON_CLAMP)) };
		case "tiles":
			return { name: texts.tiles[entry.of], scale: texts.tilesScale };
		case "message":
			return { name: texts.message, scale: texts.messageScale(number(symlogClamp(MESSAGE))) };
		case "errorTerm":
			return { name: texts.errorTerm, scale: texts.errorTermScale(number(symlogClamp(PENNANT))) };
		case "gradient":
			return { name: texts.gradient, scale: texts.gradientScale(number(DIAMOND_CLAMP)) };
		default:
			return { name: texts[entry.kind], scale: texts[`${entry.kind}Scale`] };
	}
}

// Swatches are drawn by the marks themselves, so that a legend cannot show another picture than the stage. Their
// readings have no name: they are no numbers of the net.
const known = (value: number) => makeReading("", null, "known", value);
const swatch = {
	value: known(0.9),
	target: known(1),
	weight: known(-1.2),
	wide: known(2.4),
	message: known(0.12),
	thin: known(0),
	error: known(16),
	delta: known(0.05),
	slope: known(0.6),
	gradient: known(0.05),
	terms: [known(8), known(-7)],
	tiles: [0.9, 0.3, -0.5, 0.5, -0.9, -0.2, -0.15, 0.5, 0.9].map(known),
	step: known(15),
	short: known(9),
	infinite: known(Number.NaN),
	notYet: makeReading("", null, "not-yet", 0),
	notComputed: makeReading("", null, "not-computed", 0),
};
const level = edgeBetween({ x: 1, y: 10 }, { x: 25, y: 10 });
const low = edgeBetween({ x: 2, y: 15 }, { x: 26, y: 15 });
const linear = (value: number) => value;

function sample(entry: LegendEntry): ReactNode {
	switch (entry.kind) {
		case "value":
			return <Disc reading={swatch.value} x={13} y={10} r={9} maximum={1} bare />;
		case "weight":
			return <Ribbon reading={swatch.weight} edge={level} />;
		case "bias":
			return <BiasSquare x={13} y={10} size={18} />;
		case "message":
			return <Message reading={swatch.message} weight={swatch.thin} edge={low} />;
		case "error":
			return <NetBar reading={swatch.error} scale={linear} x={8} y={18} width={12} look="part" />;
		case "errorTerm":
			return <Pennant reading={swatch.delta} x={6} y={24} r={6} />;
		case "valve":
			return <Valve reading={swatch.slope} maximum={1} x={13} y={10} r={2} />;
		case "gradient":
			return <Diamond reading={swatch.gradient} x={13} y={10} />;
		case "terms":
			return <Pile readings={swatch.terms} scale={linear} x={7} y={10} width={12} />;
		case "target":
			return <Target reading={swatch.target} x={13} y={10} size={18} />;
		case "ghost":
			return <Ribbon reading={swatch.wide} edge={level} ghost />;
		case "notYet":
			return <Disc reading={swatch.notYet} x={13} y={10} r={9} maximum={1} />;
		case "notComputed":
			return <Disc reading={swatch.notComputed} x={13} y={10} r={9} maximum={1} />;
		case "notFinite":
			return <Hazard reading={swatch.infinite} x={13} y={10} r={9} />;
		case "tiles":
			return swatch.tiles.map((reading, place) => (
				<Cell
					// biome-ignore lint/suspicious/noArrayIndexKey: samples stand in a fixed order
					key={place}
					reading={reading}
					x={3 + 7 * (place % 3)}
					y={7 * Math.floor(place / 3)}
					width={6}
					height={6}
					maximum={1}
					bare
				/>
			));
		case "step":
			return <NetBar reading={swatch.step} scale={linear} x={4} y={5} width={10} direction="level" />;
		case "gate":
			return (
				<>
					<rect x={1} y={4} width={24} height={12} className={styles.gateSwatch} />
					<NetBar reading={swatch.step} scale={linear} x={1} y={4} width={12} direction="level" look="part" />
				</>
			);
		case "window":
			return (
				<>
					<NetBar reading={swatch.step} scale={linear} x={2} y={1} width={8} direction="level" />
					<NetBar reading={swatch.short} scale={linear} x={2} y={11} width={8} direction="level" look="part" />
				</>
			);
		case "band":
			return <rect x="1" y="3" width="24" height="14" style={{ fill: "var(--line)" }} />;
	}
}
