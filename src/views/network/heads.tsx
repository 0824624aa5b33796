import { memo } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { isNamed } from "../../timeline/structure.ts";
import { MathText } from "../marks/math-text.tsx";
import { isLabel, targetGroup } from "./columns.ts";
import type { NetworkLayout } from "./layout.ts";
import { columnName } from "./names.ts";
import styles from "./network.module.css";
import { columnSymbol, deltaSymbol } from "./symbols.ts";

export interface HeadsProps {
	readonly view: View;
	readonly layout: NetworkLayout;
}

const BASELINE = 18;
/** Closer columns leave out how many units they have. */
const CLOSE = 104;

/** Room for a symbol beside a name. */
const SYMBOL = 28;

/** About half of how wide a name is; Chinese letters are as wide as they are high. */
const halfWidth = (name: string) =>
	Array.from(name).reduce((width, letter) => width + (letter > "\u2e80" ? 6.5 : 3.6), 0);

/** What stands over the columns: their names and what they hold. */
export const Heads = memo(function Heads({ view, layout }: HeadsProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const image = view.experiment.data.card.kind === "image" ? view.experiment.data.card : null;
	const { structure } = view.timeline;
	const crowded = layout.columns.length > 6;
	const ownNames = isNamed(structure);
	const target = targetGroup(structure);
	const labelled = target !== null && isLabel(structure, target);
	return (
		<g>
			{layout.columns.map((column, place) => {
				const boxed = column.box !== null;
				const y = column.box !== null ? column.box.y - 32 : BASELINE;
				const gap = Math.min(
					...layout.columns.filter((other) => other !== column).map((other) => Math.abs(other.x - column.x)),
				);
				const name = columnName(texts, structure, column.group, image, gap < CLOSE);
				const beside = layout.short && !boxed && !crowded;
				const named = !crowded || ownNames || place === 0 || place === layout.columns.length - 1;
				return (
					<g key={column.group.index}>
						{named && (
							<text
								x={beside ? column.x - SYMBOL / 2 : column.x}
								y={crowded && ownNames && boxed ? y + 20 : y}
								className={styles.columnName}
							>
								{name}
							</text>
						)}
						{(!layout.many || boxed) && !(crowded && ownNames) && (
							<MathText
								parts={columnSymbol(notation, column.group, place, "a", crowded)}
								x={beside ? column.x + halfWidth(name) - SYMBOL / 2 + 7 : column.x}
								y={beside ? y : y + 20}
								size={14}
								anchor={beside ? "start" : "middle"}
							/>
						)}
					</g>
				);
			})}
			{layout.targetX !== null && target !== null && labelled && (
				<>
					<text x={layout.labelX ?? 0} y={BASELINE} className={styles.columnName}>
						{texts.targetClass}
					</text>
					<MathText parts={[{ base: "y" }]} x={layout.targetX} y={BASELINE} size={14} />
					{layout.deltaX !== null && (
						<MathText
							parts={notation === "ufldl" ? ["δ = ", { base: "p" }, " − ", { base: "y" }] : [deltaSymbol(notation)]}
							x={layout.deltaX + 62}
							y={BASELINE}
							size={14}
							anchor="end"
						/>
					)}
				</>
			)}
			{layout.targetX !== null && target !== null && !labelled && (
				<>
					<text x={layout.targetX} y={BASELINE} className={styles.columnName}>
						{texts.target}
					</text>
					<MathText
						parts={
							notation === "ufldl"
								? [{ base: "y" }]
								: [{ base: target.head.topNames[target.slot] ?? "y", upright: true }]
						}
						x={layout.short ? layout.targetX + halfWidth(texts.target) + 5 : layout.targetX}
						y={layout.short ? BASELINE : BASELINE + 20}
						size={14}
						anchor={layout.short ? "start" : "middle"}
					/>
				</>
			)}
		</g>
	);
});
