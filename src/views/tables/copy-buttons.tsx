import { useState } from "react";
import { useText } from "../../store/hooks.ts";
import { csvOf, type DataTable, markdownOf } from "./data-table.ts";
import styles from "./tables.module.css";

/** Longer tables are copied a page at a time. */
const COPIED_ROWS = 5000;

interface CopyButtonsProps {
	readonly table: DataTable;
	/** The rows on show. */
	readonly from: number;
	readonly to: number;
}

type Outcome = { readonly kind: "copied" } | { readonly kind: "by-hand"; readonly text: string } | null;

async function copy(text: string): Promise<Outcome> {
	try {
		await navigator.clipboard.writeText(text);
		return { kind: "copied" };
	} catch {
		// Refused, or no clipboard at all outside a secure context: then the text is shown.
		return { kind: "by-hand", text };
	}
}

/** A table as text for a spreadsheet or notes, with all digits. */
export function CopyButtons({ table, from, to }: CopyButtonsProps) {
	const texts = useText().tables;
	const [outcome, setOutcome] = useState<Outcome>(null);
	const whole = table.count <= COPIED_ROWS;
	const range = whole ? ([0, table.count] as const) : ([from, to] as const);
	const name = (what: string) => (whole ? what : texts.copyPage(what));
	const unshown = { notYet: texts.notYet, notComputed: texts.notComputed };
	const kinds = [
		{ what: texts.copyCsv, write: csvOf },
		{ what: texts.copyMarkdown, write: markdownOf },
	];
	return (
		<div className={styles.copy}>
			{kinds.map(({ what, write }) => (
				<button
					key={what}
					type="button"
					className="button"
					aria-label={texts.copyOf(name(what), table.caption)}
					onClick={() => void copy(write(table, unshown, ...range)).then(setOutcome)}
				>
					{name(what)}
				</button>
			))}
			<span role="status">{outcome?.kind === "copied" && texts.copied}</span>
			{outcome?.kind === "by-hand" && (
				<label className={styles.byHand}>
					{texts.copyByHand}
					<textarea
						readOnly
						rows={6}
						value={outcome.text}
						ref={(field) => {
							field?.select();
						}}
					/>
				</label>
			)}
		</div>
	);
}
