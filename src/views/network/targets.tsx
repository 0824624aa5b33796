import { memo } from "react";
import { constant } from "../../engine/expressions.ts";
import { formatReading } from "../../explain/number-text.ts";
import { useSettings } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { Cell } from "../marks/cell.tsx";
import { useNumberFormat } from "../marks/mark-context.ts";
import { MathText } from "../marks/math-text.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { Target } from "../marks/square.tsx";
import { isLabel, targetGroup } from "./columns.ts";
import { unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";
import styles from "./network.module.css";
import { errorReading, unitReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { unitLabel } from "./symbols.ts";

export interface TargetsProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** Width of a target's cell, and its height at most. */
const CELL = 24;

/** What the outputs should be, facing them; in between how far off they are, once that is known. */
export const Targets = memo(function Targets({ view, layout, emphasis }: TargetsProps) {
	const notation = useSettings((settings) => settings.notation);
	const { structure } = view.timeline;
	const target = targetGroup(structure);
	const output = layout.columns.findLast(({ group }) => group.role === "output");
	if (target === null || output === undefined) return null;
	if (isLabel(structure, target)) return <ClassTargets {...{ view, layout, emphasis }} />;
	const { lens } = layout;
	// Facing a strip of cells targets are cells, too: there is no room for lines and names.
	const cells = output.form === "strip";
	const [first, second] = layout.targets;
	const pitch = first === undefined || second === undefined ? 0 : Math.abs(second.y - first.y);
	return (
		<g>
			{layout.targets.map((placed) => {
				const reading = unitReading(view, target, "a", "data", placed.unit);
				const facing = output.units[placed.unit];
				const open = facing?.open === true && lens !== null;
				const lit = unitLit(emphasis, structure, output.group, placed.unit) && emphasis.lit !== "none";
				const focus =
					emphasis.lit === "all" || (typeof emphasis.lit === "object" && emphasis.lit.group === output.group && lit);
				const from = open && lens !== null ? lens.x + lens.width : (facing?.x ?? 0) + (facing?.r ?? 0) + 10;
				const to = placed.x - placed.size / 2;
				const error =
					emphasis.errors === true && !open && !cells && to - from > 60
						? errorReading(view, output.group, placed.unit)
						: null;
				return (
					<g key={placed.unit}>
						{(!cells || open) && (
							<line x1={from} x2={to} y1={placed.y} y2={placed.y} className={open ? styles.tieFocus : styles.tie} />
						)}
						{error !== null && (
							<NumberLabel
								reading={error}
								x={(from + to) / 2}
								y={placed.y - 9}
								size={12}
								format={{ digits: 2, plus: true }}
							/>
						)}
						{cells ? (
							<Cell
								reading={reading}
								x={placed.x - CELL / 2}
								y={placed.y - Math.min(pitch, CELL) / 2 + 0.5}
								width={CELL}
								height={Math.max(2, Math.min(pitch, CELL) - 1)}
								maximum={layerMaximum(view, target)}
								back={!focus}
								bare
							/>
						) : (
							<Target reading={reading} x={placed.x} y={placed.y} size={placed.size} focus={focus} back={!focus} />
						)}
						{emphasis.next != null && !cells && (
							<MathText
								parts={
									notation === "ufldl" ? [{ base: "y", below: unitLabel(notation, placed.unit) }] : [`[${placed.unit}]`]
								}
								x={placed.x + placed.size / 2 + 19}
								y={placed.y + 4}
								size={15}
							/>
						)}
					</g>
				);
			})}
			{layout.narrow && emphasis.withoutTargets !== true && hasRoomBelow(output) && (
				<TargetsBelow view={view} layout={layout} output={output} target={target} errors={emphasis.errors === true} />
			)}
		</g>
	);
});

/** A number below a disc takes so much. */
const BELOW = 18;

/** Of many outputs none has the room to say below itself what it should be. */
function hasRoomBelow({ form, units }: PlacedColumn): boolean {
	const [first, second] = units;
	return form !== "strip" && (second === undefined || second.y - first.y >= first.r + second.r + BELOW);
}

interface BelowProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly output: PlacedColumn;
	readonly target: Group;
	/** δ hangs below a disc, at its right. */
	readonly errors: boolean;
}

/** About half of a letter of a number below a disc. */
const HALF_LETTER = 3.3;

/** On a phone targets have no column: each stands below its output, and never beyond the picture's edge. */
function TargetsBelow({ view, layout, output, target, errors }: BelowProps) {
	const page = useNumberFormat();
	return output.units.map(({ unit, x, y, r, open }) => {
		if (open) return null;
		const reading = unitReading(view, target, "a", "data", unit);
		const half = HALF_LETTER * ("y = ".length + formatReading(reading, { ...page, digits: 3 }).length);
		return (
			<NumberLabel
				key={unit}
				reading={reading}
				x={Math.min(x - (errors ? 22 : 0), layout.width - 4 - half)}
				y={y + r + 24}
				size={11}
				format={{ digits: 3 }}
				coloured={false}
				symbol="y ="
			/>
		);
	});
}

/** A class label, written out as what each output should be: 1 for its class, 0 for the others. */
function ClassTargets({ view, layout, emphasis }: TargetsProps) {
	const { structure } = view.timeline;
	const target = targetGroup(structure);
	if (target === null) return null;
	const wanted = Math.trunc(view.value(unitReference(view, target, "a", "data", 0)));
	return (
		<g>
			{layout.targets.map(({ unit, x, y, size }) => {
				const is = unit === wanted;
				return (
					<g key={unit}>
						<text x={layout.labelX ?? x - 30} y={y + 4.5} className={is ? styles.classStrong : styles.class}>
							{unit}
						</text>
						<Target
							reading={view.derive(constant(is ? 1 : 0, "target"))}
							x={x}
							y={y}
							size={size}
							focus={is}
							back={!is && emphasis.lit !== "all"}
						/>
					</g>
				);
			})}
		</g>
	);
}
