import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { SidePennant } from "../marks/pennant.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { hasError, unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import styles from "./parts.module.css";
import { discReading, unitReference } from "./readings.ts";

interface StripProps {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
	readonly maximum: number;
}

/** A layer as a strip of cells. */
export function Strip({ column, view, layout, emphasis, maximum }: StripProps) {
	return (
		<g>
			{column.units.map((placed) =>
				placed.open ? null : <StripCell key={placed.unit} {...{ placed, column, view, emphasis, maximum }} />,
			)}
			<StripMarks {...{ column, view, layout, emphasis }} />
		</g>
	);
}

interface CellProps extends Omit<StripProps, "layout"> {
	readonly placed: PlacedUnit;
}

const STRIP = 26;
const LOW = 9;

/** A unit of a layer that is a strip of cells. */
function StripCell({ column, placed, view, emphasis, maximum }: CellProps) {
	const { group, units } = column;
	const pitch = Math.abs((units[1]?.y ?? placed.y + 12) - (units[0]?.y ?? placed.y));
	const lit = unitLit(emphasis, view.timeline.structure, group, placed.unit);
	const height = Math.max(2, pitch - 1);
	// Lines round all of many low cells would be all that is seen.
	const small = height < LOW;
	const all = typeof emphasis.lit === "object" && emphasis.lit.unit === "all";
	return (
		<Cell
			reading={discReading(view, group, placed.unit)}
			x={placed.x - STRIP / 2}
			y={placed.y - height / 2}
			width={STRIP}
			height={height}
			maximum={maximum}
			bare
			focus={lit && typeof emphasis.lit === "object" && emphasis.lit.group === group && !(small && all)}
			back={!lit}
		/>
	);
}

const DRAWN_OUT = 4;

/** Of a strip the units with the largest |δ| are drawn out, with their pennants. */
function StripMarks({ column, view, layout, emphasis }: Omit<StripProps, "maximum">) {
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
