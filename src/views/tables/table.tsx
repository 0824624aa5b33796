import { type ReactNode, useState } from "react";
import type { Reading } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import { NumberText } from "../marks/number-text.tsx";
import { SymbolMath } from "../marks/symbol-math.tsx";
import { CopyButtons } from "./copy-buttons.tsx";
import type { DataTable, Entry, Name } from "./data-table.ts";
import styles from "./tables.module.css";

export const PAGE_ROWS = 100;

export function NameText({ name }: { readonly name: Name }) {
	return typeof name === "string" ? name : <SymbolMath symbol={name} />;
}

function explain(reading: Reading) {
	if (reading.subject !== null) inspect(reading.subject);
}

/** Words as they are, numbers as buttons that open their explanation. */
export function EntryCell({ entry }: { readonly entry: Entry }) {
	if (typeof entry === "string") return <td>{entry}</td>;
	return (
		<td className={styles.numbers}>
			{entry.map((reading) => (
				<span key={reading.id}>
					<NumberText reading={reading} onExplain={explain} />
				</span>
			))}
		</td>
	);
}

export function TableHead({ columns }: Pick<DataTable, "columns">) {
	return (
		<thead>
			<tr>
				{columns.map((name) => (
					<th key={typeof name === "string" ? name : JSON.stringify(name)} scope="col">
						<NameText name={name} />
					</th>
				))}
			</tr>
		</thead>
	);
}

interface TableBlockProps {
	readonly table: DataTable;
	readonly from: number;
	readonly to: number;
	readonly onPage: (from: number) => void;
	readonly children: ReactNode;
}

/** A table in a box of its own that scrolls, with its pages and its copy buttons. */
export function TableBlock({ table, from, to, onPage, children }: TableBlockProps) {
	const texts = useText().tables;
	const id = `table-${table.id.replaceAll(/\W/g, "-")}`;
	return (
		<div className={styles.block} data-table={table.id}>
			{/* biome-ignore lint/a11y/useSemanticElements: a box that scrolls, not a part of the page */}
			<div
				className={styles.box}
				role="region"
				aria-labelledby={id}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may hold nothing that takes the focus
				tabIndex={0}
			>
				<table className={styles.table}>
					<caption id={id}>{table.caption}</caption>
					<TableHead columns={table.columns} />
					{children}
				</table>
			</div>
			<div className={styles.under}>
				{table.count > PAGE_ROWS && (
					<div className={styles.pages}>
						<button
							type="button"
							className="button"
							disabled={from === 0}
							onClick={() => onPage(Math.max(0, from - PAGE_ROWS))}
						>
							{texts.previousPage}
						</button>
						<span>{texts.rows(String(from + 1), String(to), String(table.count))}</span>
						<button type="button" className="button" disabled={to >= table.count} onClick={() => onPage(to)}>
							{texts.nextPage}
						</button>
					</div>
				)}
				<CopyButtons key={table.id} table={table} from={from} to={to} />
			</div>
		</div>
	);
}

/** A table of values. */
export function ValueTable({ table }: { readonly table: DataTable }) {
	const [begin, setBegin] = useState(0);
	const from = begin < table.count ? begin : 0;
	const to = Math.min(table.count, from + PAGE_ROWS);
	const rows = Array.from({ length: to - from }, (_, place) => table.row(from + place));
	return (
		<TableBlock table={table} from={from} to={to} onPage={setBegin}>
			<tbody>
				{rows.map(({ key, name, entries }) => (
					<tr key={key}>
						<th scope="row">
							<NameText name={name} />
						</th>
						{entries.map((entry, place) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: columns stand in a fixed order
							<EntryCell key={place} entry={entry} />
						))}
					</tr>
				))}
			</tbody>
		</TableBlock>
	);
}
