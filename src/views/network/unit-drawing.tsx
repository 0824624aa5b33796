import { memo } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Disc } from "../marks/disc.tsx";
import { MathText } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { Pennant, SidePennant } from "../marks/pennant.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { Valve } from "../marks/valve.tsx";
import { maximumSlope } from "./columns.ts";
import { hasError, unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import styles from "./network.module.css";
import { Pixels } from "./pixels.tsx";
import { discReading, slopeReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { StripCell, StripMarks } from "./strip.tsx";
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

/** Whether the lens stands before a disc in the flow: its line to the disc would strike the number through. */
function opensBefore({ lens }: NetworkLayout, x: number): boolean {
	return lens !== null && lens.x < x;
}

interface UnitProps extends ColumnDrawingProps {
	readonly placed: PlacedUnit;
	readonly maximum: number;
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
			{errors && (
				<ErrorTerm
					{...{ view, layout, column, placed, lit, numbers: emphasis.quiet !== true, ring: slope === null ? r : r + 7 }}
				/>
			)}
			{next && <NextPlate x={x} y={y} r={r} beside={column.form !== "discs"} />}
			{labelled && !(inLens && opensBefore(layout, x)) && (
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
	/** A small picture beside a scene has no room for numbers: the scene says them. */
	readonly numbers: boolean;
	/** Radius of the disc with its valve. */
	readonly ring: number;
}

/** δ on the rim and, where there is room, in numbers. */
function ErrorTerm({ view, layout, column, placed, lit, numbers, ring }: ErrorTermProps) {
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
				{numbers && layout.deltaX !== null && column.group.role === "output" && (
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
			{numbers && layout.crowded && !layout.narrow && (
				<NumberLabel
					reading={reading}
					x={x}
					y={up ? y - ring * 0.82 - 46 : y + ring * 0.82 + 56}
					size={10.5}
					format={{ digits: 2 }}
				/>
			)}
			{numbers && !layout.narrow && !layout.crowded && (
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
