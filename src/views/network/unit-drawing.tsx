import { memo, useMemo } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { Cell } from "../marks/cell.tsx";
import { Disc } from "../marks/disc.tsx";
import { MathText } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { Pennant, SidePennant } from "../marks/pennant.tsx";
import { signClass } from "../marks/reading-attributes.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { Valve } from "../marks/valve.tsx";
import { maximumSlope, places } from "./columns.ts";
import { unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import styles from "./network.module.css";
import { discReading, slopeReading, unitReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { deltaSymbol, unitLabel } from "./symbols.ts";

export interface ColumnDrawingProps {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** The units of a layer: discs, a strip of cells, or an image. */
export const ColumnDrawing = memo(function ColumnDrawing({ column, view, layout, emphasis }: ColumnDrawingProps) {
	const maximum = layerMaximum(view, column.group);
	if (column.box !== null)
		return <Pixels column={column} view={view} maximum={maximum} open={openUnit(layout, column)} />;
	return (
		<g>
			{column.units.map((placed) =>
				placed.open ? null : column.form === "strip" ? (
					<StripCell key={placed.unit} {...{ placed, column, view, emphasis, maximum }} />
				) : (
					<UnitDrawing key={placed.unit} {...{ placed, column, view, layout, emphasis, maximum }} />
				),
			)}
			{column.form === "strip" && <StripMarks {...{ column, view, layout, emphasis }} />}
		</g>
	);
});

function openUnit({ lens }: NetworkLayout, { group }: PlacedColumn): number | null {
	return lens?.request.group === group ? lens.request.unit : null;
}

interface UnitProps extends ColumnDrawingProps {
	readonly placed: PlacedUnit;
	readonly maximum: number;
}

function hasError(emphasis: PictureEmphasis, group: Group): boolean {
	return emphasis.errors === true && group.role !== "input" && group.hasDelta;
}

function UnitDrawing({ placed, column, view, layout, emphasis, maximum }: UnitProps) {
	const notation = useSettings((settings) => settings.notation);
	const { group } = column;
	const { unit, x, y, r } = placed;
	const { structure } = view.timeline;
	const lit = unitLit(emphasis, structure, group, unit);
	const next = emphasis.next?.group === group && emphasis.next.unit === unit;
	const inLens = layout.lens?.request.group === group && layout.lens.request.unit === unit;
	const errors = hasError(emphasis, group);
	const slope = errors ? slopeReading(view, group, unit) : null;
	const labelled = column.form === "compact" && !layout.narrow && group.role === "hidden";
	const focus = (lit && emphasis.lit !== "all") || inLens || (emphasis.next != null && group.role === "input");
	return (
		<g>
			{slope !== null && (
				<Valve reading={slope} maximum={maximumSlope(group) ?? 1} x={x} y={y} r={r} facing={0} back={!lit} />
			)}
			<Disc
				reading={discReading(view, group, unit, emphasis.pass)}
				x={x}
				y={y}
				r={r}
				maximum={maximum}
				focus={focus}
				back={!lit && !inLens}
				bare={r < 13}
			/>
			{errors && <ErrorTerm {...{ view, layout, column, placed, lit, ring: slope === null ? r : r + 7 }} />}
			{next && <NextPlate x={x} y={y} r={r} beside={column.form !== "discs"} />}
			{labelled && (
				<text x={x - r - 14} y={y + 4} className={`${inLens ? styles.noteStrong : styles.note} ${styles.end}`}>
					{unitLabel(notation, unit)}
				</text>
			)}
			{group.role === "input" && emphasis.next != null && !layout.narrow && column.form === "discs" && (
				<MathText
					parts={notation === "ufldl" ? [{ base: "x", below: unitLabel(notation, unit) }] : [`[${unit}]`]}
					x={x - r - 20}
					y={y + 4}
					size={15}
				/>
			)}
		</g>
	);
}

function NextPlate({
	x,
	y,
	r,
	beside,
}: {
	readonly x: number;
	readonly y: number;
	readonly r: number;
	/** Over a long column there is no room: the plate stands to the left. */
	readonly beside: boolean;
}) {
	const texts = useText().stage;
	const width = texts.next.length > 3 ? 54 : 60;
	const middle = beside ? { x: x - r - 40 - width / 2, y } : { x, y: y - r - 30.5 };
	return (
		<g>
			<circle cx={x} cy={y} r={r + (beside ? 4 : 9)} className={styles.nextRing} />
			<path
				d={beside ? `M${x - r - 41} ${y - 6}v12l7 -6z` : `M${x - 6} ${y - r - 19}h12l-6 7z`}
				className={styles.nextPlate}
			/>
			<rect
				x={middle.x - width / 2}
				y={middle.y - 12.5}
				width={width}
				height={25}
				rx={9}
				className={styles.nextPlate}
			/>
			<text x={middle.x} y={middle.y + 4.5} className={styles.nextText}>
				{texts.next}
			</text>
		</g>
	);
}

interface ErrorTermProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly column: PlacedColumn;
	readonly placed: PlacedUnit;
	readonly lit: boolean;
	/** Radius of the disc with its valve. */
	readonly ring: number;
}

/** δ on the rim and, where there is room, in numbers. */
function ErrorTerm({ view, layout, column, placed, lit, ring }: ErrorTermProps) {
	const notation = useSettings((settings) => settings.notation);
	const { unit, x, y, r } = placed;
	const reference = unitReference(view, column.group, "z", "diff", unit);
	const reading = view.read(reference);
	if (column.form === "compact" || r < 13) {
		// Beside the disc, where a row of small ones leaves no room above: the pole stands free.
		const inLens = layout.lens?.request.group === column.group && layout.lens.request.unit === unit;
		return (
			<g>
				<SidePennant
					reading={reading}
					x={x + ring + 8}
					y={y}
					height={r < 13 ? 16 : 26}
					back={!lit && !inLens && reading.status !== "known"}
				/>
				{layout.deltaX !== null && column.group.role === "output" && (
					<NumberLabel
						reading={reading}
						x={layout.deltaX + 62}
						y={y + 4}
						anchor="end"
						size={12.5}
						format={{ digits: 3 }}
					/>
				)}
			</g>
		);
	}
	const known = reading.status === "known";
	const up = !known || view.shown(reference) >= 0;
	const symbol = deltaSymbol(notation).base;
	return (
		<g>
			<Pennant reading={reading} x={x} y={y} r={ring} back={!lit} />
			{layout.crowded && !layout.narrow && (
				<NumberLabel
					reading={reading}
					x={x}
					y={up ? y - ring * 0.82 - 46 : y + ring * 0.82 + 56}
					size={10.5}
					format={{ digits: 2 }}
				/>
			)}
			{!layout.narrow && !layout.crowded && (
				<NumberLabel
					reading={reading}
					x={x + ring * 0.574 + 21}
					y={up ? y - ring * 0.82 - 13 : y + ring * 0.82 + 22}
					anchor="start"
					size={12}
					format={{ digits: 3 }}
					symbol={symbol}
				/>
			)}
		</g>
	);
}

interface CellProps {
	readonly column: PlacedColumn;
	readonly placed: PlacedUnit;
	readonly view: View;
	readonly emphasis: PictureEmphasis;
	readonly maximum: number;
}

const STRIP = 26;

function StripCell({ column, placed, view, emphasis, maximum }: CellProps) {
	const { group, units } = column;
	const pitch = Math.abs((units[1]?.y ?? placed.y + 12) - (units[0]?.y ?? placed.y));
	const lit = unitLit(emphasis, view.timeline.structure, group, placed.unit);
	const height = Math.max(2, pitch - 1);
	return (
		<Cell
			reading={discReading(view, group, placed.unit)}
			x={placed.x - STRIP / 2}
			y={placed.y - height / 2}
			width={STRIP}
			height={height}
			maximum={maximum}
			bare
			focus={lit && emphasis.lit !== "all" && typeof emphasis.lit === "object" && emphasis.lit.group === group}
			back={!lit}
		/>
	);
}

const DRAWN_OUT = 4;

/** Of a strip the units with the largest |δ| are drawn out, with their pennants. */
function StripMarks({ column, view, layout, emphasis }: ColumnDrawingProps) {
	const { group, units } = column;
	if (!hasError(emphasis, group) || layout.narrow) return null;
	const known = units
		.map((placed) => ({ placed, reference: unitReference(view, group, "z", "diff", placed.unit) }))
		.filter(({ reference }) => view.read(reference).status === "known")
		.map(({ placed, reference }) => ({ placed, reference, size: Math.abs(view.shown(reference)) }))
		.toSorted((a, b) => b.size - a.size)
		.slice(0, DRAWN_OUT);
	return known.map(({ placed, reference }) => (
		<g key={placed.unit}>
			<line
				x1={placed.x + STRIP / 2}
				x2={placed.x + STRIP / 2 + 5}
				y1={placed.y}
				y2={placed.y}
				className={styles.context}
			/>
			<SidePennant reading={view.read(reference)} x={placed.x + STRIP / 2 + 6} y={placed.y} height={16} />
		</g>
	));
}

/** More cells than this are drawn as areas of like size and sign; each is still reached by the keyboard. */
const MOST_CELLS = 1024;
const LEVELS = 8;

/** A layer of very many units: one path for each level of each sign. */
function Levels({
	column: { box, group, across },
	view,
	maximum,
	size,
}: {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly maximum: number;
	readonly size: number;
}) {
	const known = view.read(unitReference(view, group, "a", "data", group.units - 1)).status !== "not-yet";
	const paths = useMemo(() => {
		const found = new Map<number, string>();
		for (let unit = 0; unit < group.units; unit++) {
			const share = view.value(unitReference(view, group, "a", "data", unit)) / maximum;
			const level = Math.round(Math.max(-1, Math.min(1, share)) * LEVELS);
			if (level !== 0 && Number.isFinite(level)) {
				found.set(level, `${found.get(level) ?? ""}M${unit % across} ${Math.floor(unit / across)}h1v1h-1z`);
			}
		}
		return [...found];
	}, [view, group, across, maximum]);
	if (box === null) return null;
	if (!known) return <rect {...box} className={styles.hatchedArea} />;
	return (
		<g transform={`translate(${box.x} ${box.y}) scale(${size})`}>
			{paths.map(([level, path]) => (
				<path
					key={level}
					d={path}
					className={signClass(level)}
					style={{ fill: "var(--hue)", opacity: Math.abs(level) / LEVELS }}
				/>
			))}
		</g>
	);
}

function Pixels({
	column,
	view,
	maximum,
	open,
}: {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly maximum: number;
	/** The unit in the lens that stands beside. */
	readonly open: number | null;
}) {
	const { box, group, across } = column;
	if (box === null) return null;
	const size = box.width / across;
	return (
		<g>
			<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={styles.imageFrame} />
			{group.units > MOST_CELLS && <Levels column={column} view={view} maximum={maximum} size={size} />}
			{places(group.units > MOST_CELLS ? 0 : group.units).map((unit) => (
				<Cell
					key={unit}
					reading={unitReading(view, group, "a", "data", unit)}
					x={box.x + (unit % across) * size}
					y={box.y + Math.floor(unit / across) * size}
					width={size}
					height={size}
					maximum={maximum}
					bare
				/>
			))}
			{open !== null && (
				<rect
					x={box.x + (open % across) * size - 1}
					y={box.y + Math.floor(open / across) * size - 1}
					width={size + 2}
					height={size + 2}
					className={styles.openTile}
				/>
			)}
		</g>
	);
}
