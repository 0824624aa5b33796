import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { Explainable } from "../marks/explainable.tsx";
import { type MathSymbol, MathText, symbolParts } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { Pennant } from "../marks/pennant.tsx";
import { deltaSymbol } from "../timeline/names.ts";
import styles from "./gradients.module.css";
import { type Element, type GradientRow, mainElement, sameElement, shareOf } from "./model.ts";
import type { OuterTable, TableColumn, TableRow } from "./table-model.ts";

const HEADER = 66;
const GAP = 8;
/** A row's head with room for a number and the flag before it. */
const WIDE_SIDE = 92;
/** A cell of three digits needs so much. */
const LEAST = 52;

/** How many columns and rows of the table fit a card. */
export function tableFit(width: number, height: number): { readonly columns: number; readonly rows: number } {
	return {
		columns: Math.max(2, Math.floor((width - sideOf(width)) / LEAST)),
		rows: Math.max(1, Math.floor((height - HEADER) / 32)),
	};
}

function sideOf(width: number): number {
	return width < 300 ? 74 : WIDE_SIDE;
}

export interface OuterTableProps {
	readonly view: View;
	readonly row: GradientRow;
	readonly table: OuterTable;
	readonly width: number;
	readonly height: number;
}

/** a × δ of the sample in front: each cell the product of what stands above it and beside it. */
export function OuterTableDrawing({ view, row, table, width, height }: OuterTableProps) {
	const texts = useText().scenes.gradients;
	const notation = useSettings((settings) => settings.notation);
	const inspected = useSession((state) => state.inspected);
	const side = sideOf(width);
	const { structure } = view.timeline;
	const { columns, rows } = table;
	const pitch = Math.min(96, (width - side) / columns.length);
	const high = Math.min(58, (height - HEADER) / rows.length);
	const main =
		row.elements.find((element) => inspected?.kind === "parameter" && sameElement(element, inspected)) ??
		mainElement(view, row.elements);
	const left = (place: number) => side + place * pitch;
	const top = (place: number) => HEADER + place * high;
	const short = (parts: ReturnType<typeof symbolParts>, subscript: string): readonly (MathSymbol | string)[] =>
		notation === "ufldl" ? parts : [`[${subscript}]`];
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={HEADER + rows.length * high + 4}
			role="group"
			aria-label={texts.table(String(view.sample + 1))}
			data-table="outer"
		>
			<MathText
				parts={[{ base: deltaSymbol(notation), upright: notation !== "ufldl" }, " ×"]}
				x={side - 16}
				y={44}
				anchor="end"
			/>
			{columns.map(({ column, input }, place) => {
				const x = left(place);
				const focus = main !== null && main.column === column && row.elements.includes(main);
				return (
					<g key={column ?? "bias"}>
						{column === null ? (
							<MathText parts={[texts.biasColumn]} x={x + (pitch - GAP) / 2} y={14} size={12} />
						) : (
							input !== null && (
								<MathText
									parts={short(symbolParts(notations[notation].symbol(structure, input)), String(column))}
									x={x + (pitch - GAP) / 2}
									y={14}
									size={13}
								/>
							)
						)}
						<InputCell {...{ view, input, x, focus }} width={pitch - GAP} maximum={table.inputMaximum} />
					</g>
				);
			})}
			{rows.map((line, place) => (
				<TableLine
					key={line.row}
					{...{ view, row, line, columns, main, side, pitch, high, width }}
					y={top(place)}
					maximum={table.shareMaximum}
					first={place === 0}
				/>
			))}
		</svg>
	);
}

function InputCell({
	view,
	input,
	x,
	width,
	maximum,
	focus,
}: {
	readonly view: View;
	readonly input: TableColumn["input"];
	readonly x: number;
	readonly width: number;
	readonly maximum: number;
	readonly focus: boolean;
}) {
	const notation = useSettings((settings) => settings.notation);
	const box = { x, y: 24, width, height: 32 };
	if (input === null)
		return (
			<g className={styles.one}>
				<rect {...box} rx={4} />
				<text x={x + width / 2} y={44.5}>
					+1
				</text>
			</g>
		);
	const reading = view.read(input);
	return (
		<Explainable
			reading={reading}
			name={symbolText(notations[notation].symbol(view.timeline.structure, input))}
			box={box}
		>
			<Cell reading={reading} {...box} maximum={maximum} focus={focus} />
		</Explainable>
	);
}

interface TableLineProps {
	readonly view: View;
	readonly row: GradientRow;
	readonly line: TableRow;
	readonly columns: readonly TableColumn[];
	readonly main: Element | null;
	readonly side: number;
	readonly pitch: number;
	readonly high: number;
	readonly width: number;
	readonly y: number;
	readonly maximum: number;
	readonly first: boolean;
}

function TableLine({ view, row, line, main, side, pitch, high, width, y, maximum, first }: TableLineProps) {
	const notation = useSettings((settings) => settings.notation);
	const { structure } = view.timeline;
	const delta = view.read(line.delta);
	const lit = row.elements.some(
		(element) => element.row === line.row && line.cells.some((cell) => same(cell, element)),
	);
	const own = row.elements.filter((element) => line.cells.some((cell) => same(cell, element))).length;
	const middle = y + high / 2;
	const cellHeight = Math.max(24, Math.min(42, high - 6));
	// Where the row's head has no room for both, the number alone stands there: it has the same sign.
	const flag = high >= 40 && side === WIDE_SIDE;
	const down = delta.status === "known" && view.shown(line.delta) < 0;
	return (
		<g data-row="table" data-lit={lit}>
			{lit && own > 1 && <rect x={1} y={y + 1} width={width - 2} height={high - 2} rx={6} className={styles.litRow} />}
			{flag && (
				<g transform={`translate(7 ${middle + (down ? -9 : 9)}) scale(0.62)`}>
					<Pennant reading={delta} x={0} y={0} r={0} />
				</g>
			)}
			<Explainable
				reading={delta}
				name={symbolText(notations[notation].symbol(structure, line.delta))}
				box={{ x: 4, y: middle - 13, width: side - 12, height: 26 }}
				stop={lit || first}
			>
				<NumberLabel reading={delta} x={side - 10} y={middle + 4.5} size={13} anchor="end" format={{ digits: 3 }} />
			</Explainable>
			{line.cells.map((element, place) => {
				const share = shareOf(view, row.group, element, view.sample);
				const reading = view.read(element.computed ? share : element.gradient);
				const box = { x: side + place * pitch, y: middle - cellHeight / 2, width: pitch - GAP, height: cellHeight };
				return (
					<Explainable
						key={`${element.slot}/${element.index}`}
						reading={reading}
						name={symbolText(notations[notation].symbol(structure, share))}
						box={box}
						lights={element.gradient}
					>
						<Cell reading={reading} {...box} maximum={maximum} focus={main !== null && same(element, main)} />
					</Explainable>
				);
			})}
		</g>
	);
}

function same(a: Element, b: Element): boolean {
	return a.slot === b.slot && a.index === b.index;
}
