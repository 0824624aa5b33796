import { useMemo } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Disc } from "../marks/disc.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { NetBar } from "../marks/pile.tsx";
import { unitBase } from "../timeline/names.ts";
import type { PlacedLens } from "./layout.ts";
import { Caption } from "./lens-parts.tsx";
import { lensTitle } from "./names.ts";
import styles from "./network.module.css";
import parts from "./parts.module.css";
import { unitReading } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { type WindowValue, windowValues } from "./window-values.ts";

export interface WindowLensProps {
	readonly view: View;
	readonly lens: PlacedLens;
}

const ROW = 24;
/** From this width on each number has its row and column before it. */
const NAMED = 340;
const NAME = 106;
/** Numbers end so far before the middle of the disc; in a lens narrower than this they are given less room. */
const BESIDE_DISC = 50;
const SLIM = 240;
/** Of a larger window so many of the largest are drawn. */
const MOST = 6;

/** The largest in the order of the window; the winner is always among them. */
function drawnOf(values: readonly WindowValue[], most: number): readonly WindowValue[] {
	if (values.length <= most) return values;
	const kept = new Set(values.toSorted((a, b) => b.value - a.value).slice(0, most));
	return values.filter((value) => kept.has(value));
}

/** What lies under a window, one bar each: the largest goes on, the others have no say. */
export function WindowLens({ view, lens }: WindowLensProps) {
	const texts = useText();
	const notation = useSettings((settings) => settings.notation);
	const { group, unit } = lens.request;
	const values = useMemo(() => windowValues(view, group, unit), [view, group, unit]);
	const most = Math.min(MOST, Math.floor((lens.height - 104) / ROW));
	const drawn = drawnOf(values, most);
	const reach = Math.max(1e-300, ...drawn.map(({ value }) => Math.abs(value)));
	const negative = drawn.some(({ value }) => value < 0);
	const disc = lens.width - 46;
	const named = lens.width >= NAMED && drawn.every(({ place }) => place !== null);
	const left = named ? 18 + NAME : 18;
	const room = Math.max(8, (disc - BESIDE_DISC - (lens.width < SLIM ? 48 : 82) - left) / (negative ? 2 : 1));
	const from = negative ? left + room : left;
	const base = unitBase(notation);
	const name = lensTitle(texts.stage, view.timeline.structure, notation, group, unit);
	const scale = (value: number) => (value / reach) * room;
	return (
		<LensFrame x={lens.x} y={lens.y} width={lens.width} height={lens.height} title={name}>
			{drawn.map(({ reading, wins, place: there }, place) => {
				const y = 46 + place * ROW;
				return (
					<g key={reading.id}>
						{named && there !== null && (
							<text x={18} y={y + 11} className={`${wins ? styles.noteStrong : styles.note} ${styles.start}`}>
								{texts.layers.place(there.row + base, there.column + base)}
							</text>
						)}
						<NetBar
							reading={reading}
							scale={scale}
							x={from}
							y={y}
							width={14}
							direction="level"
							look={wins ? "solid" : "part"}
						/>
						{wins && <rect x={12} y={y - 4} width={disc - 54} height={22} rx={5} className={parts.openTile} />}
						<NumberLabel
							reading={reading}
							x={disc - BESIDE_DISC}
							y={y + 11}
							anchor="end"
							size={12}
							format={{ digits: 3 }}
							coloured={wins}
						/>
					</g>
				);
			})}
			<line x1={from} x2={from} y1={40} y2={46 + drawn.length * ROW} className={parts.context} />
			{values.length > drawn.length && (
				<text x={18} y={60 + drawn.length * ROW} className={`${styles.note} ${styles.start}`}>
					{texts.layers.more(values.length - drawn.length)}
				</text>
			)}
			<Disc
				reading={unitReading(view, group, "z", "data", unit)}
				x={disc}
				y={46 + (drawn.length * ROW) / 2 - 5}
				r={24}
				maximum={layerMaximum(view, group)}
				focus
			/>
			<Caption
				x={disc - 4}
				y={lens.height - 30}
				symbol={["= ", { base: "max", upright: true }]}
				reading={unitReading(view, group, "z", "data", unit)}
			/>
		</LensFrame>
	);
}
