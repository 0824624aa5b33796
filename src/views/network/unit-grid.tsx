import { type KeyboardEvent, lazy, memo, Suspense, useRef, useState } from "react";
import { inspect } from "../../store/actions.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import { setHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { places } from "./columns.ts";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";
import styles from "./parts.module.css";
import { discReading, unitReading } from "./readings.ts";
import { unitOfSubject } from "./scene-of.ts";
import { boxOf, type GridPlace, moveFrom } from "./unit-moves.ts";
import { spoken, unitWords } from "./unit-words.ts";

const EdgeList = lazy(() => import("./edge-list.tsx").then((module) => ({ default: module.EdgeList })));

export interface UnitGridProps {
	readonly view: View;
	readonly layout: NetworkLayout;
}

/** Columns of more units than this hold only the unit that the keyboard is on. */
const MOST_CELLS = 64;

/**
 * The units as what a keyboard and a screen reader meet, over the drawing: one tab stop, arrow keys move as the picture
 * lies, Enter asks about the unit's number, E lists its edges.
 */
export const UnitGrid = memo(function UnitGrid({ view, layout }: UnitGridProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const language = useSettings((settings) => settings.language);
	const inspected = useSession((state) => state.inspected);
	const grid = useRef<HTMLDivElement>(null);
	const [moved, setMoved] = useState<GridPlace | null>(null);
	const [edges, setEdges] = useState<GridPlace | null>(null);
	const { columns } = layout;
	const active = moved !== null && exists(columns, moved) ? moved : standing(view, layout);
	const selected = unitOfSubject(view, inspected);
	const rows = Math.max(...columns.map(({ group }) => group.units));
	const speech = { texts, language, notation };

	const focus = (place: GridPlace) => {
		setMoved(place);
		// The cell of a long column appears only now.
		requestAnimationFrame(() =>
			grid.current
				?.querySelector<HTMLElement>(`[data-cell="${place.column}/${place.unit}"]`)
				?.focus({ preventScroll: true }),
		);
	};
	const subjectOf = ({ column, unit }: GridPlace) => {
		const { group } = columns[column] ?? { group: null };
		if (group === null) return null;
		const backward = view.leaf.phase?.name === "backward" && group.hasDelta && group.role !== "input";
		const reading = backward ? unitReading(view, group, "z", "diff", unit) : discReading(view, group, unit);
		return reading.subject;
	};
	const onKeyDown = (event: KeyboardEvent, place: GridPlace) => {
		const next = moveFrom(layout, place, event);
		if (next !== null) focus(next);
		else if (event.key === "Enter" || event.key === " ") {
			const subject = subjectOf(place);
			if (subject !== null) inspect(subject);
		} else if (event.key.toLowerCase() === "e" && !event.ctrlKey && !event.metaKey && !event.altKey) setEdges(place);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	const cell = (place: GridPlace) => {
		const column = columns[place.column];
		if (column === undefined) return null;
		const isActive = place.column === active.column && place.unit === active.unit;
		if (column.group.units > MOST_CELLS && !isActive) return null;
		const { x, y, width, height, open } = boxOf(layout, column, place.unit);
		return (
			// biome-ignore lint/a11y/useSemanticElements: a grid cell over a drawing is no table cell
			<div
				key={place.column}
				role="gridcell"
				aria-colindex={place.column + 1}
				aria-label={unitWords(view, speech, column.group, place.unit)}
				aria-selected={selected?.group === column.group && selected.unit === place.unit}
				tabIndex={isActive ? 0 : -1}
				data-cell={`${place.column}/${place.unit}`}
				className={open ? `${styles.gridCell} ${styles.gridLens}` : styles.gridCell}
				style={{ left: x - width / 2, top: y - height / 2, width, height }}
				onClick={() => {
					const subject = subjectOf(place);
					if (subject !== null) inspect(subject);
				}}
				onFocus={() => setHovered(subjectOf(place))}
				onBlur={() => setHovered(null)}
				onKeyDown={(event) => onKeyDown(event, place)}
			/>
		);
	};
	const edgeColumn = edges === null ? undefined : columns[edges.column];
	return (
		<>
			{/* biome-ignore lint/a11y/useSemanticElements: laid over a drawing, not a table */}
			<div
				ref={grid}
				role="grid"
				className={styles.grid}
				aria-label={texts.gridName(columns.length)}
				aria-description={texts.pictureHelp}
				aria-rowcount={rows}
				aria-colcount={columns.length}
				onBlur={(event) => {
					if (!event.currentTarget.contains(event.relatedTarget) && edges === null) setMoved(null);
				}}
			>
				{[...places(Math.min(rows, MOST_CELLS)), ...(active.unit < MOST_CELLS ? [] : [active.unit])].map((unit) => {
					const cells = columns
						.map((column, place) => (unit < column.group.units ? cell({ column: place, unit }) : null))
						.filter((found) => found !== null);
					return cells.length === 0 ? null : (
						// biome-ignore lint/a11y/useSemanticElements: a row over a drawing
						// biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
						<div key={unit} role="row" aria-rowindex={unit + 1} className={styles.gridRow}>
							{cells}
						</div>
					);
				})}
			</div>
			{edges !== null && edgeColumn !== undefined && (
				<Suspense>
					<EdgeList
						view={view}
						group={edgeColumn.group}
						unit={edges.unit}
						speech={speech}
						say={(reading) => spoken(speech, reading)}
						at={boxOf(layout, edgeColumn, edges.unit)}
						room={layout}
						onClose={() => {
							setEdges(null);
							focus(edges);
						}}
						onJump={(group, unit) => {
							setEdges(null);
							focus({ column: columns.findIndex((column) => column.group === group), unit });
						}}
					/>
				</Suspense>
			)}
		</>
	);
});

function exists(columns: readonly PlacedColumn[], { column, unit }: GridPlace): boolean {
	return unit < (columns[column]?.group.units ?? 0);
}

/** Where the tab key arrives: at the unit in the lens, else at the stage's, else at the first input. */
function standing(view: View, layout: NetworkLayout): GridPlace {
	const { lens, columns } = layout;
	const { group: stage, unit } = view.leaf;
	const group = lens?.request.group ?? (stage?.subject.kind === "group" ? stage.subject.group : null);
	const column = columns.findIndex((candidate) => candidate.group === group);
	const place = { column, unit: lens?.request.unit ?? unit ?? 0 };
	return column >= 0 && exists(columns, place) ? place : { column: 0, unit: 0 };
}
