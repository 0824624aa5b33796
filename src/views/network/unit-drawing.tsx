import { memo, Suspense } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Disc } from "../marks/disc.tsx";
import { later } from "../marks/later.tsx";
import { MathText } from "../marks/math-text.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { hasError, unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import styles from "./network.module.css";
import { discReading } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { unitLabel } from "./symbols.ts";

const Pixels = later(async () => (await import("./many-units.ts")).Pixels);
const Strip = later(async () => (await import("./many-units.ts")).Strip);
const UnitValve = later(async () => (await import("./other-stages.ts")).UnitValve);
const ErrorTerm = later(async () => (await import("./other-stages.ts")).ErrorTerm);

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
	if (column.form === "strip") return <Strip {...{ column, view, layout, emphasis, maximum }} />;
	return (
		<g>
			{column.units.map((placed) =>
				placed.open ? null : <UnitDrawing key={placed.unit} {...{ placed, column, view, layout, emphasis, maximum }} />,
			)}
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
	const error = { view, layout, column, placed, lit, numbers: emphasis.quiet !== true };
	const labelled = column.form === "compact" && !layout.narrow && group.role === "hidden";
	const focus = (lit && emphasis.lit !== "all") || inLens || (emphasis.next != null && group.role === "input");
	return (
		<g>
			{errors && (
				<Suspense>
					<UnitValve {...error} />
				</Suspense>
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
				<Suspense>
					<ErrorTerm {...error} />
				</Suspense>
			)}
			{next && <NextPlate x={x} y={y} r={r} listed={column.form !== "discs"} />}
			{labelled && !(inLens && opensBefore(layout, x)) && (
				<text
					x={x - r - (errors ? 19 : 14)}
					y={y + 4}
					className={`${inLens ? styles.noteStrong : styles.note} ${styles.end}`}
				>
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

/** A plate over a disc takes so much, with its tip. */
const PLATE = 44;

function NextPlate({
	x,
	y,
	r,
	listed,
}: {
	readonly x: number;
	readonly y: number;
	readonly r: number;
	/** One of many units, with its number at its left. */
	readonly listed: boolean;
}) {
	const texts = useText().stage;
	const width = texts.next.length > 3 ? 54 : 60;
	// Over a long column, or close below the picture's edge, there is no room: the plate stands to the left.
	const beside = listed || y - r < PLATE;
	const gap = listed ? 40 : 20;
	const middle = beside ? { x: x - r - gap - width / 2, y } : { x, y: y - r - 30.5 };
	return (
		<g>
			<circle cx={x} cy={y} r={r + (listed ? 4 : 9)} className={styles.nextRing} />
			<path
				d={beside ? `M${x - r - gap - 1} ${y - 6}v12l7 -6z` : `M${x - 6} ${y - r - 19}h12l-6 7z`}
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
