import { memo, type ReactNode } from "react";
import { parseReference } from "../../engine/reference.ts";
import { formatReading } from "../../explain/number-text.ts";
import { subjectText } from "../../explain/reading.ts";
import { useText } from "../../store/hooks.ts";
import { useHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { useNumberFormat } from "../marks/mark-context.ts";
import { MathText } from "../marks/math-text.tsx";
import { classes } from "../marks/reading-attributes.ts";
import { findScalar, isLit } from "./blocks.ts";
import { type Box, cellBox, grown, type PlacedBlock } from "./boxes.ts";
import { type CellAddress, visiblePart } from "./cells.ts";
import type { MatrixLayout } from "./layout.ts";
import type { PlacedSign } from "./layout-marks.ts";
import styles from "./matrix.module.css";
import { readCell } from "./readings.ts";
import { blockSymbol, cellName, layerHeading, partsWidth, unitNumber } from "./symbols.ts";
import { blockMaximum } from "./tile-values.ts";

interface DrawingProps {
	readonly view: View;
	readonly layout: MatrixLayout;
	readonly shown: Box;
	readonly active: CellAddress;
}

/** The tables as one grid: cells with their numbers, and over tiles only the one that has the focus. */
export function Drawing({ view, layout, shown, active }: DrawingProps) {
	return (
		<svg className={styles.drawing} width={layout.width} height={layout.height} role="presentation">
			<Surroundings view={view} layout={layout} shown={shown} />
			{gridRows(layout, shown, active).map(({ key, index, cells }) => (
				// biome-ignore lint/a11y/useSemanticElements: rows of an SVG grid have no element of their own
				<g key={key} role="row" aria-rowindex={index}>
					{cells.map((cell) => (
						<GridCell
							key={`${cell.block} ${cell.column}`}
							view={view}
							layout={layout}
							cell={cell}
							active={active.block === cell.block && active.row === cell.row && active.column === cell.column}
						/>
					))}
				</g>
			))}
			{layout.frames.map((frame) => (
				<rect key={`${frame.x} ${frame.y}`} {...frame} rx={8} className={styles.frame} data-frame />
			))}
			<StrongTiles layout={layout} />
			<HoveredCells layout={layout} />
		</svg>
	);
}

/** Blocks of one band share their lines: the line of a block's row, from 0. */
function lineOf({ blocks }: MatrixLayout, placed: PlacedBlock, row: number): number {
	let before = 0;
	let last: PlacedBlock | null = null;
	for (const other of blocks) {
		if (other.table > placed.table || (other.table === placed.table && other.band >= placed.band)) break;
		if (last !== null && (other.table !== last.table || other.band !== last.band)) before += tallest(blocks, last);
		last = other;
	}
	return before + (last === null ? 0 : tallest(blocks, last)) + row;
}

const tallest = (blocks: readonly PlacedBlock[], { table, band }: PlacedBlock) =>
	Math.max(...blocks.map((other) => (other.table === table && other.band === band ? other.block.rows : 0)));

/** Lines and columns of the whole grid. */
export function gridSize(layout: MatrixLayout): { readonly rows: number; readonly columns: number } {
	const last = layout.blocks[layout.blocks.length - 1];
	return {
		rows: lineOf(layout, last, tallest(layout.blocks, last)),
		columns: Math.max(...layout.blocks.map(columnEnd(layout))),
	};
}

/** Columns of a band up to the end of a block. */
const columnEnd =
	({ blocks }: MatrixLayout) =>
	(placed: PlacedBlock): number =>
		blocks.reduce(
			(columns, other) =>
				other.table === placed.table && other.band === placed.band && other.slot <= placed.slot
					? columns + other.block.columns
					: columns,
			0,
		);

interface GridRow {
	readonly key: string;
	readonly index: number;
	readonly cells: readonly CellAddress[];
}

/** What stands in the document: the cells that show, and always the one that takes the focus. */
function gridRows(layout: MatrixLayout, shown: Box, active: CellAddress): readonly GridRow[] {
	const rows = new Map<number, { key: string; cells: CellAddress[] }>();
	const add = (cell: CellAddress) => {
		const placed = layout.blocks[cell.block];
		const index = lineOf(layout, placed, cell.row);
		const row = rows.get(index) ?? { key: `${placed.table} ${placed.band} ${cell.row}`, cells: [] };
		rows.set(index, row);
		row.cells.push(cell);
	};
	const window = grown(shown, 60);
	layout.blocks.forEach((placed, block) => {
		const part = placed.tiles ? null : visiblePart(placed, window);
		const holdsActive = active.block === block;
		if (part !== null) {
			for (let row = part.rows[0]; row < part.rows[1]; row++)
				for (let column = part.columns[0]; column < part.columns[1]; column++) add({ block, row, column });
		}
		const isShown =
			part !== null &&
			active.row >= part.rows[0] &&
			active.row < part.rows[1] &&
			active.column >= part.columns[0] &&
			active.column < part.columns[1];
		if (holdsActive && !isShown) add(active);
	});
	return [...rows.entries()].sort(([a], [b]) => a - b).map(([index, row]) => ({ ...row, index: index + 1 }));
}

interface GridCellProps {
	readonly view: View;
	readonly layout: MatrixLayout;
	readonly cell: CellAddress;
	readonly active: boolean;
}

function GridCell({ view, layout, cell, active }: GridCellProps) {
	const texts = useText().matrix;
	const format = useNumberFormat();
	const placed = layout.blocks[cell.block];
	const { block } = placed;
	const box = cellBox(placed, cell);
	const reading = readCell(view, block, cell);
	const value = {
		"not-yet": texts.notYet,
		"not-computed": texts.notComputed,
		"not-finite": texts.notFinite,
		known: "",
	}[reading.status];
	const lit = isLit(block, cell);
	const strong = block.strong !== null && block.strong.row === cell.row && block.strong.column === cell.column;
	const hasStrong = layout.blocks.some((other) => other.table === placed.table && other.block.strong !== null);
	return (
		// biome-ignore lint/a11y/useSemanticElements: cells of an SVG grid have no element of their own
		<g
			role="gridcell"
			aria-label={`${cellName(view, texts, block, block.cell(cell.row, cell.column), cell)}: ${value === "" ? formatReading(reading, format) : value}`}
			aria-colindex={columnEnd(layout)(placed) - block.columns + cell.column + 1}
			tabIndex={active ? 0 : -1}
			className={styles.cell}
			data-cell={`${cell.block} ${cell.row} ${cell.column}`}
			data-kind={block.kind}
			{...(lit ? { "data-lit": "" } : {})}
		>
			{placed.tiles ? (
				<rect {...box} className={styles.tile} />
			) : (
				<Cell
					reading={reading}
					{...box}
					maximum={blockMaximum(view, block)}
					focus={strong || (lit && !hasStrong)}
					back={placed.hasLit && !lit}
				/>
			)}
			<rect {...grown(box, 3)} rx={5} className={styles.ring} />
		</g>
	);
}

/** The cells of one term among tiles. */
function StrongTiles({ layout }: { readonly layout: MatrixLayout }) {
	return layout.blocks.map((placed, index) =>
		placed.tiles && placed.block.strong !== null ? (
			// biome-ignore lint/suspicious/noArrayIndexKey: blocks stand in a fixed order
			<rect key={index} {...grown(cellBox(placed, placed.block.strong), 1)} rx={2} className={styles.strong} />
		) : null,
	);
}

/** What is pointed at anywhere on the page, outlined here. */
function HoveredCells({ layout }: { readonly layout: MatrixLayout }) {
	const hovered = useHovered();
	if (hovered === null) return null;
	const reference = parseReference(hovered);
	const boxes = layout.blocks.flatMap((placed) => {
		const { block } = placed;
		if (reference !== null) {
			const place = findScalar(block, reference);
			return place === null ? [] : [cellBox(placed, place)];
		}
		if (block.cell(0, 0).kind !== "derived") return [];
		const count = block.rows * block.columns;
		return Array.from({ length: count }, (_, k) => ({
			row: Math.floor(k / block.columns),
			column: k % block.columns,
		}))
			.filter(({ row, column }) => subjectText(block.cell(row, column)) === hovered)
			.map((place) => cellBox(placed, place));
	});
	return boxes.map((box) => (
		<rect key={`${box.x} ${box.y}`} {...grown(box, 2)} rx={5} className={styles.hovered} data-hovered />
	));
}

const Surroundings = memo(function Surroundings({
	view,
	layout,
	shown,
}: {
	readonly view: View;
	readonly layout: MatrixLayout;
	readonly shown: Box;
}) {
	const texts = useText().matrix;
	const window = grown(shown, 200);
	const isNear = ({ x, y }: { readonly x: number; readonly y: number }) =>
		x >= window.x && y >= window.y && x <= window.x + window.width && y <= window.y + window.height;
	return (
		<g className={styles.label}>
			{layout.headings.map(({ group, x, y }) => (
				<text key={group.index} x={x} y={y} className={styles.heading}>
					{layerHeading(texts, view.timeline.structure, group)}
				</text>
			))}
			{layout.labels.map(({ block, x, y, anchor, room }) => {
				const parts = blockSymbol(view, texts, block);
				const size = Math.max(9, Math.min(13.5, (13 * room) / Math.max(1, partsWidth(parts))));
				return <MathText key={`${x} ${y}`} parts={parts} x={x} y={y} size={size} anchor={anchor} />;
			})}
			{layout.numbers.filter(isNear).map(({ unit, x, y, anchor, strong }) => (
				<text
					key={`${x} ${y}`}
					x={x}
					y={y}
					textAnchor={anchor}
					className={classes(styles.number, strong && styles.lit)}
				>
					{unitNumber(view.notation, unit)}
				</text>
			))}
			{layout.signs.filter(isNear).map((sign) => (
				<SignMark key={`${sign.x} ${sign.y}`} {...sign} />
			))}
		</g>
	);
});

const ARROWS: Readonly<Partial<Record<PlacedSign["sign"], readonly [x: number, y: number]>>> = {
	"→": [1, 0],
	"←": [-1, 0],
	"↓": [0, 1],
};

function SignMark({ sign, x, y }: PlacedSign): ReactNode {
	const towards = ARROWS[sign];
	if (towards === undefined) {
		return (
			<text x={x} y={y + 5} className={styles.operator}>
				{sign}
			</text>
		);
	}
	const [dx, dy] = towards;
	const tip = { x: x + dx * 8, y: y + dy * 8 };
	const base = { x: tip.x - dx * 6, y: tip.y - dy * 6 };
	return (
		<g>
			<line x1={x - dx * 8} y1={y - dy * 8} x2={base.x} y2={base.y} className={styles.sign} />
			<path
				d={`M ${tip.x} ${tip.y} L ${base.x - dy * 3.5} ${base.y - dx * 3.5} L ${base.x + dy * 3.5} ${base.y + dx * 3.5} Z`}
				className={styles.head}
			/>
		</g>
	);
}
