import { selectSample } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import styles from "./gradients.module.css";
import type { GradientRow } from "./model.ts";
import { OuterTableDrawing, tableFit } from "./outer-table.tsx";
import { outerTable } from "./table-model.ts";

/** How many cards look out behind the one in front. */
const BEHIND = 3;
const STEP = 7;
const HEAD = 40;
/** What the table leaves out is said below it. */
const FOOT = 20;

export interface DeckCardProps {
	readonly view: View;
	readonly row: GradientRow;
	readonly width: number;
	readonly height: number;
}

/** The batch as a deck: the table of the sample in front, the other samples' cards behind it. */
export function DeckCard({ view, row, width, height }: DeckCardProps) {
	const texts = useText().scenes.gradients;
	const { samples } = row.group;
	const behind = Math.min(BEHIND, samples - 1);
	const shift = behind * STEP;
	const { parameters, settings } = row.group.head.run;
	const outputs = Number(settings.num_output);
	const room = { width: width - shift - 26, height: height - shift - HEAD - 14 };
	const whole = tableFit(room.width, room.height);
	const cut = parameters[0].count / outputs + 1 > whole.columns || outputs > whole.rows;
	const inner = { width: room.width, height: room.height - (cut ? FOOT : 0) };
	const table = outerTable(view, row, tableFit(inner.width, inner.height));
	if (table === null) return null;
	const inputs = table.columns.filter(({ column }) => column !== null).length;
	const at = (step: number) => (view.sample + step + samples) % samples;
	return (
		<section className={styles.deck} style={{ width, paddingTop: shift, paddingRight: shift }} aria-label={texts.deck}>
			{Array.from({ length: behind }, (_, place) => behind - place).map((step) => (
				<button
					key={step}
					type="button"
					tabIndex={-1}
					aria-hidden="true"
					className={styles.behind}
					style={{ top: shift - step * STEP, right: shift - step * STEP, left: step * STEP, bottom: step * STEP }}
					onClick={() => selectSample(at(step))}
				/>
			))}
			<div className={styles.front} data-card={view.sample}>
				<div className={styles.cardHead} style={{ height: HEAD }}>
					<b>{texts.sample(view.sample + 1)}</b>
					<span className={styles.place}>{samples > 1 && texts.of(samples)}</span>
					{samples > 1 && (
						<>
							<button
								type="button"
								className={styles.turn}
								aria-label={texts.previousSample}
								onClick={() => selectSample(at(-1))}
							>
								‹
							</button>
							<button
								type="button"
								className={styles.turn}
								aria-label={texts.nextSample}
								onClick={() => selectSample(at(1))}
							>
								›
							</button>
						</>
					)}
				</div>
				<OuterTableDrawing view={view} row={row} table={table} {...inner} />
				{cut && (
					<p className={styles.cut}>
						{inputs < table.allColumns && <span>{texts.inputsOf(inputs, table.allColumns)}</span>}
						{table.rows.length < table.allRows && <span>{texts.unitsOf(table.rows.length, table.allRows)}</span>}
					</p>
				)}
			</div>
		</section>
	);
}
