import { memo } from "react";
import type { NotationId } from "../../explain/notation.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { unitPlace } from "../../timeline/cursor.ts";
import type { Structure } from "../../timeline/structure.ts";
import { type StageGroup, unitAndTime } from "../../timeline/timeline.ts";
import { cellEnd, type GroupBox } from "./layout.ts";
import { type GroupLabel, stageLine, unitBase } from "./names.ts";
import styles from "./timeline.module.css";

export interface GroupCellsProps {
	readonly box: GroupBox;
	readonly label: GroupLabel;
	/** What of it there is room for below the cells. */
	readonly shown: string | undefined;
	readonly structure: Structure;
	readonly notation: NotationId;
	readonly text: Catalogue;
	/** Units up to the cursor, with the fraction of the one it stands in. */
	readonly done: number;
	/** Units of the step just made; −1 where it lies elsewhere. */
	readonly from: number;
	readonly to: number;
	readonly failing: number;
	/** Whether none of it can be reached: the author has locked the reader into another part. */
	readonly outside: boolean;
	/** The unit that the Tab key reaches; −1 where it is in another group. */
	readonly tabStop: number;
	/** Leaves with a breakpoint, as text with spaces between. */
	readonly breakpoints: string;
	readonly onFocusCell: (leaf: number) => void;
}

/** The cells of one layer in one phase, with its name below. Drawn anew only when the cursor moves within it. */
export const GroupCells = memo(function GroupCells(props: GroupCellsProps) {
	const { box, label, shown } = props;
	const full = [label.symbol, label.word].filter(Boolean).join(" ");
	return (
		<div
			className={styles.group}
			style={{ left: box.x, width: box.width }}
			title={full}
			data-current={props.from >= 0}
			data-outside={props.outside}
		>
			{box.bar ? <Bar {...props} /> : <Cells {...props} />}
			<Flags {...props} />
			{shown !== undefined && <span className={styles.label}>{shown}</span>}
		</div>
	);
});

type CellState = "past" | "current" | "future" | "failed";

function stateOf({ done, from, to, failing }: GroupCellsProps, unit: number): CellState {
	if (unit === failing && done > unit) return "failed";
	if (unit >= from && unit <= to && done > unit) return "current";
	return done > unit ? "past" : "future";
}

function describe({ box: { stage }, structure, text, notation }: GroupCellsProps, unit: number): string {
	const leaf = cellEnd(stage, unit);
	const where = unitAndTime(stage, unit);
	const time = stage.times === 1 ? null : where.time;
	const node = {
		...groupNode(stage),
		depth: "unit" as const,
		first: leaf,
		last: leaf,
		unit: where.unit,
		time,
		term: null,
	};
	return `${text.app.phases[stage.phase]}: ${stageLine(text, structure, node, notation)}`;
}

const groupNode = (stage: StageGroup) => ({
	phase: { index: 0, name: stage.phase, pass: stage.pass, groups: [stage], first: stage.first, leaves: stage.leaves },
	group: stage,
});

function Cells(props: GroupCellsProps) {
	const { box, done, tabStop, notation, breakpoints, text, onFocusCell } = props;
	const { stage } = box;
	const set = new Set(breakpoints.split(" "));
	const numbered = stage.units > 1 && box.width / stage.units >= 16;
	return Array.from({ length: stage.units }, (_, unit) => {
		const leaf = cellEnd(stage, unit);
		const state = stateOf(props, unit);
		const part = done - unit;
		const name = describe(props, unit);
		return (
			<button
				key={leaf}
				type="button"
				className={styles.cell}
				data-state={state}
				data-leaf={leaf}
				tabIndex={unit === tabStop ? 0 : -1}
				aria-current={state === "current" ? "step" : undefined}
				aria-label={set.has(String(leaf)) ? text.app.breakpointOn(name) : name}
				style={part > 0 && part < 1 ? { "--part": `${Math.round(part * 100)}%` } : undefined}
				data-partial={part > 0 && part < 1}
				onFocus={() => onFocusCell(leaf)}
			>
				{numbered && unit + unitBase(notation)}
			</button>
		);
	});
}

function Bar(props: GroupCellsProps) {
	const { box, done, from, to, tabStop, failing, label, text, onFocusCell } = props;
	const { stage } = box;
	const leaf = cellEnd(stage, stage.units - 1);
	const share = (units: number) => `${(units / stage.units) * 100}%`;
	const ahead = Math.min(done, to + 1);
	return (
		<button
			type="button"
			className={styles.cell}
			data-state="future"
			data-leaf={leaf}
			data-bar={stage.index}
			tabIndex={tabStop >= 0 ? 0 : -1}
			aria-current={from >= 0 ? "step" : undefined}
			aria-label={`${text.app.phases[stage.phase]}: ${label.symbol} ${label.word}`.trim()}
			onFocus={() => onFocusCell(leaf)}
		>
			{done > 0 && <span className={styles.barPast} style={{ width: share(from >= 0 ? from : done) }} />}
			{from >= 0 && ahead > from && (
				<span className={styles.barCurrent} style={{ insetInlineStart: share(from), width: share(ahead - from) }} />
			)}
			{failing >= 0 && done > failing && (
				<span className={styles.barFailed} style={{ insetInlineStart: share(failing), width: share(1) }} />
			)}
		</button>
	);
}

function Flags({ box, breakpoints }: GroupCellsProps) {
	if (breakpoints === "") return null;
	const { stage } = box;
	return breakpoints.split(" ").map((leaf) => (
		<svg
			key={leaf}
			className={styles.flag}
			style={{ insetInlineStart: `${((unitPlace(stage, Number(leaf)) + 0.5) / stage.units) * 100}%` }}
			width="9"
			height="14"
			aria-hidden="true"
		>
			<path d="M1 14V1H8L6 4L8 7H1" />
		</svg>
	));
}
