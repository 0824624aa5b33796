import { memo, useLayoutEffect, useRef, useState } from "react";
import { goTo } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { type IterationTable, iterationTable } from "./iteration-table.ts";
import { EntryCell, NameText, PAGE_ROWS, TableBlock } from "./table.tsx";
import styles from "./tables.module.css";

/** The whole iteration, a row a step; the row where one stands is in view, and a row is a way there. */
export function Steps({ view }: { readonly view: View }) {
	const text = useText();
	const format = useNumberFormat();
	const table = iterationTable(view, text, format);
	const body = useRef<HTMLTableSectionElement>(null);
	const { here } = table;
	const [page, setPage] = useState({ here, from: pageOf(here) });
	const from = page.here === here && page.from < table.count ? page.from : pageOf(here);
	const to = Math.min(table.count, from + PAGE_ROWS);

	// Only the table's own box scrolls.
	// biome-ignore lint/correctness/useExhaustiveDependencies: the row where one stands and its page decide
	useLayoutEffect(() => {
		const row = body.current?.querySelector<HTMLElement>("[aria-current]");
		const box = body.current?.closest<HTMLElement>("[role='region']");
		if (row == null || box == null) return;
		const head = box.querySelector("thead")?.offsetHeight ?? 0;
		const top = row.offsetTop - head;
		const bottom = row.offsetTop + row.offsetHeight;
		if (top < box.scrollTop) box.scrollTop = top;
		else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
	}, [here, from]);

	// What a known row says depends on these alone, so that a step draws two rows and not a hundred.
	const frame = [view.trace, view.notation, view.sample, view.depth, text, format] as const;
	return (
		<TableBlock table={table} from={from} to={to} onPage={(next) => setPage({ here, from: next })}>
			<tbody ref={body}>
				{Array.from({ length: to - from }, (_, offset) => {
					const place = from + offset;
					return (
						<StepRow
							key={place}
							table={table}
							place={place}
							iteration={view.cursor.iteration}
							known={table.isKnown(place)}
							current={place === here}
							frame={frame}
						/>
					);
				})}
			</tbody>
		</TableBlock>
	);
}

const pageOf = (place: number) => Math.floor(place / PAGE_ROWS) * PAGE_ROWS;

interface StepRowProps {
	readonly table: IterationTable;
	readonly place: number;
	readonly iteration: number;
	readonly known: boolean;
	readonly current: boolean;
	readonly frame: readonly unknown[];
}

function sameRow(before: StepRowProps, after: StepRowProps): boolean {
	return (
		before.place === after.place &&
		before.iteration === after.iteration &&
		before.known === after.known &&
		before.current === after.current &&
		before.frame.every((part, index) => part === after.frame[index])
	);
}

const StepRow = memo(function StepRow({ table, place, iteration, known, current }: StepRowProps) {
	const texts = useText().tables;
	const { name, entries } = table.row(place);
	const [step, formula, result] = entries;
	const label = typeof step === "string" ? step : "";
	const go = () => void goTo({ iteration, leaf: table.node(place).last });
	return (
		<tr
			data-step={place}
			data-known={known}
			className={styles.step}
			{...(current ? { "aria-current": "step" as const } : {})}
			onClick={(event) => {
				if (event.target instanceof Element && event.target.closest("button") === null) go();
			}}
		>
			<th scope="row">
				<NameText name={name} />
			</th>
			<td>
				<button type="button" className={styles.go} aria-label={texts.goTo(label)} onClick={go}>
					{label}
				</button>
				{current && <span className={styles.here}>{texts.here}</span>}
			</td>
			<td className={styles.formula}>{typeof formula === "string" ? formula : ""}</td>
			<EntryCell entry={result} />
		</tr>
	);
}, sameRow);
