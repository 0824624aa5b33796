import { memo } from "react";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { BiasSquare } from "../marks/square.tsx";
import { tileBox } from "../marks/tile-geometry.ts";
import { BundleDrawing } from "./bundle-drawing.tsx";
import type { Bundle } from "./connections.ts";
import { biasLit } from "./emphasis.ts";
import { Heads } from "./heads.tsx";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";
import styles from "./network.module.css";
import { Targets } from "./targets.tsx";
import { ColumnDrawing } from "./unit-drawing.tsx";

export interface NetworkPictureProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly bundles: readonly Bundle[];
	readonly emphasis: PictureEmphasis;
}

/** The net's picture without what moves: layers as columns, parameters as ribbons, values as discs. */
export const NetworkPicture = memo(function NetworkPicture({ view, layout, bundles, emphasis }: NetworkPictureProps) {
	return (
		<g data-picture="network">
			{!layout.narrow && <Heads view={view} layout={layout} />}
			{bundles.map((bundle) => (
				<BundleDrawing
					key={`${bundle.source.group.index}-${bundle.target.group.index}`}
					{...{ bundle, view, layout, emphasis }}
				/>
			))}
			{layout.columns.map((column, place) =>
				column.bias === null ? null : (
					<Bias
						key={column.group.index}
						layout={layout}
						column={column}
						next={layout.columns[place + 1]}
						lit={biasLit(emphasis, view.timeline.structure, column)}
						whole={emphasis.next != null}
					/>
				),
			)}
			{layout.columns.map((column) => (
				<ColumnDrawing key={column.group.index} {...{ column, view, layout, emphasis }} />
			))}
			<Targets view={view} layout={layout} emphasis={emphasis} />
			{layout.lens !== null && <LensTie layout={layout} errors={emphasis.errors === true} />}
		</g>
	);
});

interface BiasProps {
	readonly layout: NetworkLayout;
	readonly column: PlacedColumn;
	readonly next: PlacedColumn | undefined;
	readonly lit: boolean;
	readonly whole: boolean;
}

/** The count of a band's biases stands beside its "+1" only where the next layer leaves it the room. */
const ROOM_FOR_COUNT = 110;

/** The "+1": always 1, and of a band of biases how many they are. */
function Bias({ layout, column, next, lit, whole }: BiasProps) {
	const texts = useText().stage;
	const { bias } = column;
	if (bias === null) return null;
	const { x, y } = bias;
	const size = layout.narrow ? 20 : layout.many ? 22 : 26;
	const banded =
		layout.many &&
		next !== undefined &&
		next.x - x > ROOM_FOR_COUNT &&
		(column.group.units > 8 || next.group.units > 8);
	return (
		<g>
			{banded && !layout.narrow && next !== undefined && (
				<>
					<path
						d={`M${x + size / 2} ${y}C${x + size / 2 + 24} ${y} ${x + 44} ${y - 12} ${Math.min(x + 70, next.x - next.half)} ${y - 14}`}
						className={styles.bandLine}
					/>
					<text
						x={column.box === null ? x + 76 : x - size / 2 - 6}
						y={y + 4}
						className={`${styles.note} ${column.box === null ? styles.start : styles.end}`}
					>
						{texts.biases(next.group.head.run.parameters[1]?.count ?? next.group.units)}
					</text>
				</>
			)}
			<BiasSquare x={x} y={y} size={size} back={!lit} />
			{whole && !layout.narrow && !banded && (
				<text x={x} y={y + 30} className={styles.note}>
					{texts.always}
				</text>
			)}
		</g>
	);
}

/** Valve and pennant beside a small disc. */
const BESIDE = 26;

/** Middle and half width of a unit, also of one that is a tile. */
function placeOf({ units, box, tiles }: PlacedColumn, unit: number) {
	if (box === null || tiles === null) return units[unit];
	const { x, y, width } = tileBox(tiles, unit);
	return { x: box.x + x + width / 2, y: box.y + y + width / 2, r: width / 2 + 1 };
}

/** From a unit in a column of many to the lens that stands beside it. */
function LensTie({ layout: { lens, columns }, errors }: { readonly layout: NetworkLayout; readonly errors: boolean }) {
	if (lens === null || lens.place === "own") return null;
	const column = columns.find(({ group }) => group === lens.request.group);
	const unit = column === undefined ? undefined : placeOf(column, lens.request.unit);
	if (unit === undefined) return null;
	const left = lens.place === "left";
	return (
		<line
			x1={left ? lens.x + lens.width : unit.x + unit.r + (errors && column?.box === null ? BESIDE : 0)}
			x2={left ? unit.x - unit.r : lens.x}
			y1={unit.y}
			y2={unit.y}
			className={styles.tieFocus}
		/>
	);
}
